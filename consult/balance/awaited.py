"""What a party that said its word on an agreement, or stated a payment, waits for."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.balance.enums import YearState
from consult.balance.queries import CompensationRow, TransferRow, agreements_in
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited

OTHER_SIDE = _("the other side")


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Agreements the actor's party confirmed and the other did not yet, and payments it stated.
    A fixed number of queries over all `plans`."""
    there = {plan.pk: plan.key for plan in plans if plan.phase == Phase.IMPLEMENTATION}
    if actor.inside is None or not there:
        return []
    shown = [plan for plan in plans if plan.pk in there]
    found = []
    for plan_id, one in agreements_in(shown):
        if actor.inside in one.sides:
            found += _words(actor.inside, plan_id, there[plan_id], one)
            found += _payments(actor.inside, plan_id, there[plan_id], one)
    return found


def _words(code: str, plan_id: int, key: str, one: TransferRow | CompensationRow) -> list[Awaited]:
    mine = [answer for answer in one.answers if answer.jurisdiction_id == code]
    if not mine or not one.waits_for:
        return []
    is_transfer = isinstance(one, TransferRow)
    title = _("Quota transfer {key}") if is_transfer else _("Compensation {key}")
    page = "balance:transfer" if is_transfer else "balance:compensation"
    return [
        Awaited(
            kind="transfer.confirm" if is_transfer else "compensation.confirm",
            plan_id=plan_id,
            subject_id=one.row.pk,
            title=format_lazy(title, key=str(one.row)),
            url=reverse(page, args=[key, one.row.number]),
            whom=OTHER_SIDE,
            since=mine[0].at,
        )
    ]


def _payments(
    code: str, plan_id: int, key: str, one: TransferRow | CompensationRow
) -> list[Awaited]:
    page = "balance:transfer" if isinstance(one, TransferRow) else "balance:compensation"
    return [
        Awaited(
            kind="settlement.confirm",
            plan_id=plan_id,
            subject_id=year.newest.pk,
            title=format_lazy(
                _("{key}: payment for {year}"), key=str(one.row), year=str(year.year)
            ),
            url=reverse(page, args=[key, one.row.number]),
            whom=OTHER_SIDE,
            since=year.newest.at,
        )
        for year in one.years
        if one.payer == code and year.state == YearState.STATED and year.newest is not None
    ]
