"""Reads the delivered library of matters into plain rows, or stops at the first bad cell."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from consult.matters.enums import Basis, MatterType, Theme
from stakeholders.jurisdictions.reading import Line, read_table

REQUIRED = ("matter_id", "title_zh", "title_en", "theme", "matter_type", "jurisdiction_codes")
KEY = re.compile(r"[A-Za-z0-9-]{1,20}")


@dataclass(frozen=True, kw_only=True)
class MatterRow:
    """One matter as delivered, each cell read as what it must be."""

    key: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    theme: str
    matter_type: str
    facts_zh: str
    facts_en: str
    source: str
    basis: str
    codes: tuple[str, ...]


def read_matters(path: Path, *, known: Collection[str]) -> list[MatterRow]:
    """All rows of the file. RowError (file, line, column, reason) at the first bad one."""
    rows: list[MatterRow] = []
    seen: set[str] = set()
    for line in read_table(path, required=REQUIRED):
        key = line.filled("matter_id")
        if not KEY.fullmatch(key):
            raise line.refuse("matter_id", _("A key has letters, digits and hyphens only."))
        if key in seen:
            raise line.refuse("matter_id", _("This key stands in the file twice."))
        seen.add(key)
        rows.append(_row(line, key, known))
    return rows


def _row(line: Line, key: str, known: Collection[str]) -> MatterRow:
    source = " · ".join(t for t in (line.text("source"), line.text("source_section")) if t)
    basis = line.text("jurisdictions_basis")
    return MatterRow(
        key=key,
        title_zh=_short(line, "title_zh", 120),
        title_en=_short(line, "title_en", 200),
        description_zh=line.text("description_zh"),
        description_en=line.text("description_en"),
        theme=line.choice("theme", Theme).value,
        matter_type=line.choice("matter_type", MatterType).value,
        facts_zh=line.text("facts_zh"),
        facts_en=line.text("facts"),
        source=source[:200],
        basis=line.choice("jurisdictions_basis", Basis).value if basis else "",
        codes=_codes(line, known),
    )


def _short(line: Line, column: str, most: int) -> str:
    value = line.filled(column)
    if len(value) > most:
        raise line.refuse(column, _("This cell is too long."))
    return value


def _codes(line: Line, known: Collection[str]) -> tuple[str, ...]:
    codes = [part.strip() for part in line.filled("jurisdiction_codes").split(";")]
    for code in codes:
        if code not in known:
            reason = _("“%(code)s” is not in the table of jurisdictions.")
            raise line.refuse("jurisdiction_codes", reason % {"code": code})
    return tuple(sorted(set(codes)))
