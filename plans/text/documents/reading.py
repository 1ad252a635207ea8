"""A file read and structured, whatever kind it is."""

from dataclasses import replace
from pathlib import Path

from plans.text.documents.blocks import Reading
from plans.text.documents.markdown_reading import read_markdown
from plans.text.documents.markdown_writing import read_marked
from plans.text.documents.opening import is_word, open_markdown
from plans.text.documents.restoring import read_marked_word, rows_of
from plans.text.documents.structure import Structured, structure


def read_document(
    path: Path, *, plan: str = "", is_accepted: bool = True
) -> tuple[Reading, Structured]:
    """The rows of a .docx or Markdown file, and how it was read. Invalid ({"file": why}).

    What an export wrote comes back as it was, with the keys of its items if it was made from
    `plan`. `is_accepted`: tracked changes of a .docx.
    """
    if is_word(path):
        reading, found = read_marked_word(path, plan=plan, is_accepted=is_accepted)
        return reading, replace(found, findings=[*reading.findings, *found.findings])
    reading = read_markdown(path)
    marked = read_marked(open_markdown(path)[0])
    if marked is None:
        found = structure(reading.blocks)
        return reading, replace(found, findings=[*reading.findings, *found.findings])
    rows = rows_of(marked.document, has_keys=marked.plan == plan)
    titles = {"title_zh": marked.document.title_zh, "title_en": marked.document.title_en}
    return reading, Structured(rows=rows, findings=[], **titles)
