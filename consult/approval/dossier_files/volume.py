"""The volume's own pages, set by typst: its cover, the sheet before each line, pictures."""

import json
import struct
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from consult.approval.dossier_files.merging import Fault, Faulty
from consult.phase2_preparation.papers.shape import plain
from plans.text.documents.pdf_writing import FONTS

TEMPLATE = Path(__file__).parent / "volume.typ"
MOST_POINTS = 40_000_000  # of a PNG, which is unpacked to be placed
_ONE = threading.Lock()  # one at a time in a process, as papers are
FORMATS = {"png": "png", "jpg": "jpg", "jpeg": "jpg"}


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """What one page of the volume says; `warnings` stand out."""

    title: str
    language: str
    at: datetime
    sign: str = ""
    lines: Sequence[str] = ()
    warnings: Sequence[str] = ()
    foot: Sequence[str] = ()
    notices: Sequence[str] = ()


def cover_pdf(leaf: Leaf) -> bytes:
    return _compiled(leaf, "cover")


def sheet_pdf(leaf: Leaf) -> bytes:
    """The sheet before the papers of a line."""
    return _compiled(leaf, "sheet")


def picture_pdf(leaf: Leaf, path: Path, *, kind: str) -> bytes:
    """An uploaded picture on a page. Faulty for one that is damaged or too large to be unpacked."""
    if not path.stat().st_size:
        raise Faulty(Fault.EMPTY)
    if kind == "png" and _points(path) > MOST_POINTS:
        raise Faulty(Fault.TOO_LARGE)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "picture"
        place.write_bytes(path.read_bytes())
        main = Path(folder) / "main.typ"
        main.write_bytes(TEMPLATE.read_bytes())
        try:
            return _compiled(leaf, "picture", main=main, picture=FORMATS[kind])
        except (typst.TypstError, RuntimeError) as error:
            raise Faulty(Fault.DAMAGED) from error


def _points(path: Path) -> int:
    with path.open("rb") as file:
        head = file.read(24)
    if len(head) < 24:
        raise Faulty(Fault.DAMAGED)
    width, height = struct.unpack(">II", head[16:24])
    return int(width) * int(height)


def _compiled(leaf: Leaf, kind: str, *, main: Path | None = None, picture: str = "") -> bytes:
    data = {
        "kind": kind,
        "title": plain(leaf.title),
        "language": leaf.language,
        "region": "GB" if leaf.language == "en" else "CN",
        "sign": leaf.sign,
        "format": picture,
        **{
            name: [plain(one) for one in getattr(leaf, name)]
            for name in ("lines", "warnings", "foot", "notices")
        },
    }
    with _ONE:
        made = typst.compile(
            str(main) if main else TEMPLATE.read_bytes(),
            root=str(main.parent) if main else None,
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            timestamp=int(leaf.at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("typst answers one file")
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
