"""A paper as a PDF, set by typst with the vendored fonts. All words go in as data, none as commands."""

import json
import threading
from functools import cache
from pathlib import Path

import typst

from consult.phase2_preparation.papers.docx_writing import page_words
from consult.phase2_preparation.papers.shape import (
    Block,
    Cell,
    Grid,
    Heading,
    Paper,
    Picture,
    plain,
)
from plans.text.documents.pdf_writing import FONTS

TEMPLATE = Path(__file__).parent / "paper.typ"
DOTS = 192.0  # of a picture, per inch
_ONE = threading.Lock()  # a large table takes half a gigabyte: one at a time


def write_pdf(paper: Paper) -> bytes:
    """The PDF of the paper: A4, tagged, dated as the paper. Deterministic."""
    first, middle, last = page_words(paper.language)
    data = {
        "title": plain(paper.title),
        "language": paper.language,
        "region": "GB" if paper.language == "en" else "CN",
        "lines": [plain(line) for line in paper.lines],
        "number": plain(paper.number),
        "notices": [plain(notice) for notice in paper.notices],
        "flipped": paper.is_landscape,
        "page": {"first": first, "middle": middle, "last": last},
        "blocks": [_block(one) for one in paper.blocks],
    }
    with _ONE:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            timestamp=int(paper.at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("typst answers one file")
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def picture_png(svg: str, *, millimetres: int, height: int) -> bytes:
    """A drawing as pixels, with the vendored fonts, for files that hold no SVG. Deterministic."""
    source = (
        f"#set page(width: {millimetres}mm, height: {height}mm, margin: 0mm)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {millimetres}mm, height: {height}mm)'
    )
    with _ONE:
        made = typst.compile(
            source.encode(),
            font_paths=_fonts(),
            sys_inputs={"svg": svg},
            format="png",
            ppi=DOTS,
        )
    if not isinstance(made, bytes):
        raise TypeError("typst answers one file")
    return made


def _block(one: Block) -> dict[str, object]:
    if isinstance(one, Grid):
        rows = [[_cell(cell) for cell in row] for row in one.rows()]
        return {
            "kind": "grid",
            "headings": [plain(cell) for cell in one.headings],
            "widths": list(one.widths),
            "rows": [{"cells": row} for row in rows],
            "empty": "" if rows else one.empty,
            "height": one.row_height,
        }
    if isinstance(one, Heading):
        text, page = plain(one.text), one.starts_page
        return {"kind": "heading", "text": text, "level": one.level, "page": page}
    lines = plain(one.text).split("\n")
    look = {"right": one.is_signature, "note": one.is_note, "kept": one.is_kept}
    return {"kind": "paragraph", "lines": lines, **look}


def _cell(cell: Cell) -> object:
    """A text as it is; a picture with its measures."""
    if isinstance(cell, Picture):
        return {
            "svg": cell.svg,
            "side": cell.millimetres,
            "told": plain(cell.told),
            "caption": plain(cell.caption),
        }
    return plain(cell)
