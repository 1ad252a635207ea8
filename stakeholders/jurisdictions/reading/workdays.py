"""The delivered calendar: days on which the official week differs from Monday to Friday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stakeholders.jurisdictions.enums import DayBasis
from stakeholders.jurisdictions.reading.rows import read_table

COLUMNS = ("day", "is_workday", "name_zh", "status", "document_zh", "published_on")


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """One day with what says so; it counts for periods computed from `effective_from` on."""

    day: date
    is_workday: bool
    name_zh: str
    name_en: str
    basis: DayBasis
    document_zh: str
    document_en: str
    effective_from: date


def read_workdays(path: Path) -> Iterator[DayRow]:
    """The rows of a calendar file. RowError with line and column for what cannot be read."""
    for line in read_table(path, required=COLUMNS):
        line.filled("day")
        line.filled("published_on")
        day, published = line.day("day"), line.day("published_on")
        if day is not None and published is not None:
            yield DayRow(
                day=day,
                is_workday=line.flag("is_workday"),
                name_zh=line.filled("name_zh"),
                name_en=line.text("name_en"),
                basis=line.choice("status", DayBasis),
                document_zh=line.filled("document_zh"),
                document_en=line.text("document_en"),
                effective_from=published,
            )
