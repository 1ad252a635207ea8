"""The kinds of files a document goes out as."""

from collections.abc import Callable, Mapping

from plans.text.documents.docx_writing import write_docx
from plans.text.documents.edition import Edition
from plans.text.documents.markdown_writing import write_markdown
from plans.text.documents.pdf_writing import write_pdf
from plans.text.documents.shape import PlanDocument

KINDS: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}
_WRITERS: Mapping[str, Callable[[PlanDocument, Edition], bytes]] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "md": write_markdown,
}


def write(document: PlanDocument, edition: Edition, *, kind: str) -> bytes:
    """The file of a kind in KINDS; the same document and edition give the same bytes."""
    return _WRITERS[kind](document, edition)
