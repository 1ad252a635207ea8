"""A file read and structured, whatever kind it is."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from plans.text.documents.blocks import Mark, Reading
from plans.text.documents.docx_reading import read_word
from plans.text.documents.markdown_reading import read_markdown
from plans.text.documents.opening import is_word
from plans.text.documents.structure import Structured, structure

MarksOf = Callable[[Mapping[str, bytes]], Mapping[str, Mark]]


def no_marks(_parts: Mapping[str, bytes]) -> Mapping[str, Mark]:
    return {}


def read_document(
    path: Path, *, is_accepted: bool = True, marks_of: MarksOf = no_marks
) -> tuple[Reading, Structured]:
    """The rows of a .docx or Markdown file, and how it was read. Invalid ({"file": why}).

    `is_accepted`: tracked changes of a .docx. `marks_of` reads what an export embedded in the
    custom XML parts: bookmark -> mark.
    """
    reading = read_word(path, is_accepted=is_accepted) if is_word(path) else read_markdown(path)
    found = structure(reading.blocks, marks_of(reading.parts))
    return reading, replace(found, findings=[*reading.findings, *found.findings])
