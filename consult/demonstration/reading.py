"""The tables of the demonstration, read from `data/`."""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

from consult.demonstration.days import ZONE
from stakeholders.terms import clock

DATA = Path(__file__).parent / "data"
Row = dict[str, str]
UNNUMBERED, YEAR = "（演示）", re.compile(r"〔\d{4}〕")


@cache
def table(name: str) -> list[Row]:
    """The rows of one table in the order of the file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_key(name: str, column: str) -> dict[str, Row]:
    """The rows of one table by the value of a column that is unique in it."""
    return {row[column]: row for row in table(name)}


def pairs(
    name: str, key: str = "key", zh: str = "value_zh", en: str = "value_en"
) -> dict[str, Row]:
    """A table of one value per row, as key -> zh and en."""
    return {row[key]: {"zh": row[zh], "en": row[en]} for row in table(name)}


def numbered(number: str, on: date) -> str:
    """The number of a letter with the year of its day; empty where the story gives none."""
    return "" if number == UNNUMBERED else YEAR.sub(f"〔{on.year}〕", number)


def today() -> date:
    """The day of the scene that is played, at its place."""
    return clock.now().astimezone(ZONE).date()


def split(cell: str) -> list[str]:
    """The parts of a cell that holds a list."""
    return [part.strip() for part in cell.split(";") if part.strip()]
