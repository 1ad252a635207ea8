"""The balance as rows of a spreadsheet and as an official paper."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consult.approval.dossier_papers.sheets import grid, paper_of
from consult.balance.queries import Balance, CompensationRow, TransferRow
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.shape import Grid, Heading, Paper, day_words
from consult.phase4_implementation.series import plain
from plans.register.models import Plan
from stakeholders.files.tables import Cell
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock


def balance_headings() -> list[str]:
    return [
        _("Party"),
        _("Tasks"),
        _("Late tasks"),
        _("Cost of projects"),
        _("Benefit of projects"),
        _("Benefit less cost"),
        _("To pay"),
        _("Paid, confirmed"),
        _("To receive"),
        _("Received, confirmed"),
        _("To receive less to pay"),
    ]


def balance_rows(found: Balance) -> Iterator[list[Cell]]:
    """A row for each party, then the sums; money in 10,000 yuan."""
    for one in found.lines:
        yield [str(one.unit), len(one.tasks), one.tasks_late, *_money(one.account)]
    tasks = sum(len(one.tasks) for one in found.lines)
    late = sum(one.tasks_late for one in found.lines)
    yield [_("Sum"), tasks, late, *_money(found.total)]


def _money(account: object) -> list[Decimal]:
    names = ["cost", "benefit", "gain", "to_pay", "paid", "to_receive", "received", "owed"]
    return [getattr(account, name) for name in names]


def year_headings() -> list[str]:
    return [
        _("Party"),
        _("Year"),
        _("Cost of projects"),
        _("Benefit of projects"),
        _("To pay"),
        _("Paid, confirmed"),
        _("To receive"),
        _("Received, confirmed"),
    ]


def year_rows(found: Balance) -> Iterator[list[Cell]]:
    for line in found.lines:
        for year, one in found.years_of(line.unit.code):
            yield [
                str(line.unit),
                year,
                one.cost,
                one.benefit,
                one.to_pay,
                one.paid,
                one.to_receive,
                one.received,
            ]


def quota_headings() -> list[str]:
    return [
        _("Indicator"),
        _("Party"),
        _("Allotted"),
        _("Transferred"),
        _("In force"),
        _("Newest reading"),
        pgettext("reading", "Period"),
        _("Left"),
    ]


def quota_rows(found: Balance) -> Iterator[list[Cell]]:
    for one in found.quotas:
        yield [
            f"{one.item.number} {in_language(one.item, 'name')} ({in_language(one.item, 'unit')})",
            str(found.units.get(one.code, one.code)),
            *_shown(one.allotted, one.transferred, one.in_force, one.read),
            one.period,
            *_shown(one.left),
        ]


def _shown(*values: Decimal | None) -> list[Decimal | None]:
    """Quantities as pages show them: a column of the database has six decimals, a text two."""
    return [None if one is None else Decimal(plain(one)) for one in values]


def transfer_headings() -> list[str]:
    return [
        _("Number"),
        _("Indicator"),
        _("Giver"),
        _("Taker"),
        _("Amount"),
        _("Price (10,000 yuan)"),
        _("State"),
    ]


def transfer_rows(rows: Sequence[TransferRow]) -> Iterator[list[Cell]]:
    for one in rows:
        yield [
            str(one.row),
            in_language(one.item, "name") if one.item else one.row.item.key,
            str(one.row.giver),
            str(one.row.taker),
            *_shown(one.row.amount),
            one.row.price,
            str(one.state.label),
        ]


def compensation_headings() -> list[str]:
    return [
        _("Number"),
        _("What is compensated"),
        _("Payer"),
        _("Payee"),
        _("Amount a year (10,000 yuan)"),
        _("From year"),
        _("Until year"),
        _("State"),
    ]


def compensation_rows(rows: Sequence[CompensationRow]) -> Iterator[list[Cell]]:
    for one in rows:
        yield [
            str(one.row),
            in_language(one.row, "title"),
            str(one.row.payer),
            str(one.row.payee),
            one.row.yearly_amount,
            one.row.from_year,
            one.row.until_year,
            str(one.state.label),
        ]


def balance_docx(*, plan: Plan, found: Balance) -> bytes:
    """The balance as a paper, in the reader's language."""
    target = BytesIO()
    write_docx(_paper(plan, found, clock.now()), target)
    return target.getvalue()


def _paper(plan: Plan, found: Balance, now: datetime) -> Paper:
    grids = (
        (_("Sums by party (10,000 yuan)"), balance_headings(), list(balance_rows(found))),
        (_("Quotas by indicator and party"), quota_headings(), list(quota_rows(found))),
        (_("By year (10,000 yuan)"), year_headings(), list(year_rows(found))),
        (_("Quota transfers"), transfer_headings(), list(transfer_rows(found.transfers))),
        (
            _("Compensations"),
            compensation_headings(),
            list(compensation_rows(found.compensations)),
        ),
    )
    blocks: list[Heading | Grid] = []
    for title, headings, rows in grids:
        blocks += [Heading(text=title), _grid(headings, rows)]
    return paper_of(
        plan,
        title=_("Balance of the plan between the parties"),
        at=now,
        blocks=blocks,
        lines=(day_words(localtime(now).date()),),
    )


def _grid(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Grid:
    said = [[_said(cell) for cell in row] for row in rows]
    return grid(headings, [2, *[1] * (len(headings) - 1)], said, empty=_("Nothing yet"))


def _said(cell: Cell) -> str:
    if cell is None:
        return "–"
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
