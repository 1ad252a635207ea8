"""Transfers and compensations with what both parties said of them, and how each year stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from consult.balance.enums import AgreementState, Money, YearState
from consult.balance.models import (
    Compensation,
    CompensationAnswer,
    QuotaTransfer,
    QuotaTransferAnswer,
    Settlement,
)
from consult.balance.queries.quotas import Quoted, quotas_of, quoted_of
from consult.balance.quotas import Move
from consult.balance.sums import (
    NOTHING,
    Paid,
    Said,
    contradict,
    due_of,
    received_of,
    year_state,
)
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible
from stakeholders.terms.reading import read_once

Answer = QuotaTransferAnswer | CompensationAnswer


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """One year of what is paid: what was said of it, oldest first."""

    year: int
    agreed: Decimal | None
    settlements: Sequence[Settlement] = ()

    @property
    def said(self) -> list[Said]:
        return [
            Said(due=one.amount_due, paid=one.amount_paid, confirms=_word(one))
            for one in self.settlements
        ]

    @property
    def state(self) -> YearState:
        return year_state(self.said)

    @property
    def newest(self) -> Settlement | None:
        return self.settlements[-1] if self.settlements else None

    @property
    def due(self) -> Decimal | None:
        return due_of(agreed=self.agreed, said=self.said)

    @property
    def received(self) -> Decimal:
        return received_of(self.said)

    @property
    def is_contradicted(self) -> bool:
        return contradict(self.said, agreed=self.agreed)


def _word(one: Settlement) -> bool | None:
    return one.answer.confirms if hasattr(one, "answer") else None


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What transfers and compensations have in common."""

    row: QuotaTransfer | Compensation
    state: AgreementState
    answers: Sequence[Answer]
    sides: tuple[str, str]
    payer: str
    payee: str
    agreed_at: datetime | None
    years: Sequence[YearRow] = field(default_factory=tuple)

    @property
    def is_in_force(self) -> bool:
        return self.state == AgreementState.IN_FORCE

    @property
    def waits_for(self) -> list[str]:
        """The codes of those whose word is missing."""
        if self.state != AgreementState.PROPOSED:
            return []
        said = {one.jurisdiction_id for one in self.answers}
        return [code for code in self.sides if code not in said]

    def paid(self) -> list[Paid]:
        """Its payments year by year, as far as a figure is known."""
        return [
            Paid(
                payer=self.payer,
                payee=self.payee,
                year=one.year,
                due=one.due or NOTHING,
                received=one.received,
            )
            for one in self.years
        ]


@dataclass(frozen=True, kw_only=True)
class TransferRow(Agreed):
    """A transfer; `item` is the indicator as it stands now, None where the text dropped it."""

    kind = Money.TRANSFER
    row: QuotaTransfer
    item: Quoted | None

    @property
    def move(self) -> Move:
        return Move(giver=self.row.giver_id, taker=self.row.taker_id, amount=self.row.amount)


@dataclass(frozen=True, kw_only=True)
class CompensationRow(Agreed):
    kind = Money.COMPENSATION
    row: Compensation


One = TypeVar("One", bound=Agreed)


def _settlements() -> "Prefetch[Any]":
    return Prefetch(
        "settlements",
        Settlement.objects.select_related("answer", "mandate", "answer__mandate").order_by("pk"),
    )


def transfers_of(*, actor: Actor | None, plan: Plan) -> list[TransferRow]:
    """The transfers of a plan in order of number, for who sees it (None: unscoped, for actions).
    Six queries at most for any number."""
    return _transfers([plan]) if _sees(actor, plan) else []


def _sees(actor: Actor | None, plan: Plan) -> bool:
    return actor is None or visible_plans(actor=actor).filter(pk=plan.pk).exists()


@read_once
def agreements_in(plans: Sequence[Plan]) -> list[tuple[int, TransferRow | CompensationRow]]:
    """Unscoped, for duties: (plan, agreement) of many plans. The same queries for any number."""
    return [
        *[(one.row.plan_id, one) for one in _transfers(plans)],
        *[(one.row.plan_id, one) for one in _compensations(plans)],
    ]


def _transfers(plans: Sequence[Plan]) -> list[TransferRow]:
    rows = (
        QuotaTransfer.objects.filter(plan__in=[one.pk for one in plans])
        .select_related("giver", "taker", "item", "file", "mandate")
        .defer("giver__boundary", "taker__boundary")
        .prefetch_related(Prefetch("answers", _answers(QuotaTransferAnswer)), _settlements())
        .order_by("plan_id", "number")
    )
    found = list(rows)
    present = {one.item_id: one for one in quoted_of(plans)} if found else {}
    former = {
        (row.item_id, row.version_hash)
        for row in found
        if row.item_id in present and present[row.item_id].version_hash != row.version_hash
    }
    quotas = quotas_of(former)

    def same(row: QuotaTransfer) -> bool:
        now = present.get(row.item_id)
        if now is None:
            return False
        if now.version_hash == row.version_hash:
            return True
        then = quotas.get((row.item_id, row.version_hash))
        return then is not None and then.allotted == now.quota.allotted

    return [_transfer(row, present.get(row.item_id), is_same=same(row)) for row in found]


def _answers(model: type[Answer]) -> QuerySet[Answer]:
    return model._default_manager.select_related("mandate", "jurisdiction").defer(
        "jurisdiction__boundary"
    )


