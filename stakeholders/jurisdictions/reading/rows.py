"""One delivered CSV table, line by line, each cell read as what it must be."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

CODE = re.compile(r"[1-9]\d{5}")
# What offices deliver: UTF-8 with or without a byte order mark, else the national standard,
# which contains GBK and GB 2312.
ENCODINGS = ("utf-8-sig", "gb18030")
Choice = TypeVar("Choice", bound=TextChoices | StrEnum)


class Text(Protocol):
    def __str__(self) -> str: ...


class RowError(Exception):
    """A delivered file cannot be taken: where it fails and why, for the person who made it."""

    def __init__(self, *, file: str, line: int, column: str, reason: Text) -> None:
        super().__init__(file, line, column, str(reason))
        self.file = file
        self.line = line
        self.column = column
        self.reason = str(reason)

    def __str__(self) -> str:
        if not self.line:  # the file as a whole, or a numbered feature of it
            place = ", ".join(part for part in (self.file, self.column) if part)
            return f"{place}: {self.reason}"
        return _("%(file)s, line %(line)s, column %(column)s: %(reason)s") % {
            "file": self.file,
            "line": self.line,
            "column": self.column or "–",
            "reason": self.reason,
        }


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row with its place in the file. Every reader refuses with that place."""

    file: str
    number: int
    cells: Mapping[str, str]

    def refuse(self, column: str, reason: Text) -> RowError:
        """The error to raise about one cell of this row."""
        return RowError(file=self.file, line=self.number, column=column, reason=reason)

    def text(self, *columns: str) -> str:
        """The first of the named columns that the file has and that is filled, or ""."""
        return next((self.cells[name] for name in columns if self.cells.get(name)), "")

    def filled(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise self.refuse(column, _("This cell must not be empty."))
        return value

    def code(self, column: str) -> str:
        """A six-digit code of GB/T 2260."""
        value = self.filled(column)
        if not CODE.fullmatch(value):
            reason = _("“%(value)s” is not a six-digit code of GB/T 2260.")
            raise self.refuse(column, reason % {"value": value})
        return value

    def code_if_any(self, column: str) -> str | None:
        return self.code(column) if self.text(column) else None

    def decimal(self, column: str, *, places: int, low: int, high: int) -> Decimal | None:
        """A number within bounds, rounded to `places`, or None for an empty cell."""
        value = self.text(column)
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise self.refuse(column, _("“%(value)s” is not a number.") % {"value": value})
        if not low <= number <= high:
            reason = _("%(value)s is not between %(low)s and %(high)s.")
            raise self.refuse(column, reason % {"value": value, "low": low, "high": high})
        return round(number, places)

    def whole_number(self, column: str, *, low: int, high: int) -> int | None:
        number = self.decimal(column, places=6, low=low, high=high)
        if number is not None and number != int(number):
            reason = _("“%(value)s” is not a whole number.")
            raise self.refuse(column, reason % {"value": self.text(column)})
        return None if number is None else int(number)

    def flag(self, column: str) -> bool:
        value = self.text(column)
        if value not in {"", "0", "1"}:
            raise self.refuse(column, _("“%(value)s” is neither 0 nor 1.") % {"value": value})
        return value == "1"

    def day(self, column: str) -> date | None:
        value = self.text(column)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            reason = _("“%(value)s” is not a date like 2024-01-31.") % {"value": value}
            raise self.refuse(column, reason) from None

    def choice(self, column: str, choices: type[Choice]) -> Choice:
        value = self.filled(column)
        try:
            return choices(value)
        except ValueError:
            reason = _("“%(value)s” is not one of: %(choices)s.") % {
                "value": value,
                "choices": ", ".join(str(one.value) for one in choices),
            }
            raise self.refuse(column, reason) from None


def read_text(path: Path) -> str:
    """The text of a delivered file in whichever of the usual encodings. RowError else."""
    try:
        raw = path.read_bytes()
    except OSError:
        reason = _("The file is missing or cannot be read.")
        raise RowError(file=path.name, line=0, column="", reason=reason) from None
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    reason = _("The text is neither UTF-8 nor GB 18030 (GBK).")
    raise RowError(file=path.name, line=0, column="", reason=reason)


def read_table(path: Path, *, required: Iterable[str]) -> Iterator[Line]:
    """The rows of a CSV file with a heading. RowError for a missing file, heading or cell."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    heading: list[str] = []
    start = 1
    try:
        for cells in reader:
            if not heading:
                heading = _heading(path, cells, required)
            elif any(cell.strip() for cell in cells):
                yield _line(path, start, heading, cells)
            start = reader.line_num + 1
    except csv.Error as error:
        reason = _("This is no valid CSV: %(error)s.") % {"error": error}
        raise RowError(file=path.name, line=start, column="", reason=reason) from None
    if not heading:
        reason = _("The file is empty.")
        raise RowError(file=path.name, line=1, column="", reason=reason)


def _heading(path: Path, cells: list[str], required: Iterable[str]) -> list[str]:
    heading = [cell.strip() for cell in cells]
    for name in required:
        if name not in heading:
            reason = _("The heading lacks this column.")
            raise RowError(file=path.name, line=1, column=name, reason=reason)
    for name in heading:
        if heading.count(name) > 1:
            reason = _("The heading names this column twice.")
            raise RowError(file=path.name, line=1, column=name, reason=reason)
    return heading


def _line(path: Path, number: int, heading: list[str], cells: list[str]) -> Line:
    if len(cells) != len(heading):
        reason = _("The row has %(have)s cells, the heading %(need)s.")
        counts = {"have": len(cells), "need": len(heading)}
        raise RowError(file=path.name, line=number, column="", reason=reason % counts)
    filled = {name: cell.strip() for name, cell in zip(heading, cells, strict=True)}
    return Line(file=path.name, number=number, cells=filled)
