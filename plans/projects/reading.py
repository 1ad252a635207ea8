"""Reads the delivered table of known projects into plain rows, or stops at the first bad cell."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from plans.projects.enums import ProjectTheme
from stakeholders.jurisdictions.reading import Line, read_table

DATA = Path(__file__).parent / "data" / "known_projects.csv"
REQUIRED = ("project_id", "title_zh", "title_en", "theme", "jurisdiction_codes")
KEY = re.compile(r"[A-Za-z0-9-]{1,20}")


@dataclass(frozen=True, kw_only=True)
class KnownRow:
    """One known project as delivered, each cell read as what it must be."""

    key: str
    name_zh: str
    name_en: str
    theme: str
    description_zh: str
    description_en: str
    facts_zh: str
    facts_en: str
    source: str
    codes: tuple[str, ...]


def read_known_projects(path: Path, *, known: Collection[str]) -> list[KnownRow]:
    """All rows of the file; `known` are the codes there are. RowError at the first bad cell."""
    rows: list[KnownRow] = []
    seen: set[str] = set()
    for line in read_table(path, required=REQUIRED):
        key = line.filled("project_id")
        if not KEY.fullmatch(key):
            raise line.refuse("project_id", _("A key has letters, digits and hyphens only."))
        if key in seen:
            raise line.refuse("project_id", _("This key stands in the file twice."))
        seen.add(key)
        rows.append(_row(line, key, known))
    return rows


def _row(line: Line, key: str, known: Collection[str]) -> KnownRow:
    source = " · ".join(t for t in (line.text("source"), line.text("source_section")) if t)
    return KnownRow(
        key=key,
        name_zh=_short(line, "title_zh", 120),
        name_en=_short(line, "title_en", 200),
        theme=line.choice("theme", ProjectTheme).value,
        description_zh=line.text("description_zh"),
        description_en=line.text("description_en"),
        facts_zh=line.text("facts_zh"),
        facts_en=line.text("facts_en"),
        source=source[:200],
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
