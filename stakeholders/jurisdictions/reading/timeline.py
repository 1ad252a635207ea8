"""The timeline of coordination platforms: a constant table, read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stakeholders.jurisdictions.reading.rows import read_table

TIMELINE = Path(__file__).parents[1] / "data" / "coordination_timeline.csv"
COLUMNS = ("year", "name_zh", "name_en", "source", "caveat_zh", "caveat_en")


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A platform or a plan that began in a year."""

    year: int
    name_zh: str
    name_en: str
    source: str
    caveat_zh: str
    caveat_en: str


def read_platforms(path: Path) -> list[Platform]:
    """The rows by year. RowError for a missing file, column, name or year."""
    rows = []
    for line in read_table(path, required=COLUMNS):
        line.filled("year")
        rows.append(
            Platform(
                year=line.whole_number("year", low=1900, high=2200) or 0,
                name_zh=line.filled("name_zh"),
                name_en=line.filled("name_en"),
                source=line.filled("source"),
                caveat_zh=line.text("caveat_zh"),
                caveat_en=line.text("caveat_en"),
            )
        )
    return sorted(rows, key=lambda one: one.year)


@cache
def platforms() -> tuple[Platform, ...]:
    """The project's own timeline."""
    return tuple(read_platforms(TIMELINE))