def _transfer(row: QuotaTransfer, item: Quoted | None, *, is_same: bool) -> TransferRow:
    answers = list(row.answers.all())
    state = state_of(answers)
    is_changed = item is None or item.version_hash != row.version_hash
    if state == AgreementState.PROPOSED and is_changed:
        state = AgreementState.OVERTAKEN
    if state == AgreementState.IN_FORCE and not is_same:
        state = AgreementState.OVERTAKEN
    at = max((one.at for one in answers), default=None) if len(answers) == 2 else None
    years: list[YearRow] = []
    if row.price and at is not None and all(one.confirms for one in answers):
        # The price stays owed whatever the wording says later: both agreed to it.
        year = localtime(at).year
        years = [YearRow(year=year, agreed=row.price, settlements=list(row.settlements.all()))]
    return TransferRow(
        row=row,
        item=item,
        state=state,
        answers=answers,
        sides=(row.giver_id, row.taker_id),
        payer=row.taker_id,
        payee=row.giver_id,
        agreed_at=at,
        years=years,
    )


def state_of(answers: Sequence[Answer]) -> AgreementState:
    if any(not one.confirms for one in answers):
        return AgreementState.REFUSED
    return AgreementState.IN_FORCE if len(answers) == 2 else AgreementState.PROPOSED


def compensations_of(*, actor: Actor | None, plan: Plan) -> list[CompensationRow]:
    """The compensations of a plan in order of number, as `transfers_of`. Four queries."""
    return _compensations([plan]) if _sees(actor, plan) else []


def _compensations(plans: Sequence[Plan]) -> list[CompensationRow]:
    rows = (
        Compensation.objects.filter(plan__in=[one.pk for one in plans])
        .select_related("payer", "payee", "item", "file", "mandate")
        .defer("payer__boundary", "payee__boundary")
        .prefetch_related(Prefetch("answers", _answers(CompensationAnswer)), _settlements())
        .order_by("plan_id", "number")
    )
    this_year = localtime(clock.now()).year
    return [_compensation(row, this_year) for row in rows]


def _compensation(row: Compensation, this_year: int) -> CompensationRow:
    answers = list(row.answers.all())
    state = state_of(answers)
    years: list[YearRow] = []
    if state == AgreementState.IN_FORCE:
        said: dict[int, list[Settlement]] = {}
        for one in row.settlements.all():
            said.setdefault(one.year, []).append(one)
        last = min(row.until_year, this_year)
        years = [
            YearRow(year=year, agreed=row.yearly_amount, settlements=said.get(year, []))
            for year in range(row.from_year, last + 1)
        ]
    return CompensationRow(
        row=row,
        state=state,
        answers=answers,
        sides=(row.payer_id, row.payee_id),
        payer=row.payer_id,
        payee=row.payee_id,
        agreed_at=max((one.at for one in answers), default=None) if len(answers) == 2 else None,
        years=years,
    )


def get_transfer(*, actor: Actor | None, plan: Plan, number: int) -> TransferRow:
    """One transfer. NotVisible when it is not there or not for `actor`."""
    return _one(transfers_of(actor=actor, plan=plan), lambda one: one.row.number == number)


def get_compensation(*, actor: Actor | None, plan: Plan, number: int) -> CompensationRow:
    """One compensation. NotVisible when it is not there or not for `actor`."""
    return _one(compensations_of(actor=actor, plan=plan), lambda one: one.row.number == number)


def _one(rows: Iterable[One], test: Callable[[One], bool]) -> One:
    found = next((one for one in rows if test(one)), None)
    if found is None:
        raise NotVisible
    return found


def settlements_of(*, actor: Actor, plan: Plan) -> QuerySet[Settlement]:
    """What payers stated, oldest first, for who sees the plan."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    rows = Settlement.objects.filter(Q(transfer__plan__in=plans) | Q(compensation__plan__in=plans))
    return rows.select_related("transfer", "compensation", "answer").order_by("pk")


def get_settlement(*, actor: Actor | None, plan: Plan, pk: int) -> tuple[Agreed, YearRow]:
    """The agreement and year a settlement is of. NotVisible when it is not there."""
    rows: list[Agreed] = [
        *transfers_of(actor=actor, plan=plan),
        *compensations_of(actor=actor, plan=plan),
    ]
    for agreed in rows:
        for year in agreed.years:
            if any(one.pk == pk for one in year.settlements):
                return agreed, year
    raise NotVisible


def chosen(rows: Sequence[One], *, party: str = "", state: str = "") -> list[One]:
    """Those a list was asked for."""
    return [
        one
        for one in rows
        if (not party or party in one.sides) and (not state or one.state == state)
    ]


def ordered(rows: Sequence[One], *, order: str) -> list[One]:
    """In the order asked for: a column's name, with "-" from the greatest. None comes last."""
    name = order.removeprefix("-")

    def figure(one: One) -> Decimal | None:
        row = one.row
        if isinstance(row, Compensation):
            return row.yearly_amount
        found: Decimal | None = row.price if name == "price" else row.amount
        return found

    if name in ("amount", "price"):
        known = [one for one in rows if figure(one) is not None]
        unknown = [one for one in rows if figure(one) is None]
        ranked = sorted(known, key=lambda one: figure(one) or NOTHING, reverse=order[0] == "-")
        return [*ranked, *unknown]
    keys: dict[str, Callable[[One], object]] = {
        "giver": lambda one: one.sides[0],
        "taker": lambda one: one.sides[1],
        "payer": lambda one: one.payer,
        "payee": lambda one: one.payee,
        "state": lambda one: one.state.value,
    }
    ranked = sorted(rows, key=lambda one: one.row.number)
    if name in keys:
        by = keys[name]
        return sorted(ranked, key=lambda one: str(by(one)), reverse=order[0] == "-")
    return ranked[::-1] if order[0] == "-" else ranked
