"""The comment form by kind of file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from consult.phase2_preparation.comment_sheets.csv_files import read_csv, write_csv
from consult.phase2_preparation.comment_sheets.docx_files import read_docx, write_docx
from consult.phase2_preparation.comment_sheets.shape import CommentForm, ReadForm
from consult.phase2_preparation.comment_sheets.xlsx_files import read_xlsx, write_xlsx

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Mapping[str, str] = {
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}
_READERS: Mapping[str, Callable[[Path], ReadForm]] = {
    "xlsx": read_xlsx,
    "docx": read_docx,
    "csv": read_csv,
}


def read_form(path: Path, *, kind: str) -> ReadForm:
    """The form in a file of that kind. Invalid ({"file": why}), KeyError for another kind."""
    return _READERS[kind](path)


def write_form(form: CommentForm, *, kind: str) -> bytes:
    """The form as a file of that kind. KeyError for an unknown one."""
    match kind:
        case "xlsx":
            return write_xlsx(form)
        case "docx":
            return write_docx(form)
        case "csv":
            return write_csv(form)
    raise KeyError(kind)
