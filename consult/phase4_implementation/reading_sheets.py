"""Tables of readings that offices fill in: their columns, and what each row of one would do.

Nothing here reads or writes a row of the database.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from consult.phase4_implementation.checking import faults_of
from consult.phase4_implementation.enums import RowState
from consult.phase4_implementation.models import Reading
from consult.phase4_implementation.periods import periods_before
from consult.phase4_implementation.series import Indicator
from stakeholders.files.tables import Cell
from stakeholders.jurisdictions.reading.rows import Line, RowError
from stakeholders.jurisdictions.reading.sheets import Sheet, read_sheet
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.errors import Invalid, Text

FIELD = "file"
WHOLE = "whole"
WHOLE_WORDS = frozenset({WHOLE, "全域"})
_RUNS = ("=", "＝", "@", "＠")
Held = Mapping[tuple[int, str | None, str], Reading]


class Column(StrEnum):
    NUMBER = "number"
    NAME = "name"
    UNIT = "unit"
    JURISDICTION = "jurisdiction"
    CALLED = "called"
    PERIOD = "period"
    VALUE = "value"
    EVIDENCE = "evidence"
    REASON = "reason"


HEADINGS = {
    "zh": dict(
        zip(
            Column,
            (
                "指标编号",
                "指标名称",
                "单位",
                "行政区划代码",
                "行政区",
                "期次",
                "数值",
                "依据文号",
                "更正理由",
            ),
            strict=True,
        )
    ),
    "en": dict(
        zip(
            Column,
            (
                "Indicator",
                "Name",
                "Unit of measure",
                "Jurisdiction code",
                "Jurisdiction",
                "Period",
                "Value",
                "Evidence",
                "Reason of correction",
            ),
            strict=True,
        )
    ),
}
_COLUMN_OF = {text: column for words in HEADINGS.values() for column, text in words.items()}
REQUIRED = (Column.NUMBER, Column.JURISDICTION, Column.PERIOD, Column.VALUE, Column.EVIDENCE)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong in a row, and the address of the cell, such as G12; "" for the row."""

    cell: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: as it was written, what it would do, the reading that counts so far."""

    number: int
    said: Mapping[Column, str]
    state: RowState
    indicator: Indicator | None = None
    jurisdiction: str | None = None
    value: Decimal | None = None
    former: Reading | None = None
    faults: Sequence[Fault] = ()

    @property
    def texts(self) -> list[str]:
        """The cells in the order of the columns."""
        return [self.said.get(column, "") for column in Column]


def headings() -> list[str]:
    """The headings in the reader's language."""
    words = HEADINGS["en" if (get_language() or "").startswith("en") else "zh"]
    return [words[column] for column in Column]


def read_table(*, name: str, raw: bytes) -> Sheet:
    """The rows of an uploaded table, headings in Chinese or English. Invalid where the file as a
    whole cannot be taken."""
    try:
        sheet = read_sheet(name=name, raw=raw, required=(), known=_COLUMN_OF)
    except RowError as error:
        raise Invalid({FIELD: str(error)}) from error
    held = {_COLUMN_OF[heading] for heading in sheet.columns}
    missing = [column for column in REQUIRED if column not in held]
    if missing:
        words = HEADINGS["zh"]
        text = format_lazy(_("The heading lacks the column {name}."), name=words[missing[0]])
        raise Invalid({FIELD: text})
    return sheet


def judge(
    sheet: Sheet,
    *,
    indicators: Sequence[Indicator],
    may: Callable[[Indicator, str | None], bool],
    held: Held,
    seen: int | None,
    today: date,
) -> list[Row]:
    """What each row would do, in the order of the file; rows that could not be read are faults.

    `held`: the readings that count; `may`: whether the actor may report for a unit. A second row
    for the same indicator, unit and period is a fault.
    """
    known = {one.number: one for one in indicators} | {one.key: one for one in indicators}
    taken: dict[tuple[int, str | None, str], int] = {}
    rows = [_unreadable(fault) for fault in sheet.faults]
    places = {one: get_column_letter(n) for n, one in enumerate(_order(sheet), start=1)}
    for line in sheet.lines:
        row = _row(line, places, known, may, held, seen, today)
        if row.indicator is not None and row.state is not RowState.FAULT:
            cell = (row.indicator.item_id, row.jurisdiction, row.said[Column.PERIOD])
            if cell in taken:
                text = format_lazy(
                    _("Row {number} already says this unit and period."), number=str(taken[cell])
                )
                fault = Fault(cell=f"{places[Column.PERIOD]}{row.number}", text=text)
                row = Row(number=row.number, said=row.said, state=RowState.FAULT, faults=[fault])
            else:
                taken[cell] = row.number
        rows.append(row)
    return sorted(rows, key=lambda one: one.number)


def _order(sheet: Sheet) -> list[Column]:
    """The columns as the file has them."""
    first = sheet.lines[0].cells if sheet.lines else {}
    return [_COLUMN_OF[heading] for heading in first]


def _unreadable(fault: RowError) -> Row:
    column = f"{fault.column}: " if fault.column else ""
    return Row(
        number=fault.line,
        said={},
        state=RowState.FAULT,
        faults=[Fault(cell="", text=f"{column}{fault.reason}")],
    )


def _row(
    line: Line,
    places: Mapping[Column, str],
    known: Mapping[str, Indicator],
    may: Callable[[Indicator, str | None], bool],
    held: Held,
    seen: int | None,
    today: date,
) -> Row:
    said = {_COLUMN_OF[heading]: text for heading, text in line.cells.items()}
    if not any(said.get(one) for one in (Column.VALUE, Column.EVIDENCE, Column.REASON)):
        return Row(number=line.number, said=said, state=RowState.EMPTY)
    indicator = known.get(said[Column.NUMBER])
    value, wrong = _value(said[Column.VALUE])
    code = said[Column.JURISDICTION]
    unit = None if code in WHOLE_WORDS else code
    faults: dict[Column, Text] = {}
    former = None
    if wrong is not None:
        faults[Column.VALUE] = wrong
    for column in (Column.EVIDENCE, Column.REASON):
        if said.get(column, "").startswith(_RUNS):
            faults[column] = _("A formula. Put the text it shows in its place.")
    if indicator is None:
        faults[Column.NUMBER] = _("The text in force holds no indicator of this number.")
    elif not may(indicator, unit):
        faults[Column.JURISDICTION] = _("You do not report for this unit.")
    else:
        former = held.get((indicator.item_id, unit, said[Column.PERIOD]))
        if _is_same(former, value, said):
            return Row(
                number=line.number,
                said=said,
                state=RowState.UNCHANGED,
                indicator=indicator,
                jurisdiction=unit,
                value=value,
                former=former,
            )
        faults = _misfits(indicator, unit, said, value, former, seen, today) | faults
    last = places.get(Column.REASON) or places[Column.EVIDENCE]
    return Row(
        number=line.number,
        said=said,
        state=_state(faults, former),
        indicator=indicator,
        jurisdiction=unit,
        value=value,
        former=former,
        faults=[
            Fault(cell=f"{places.get(column, last)}{line.number}", text=text)
            for column, text in faults.items()
        ],
    )


def _misfits(
    indicator: Indicator,
    unit: str | None,
    said: Mapping[Column, str],
    value: Decimal | None,
    former: Reading | None,
    seen: int | None,
    today: date,
) -> dict[Column, Text]:
    """What the reading itself may not say, by column."""
    found = faults_of(
        indicator=indicator,
        jurisdiction=unit,
        period=said[Column.PERIOD],
        value=value if value is not None else Decimal(0),
        evidence=said[Column.EVIDENCE],
        reason=said.get(Column.REASON, ""),
        former=former,
        today=today,
    )
    faults = {Column(field): text for field, text in found.items()}
    if former is not None and seen is not None and former.pk > seen:
        faults[Column.PERIOD] = _("A reading for this unit and period was entered meanwhile.")
    return faults


def _state(faults: Collection[Column], former: Reading | None) -> RowState:
    if faults:
        return RowState.FAULT
    return RowState.CORRECTION if former else RowState.NEW


def _is_same(former: Reading | None, value: Decimal | None, said: Mapping[Column, str]) -> bool:
    if former is None or value is None:
        return False
    return former.value == value and former.evidence == said[Column.EVIDENCE]


def _value(text: str) -> tuple[Decimal | None, Text | None]:
    if not text:
        return None, _("This cell must not be empty.")
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None, _("This is no number.")
    # What is no number cannot even be compared with the reading that counts so far.
    return (value, None) if value.is_finite() else (None, _("This is no number."))


def missing_rows(
    indicators: Sequence[Indicator],
    *,
    names: Mapping[str, str],
    has_whole: bool,
    held: Held,
    today: date,
) -> Iterator[list[Cell]]:
    """The rows of a template: what of the last twelve months is not read yet, unit by unit.

    `names`: the units asked for, by their codes; `has_whole` adds the whole area where readings of
    one unit are not tested.
    """
    for one in indicators:
        units: list[str | None] = [code for code in one.concerned if code in names]
        if has_whole and not one.thresholds.is_for_parties:
            units.append(None)
        for code in units:
            for period in periods_before(today, kind=one.measure.period):
                if (one.item_id, code, period) not in held:
                    yield [
                        one.number,
                        in_language(one, "name"),
                        in_language(one, "unit"),
                        code or WHOLE,
                        names[code] if code else str(_("The whole area")),
                        period,
                        "",
                        "",
                        "",
                    ]
