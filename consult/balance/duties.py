"""Who owes a word on an agreement, and who has not settled a year yet."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.balance.enums import YearState
from consult.balance.queries import Agreed, CompensationRow, TransferRow, YearRow, agreements_in
from consult.matters.ladder import end_of_day
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

BINDERS = frozenset({Role.CONTACT_POINT.value, Role.SIGNATORY.value})
REPORTERS = frozenset({Role.CONTACT_POINT.value, Role.PLANNER.value})
# A year is settled in the first quarter of the next, when its figures are there.
SETTLED_BY = (3, 31)
# What came later than that, and a statement to confirm, has so many days.
GRACE = timedelta(days=30)


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Words and settlements that are missing. A fixed number of queries over all `plans`, of which
    only those in phase 4 count."""
    there = {plan.pk: plan for plan in plans if plan.phase == Phase.IMPLEMENTATION}
    found: list[Duty] = []
    for plan_id, agreed in agreements_in(list(there.values())) if there else ():
        key = there[plan_id].key
        found += _words(plan_id, key, agreed)
        found += _years(plan_id, key, agreed, now)
    return found


def _words(plan_id: int, key: str, agreed: TransferRow | CompensationRow) -> Iterable[Duty]:
    if isinstance(agreed, TransferRow):
        kind, title = "transfer.confirm", _("Confirm or refuse quota transfer {key}")
        page = "balance:transfer"
    else:
        kind, title = "compensation.confirm", _("Confirm or refuse compensation {key}")
        page = "balance:compensation"
    for code in agreed.waits_for:
        yield Duty(
            kind=kind,
            plan_id=plan_id,
            subject_id=agreed.row.pk,
            title=format_lazy(title, key=str(agreed.row)),
            url=reverse(page, args=[key, agreed.row.number]),
            holder_code=code,
            roles=BINDERS,
            since=agreed.row.at,
        )


def _years(
    plan_id: int, key: str, agreed: TransferRow | CompensationRow, now: datetime
) -> Iterable[Duty]:
    page = "transfer" if isinstance(agreed, TransferRow) else "compensation"
    url = reverse(f"balance:{page}", args=[key, agreed.row.number])
    for year in agreed.years:
        newest = year.newest
        if year.state == YearState.STATED and newest is not None:
            yield Duty(
                kind="settlement.confirm",
                plan_id=plan_id,
                subject_id=newest.pk,
                title=format_lazy(
                    _("{key}: confirm the payment for {year}"),
                    key=str(agreed.row),
                    year=str(year.year),
                ),
                url=url,
                due_at=end_of_day(localtime(newest.at + GRACE).date()),
                holder_code=agreed.payee,
                roles=BINDERS,
                since=newest.at,
            )
        elif year.state != YearState.SETTLED and year.year < localtime(now).year:
            yield Duty(
                kind="settlement.state",
                plan_id=plan_id,
                subject_id=f"{page}-{agreed.row.pk}-{year.year}",
                title=format_lazy(
                    _("{key}: settle the year {year}"), key=str(agreed.row), year=str(year.year)
                ),
                url=url,
                due_at=settled_by(agreed, year),
                holder_code=agreed.payer,
                roles=REPORTERS,
                since=_since(agreed, year),
            )


def _since(agreed: Agreed, year: YearRow) -> datetime:
    """When the year became due to settle: its end, the agreement, or the payee's last word."""
    ended = end_of_day(date(year.year, 12, 31))
    moments = [ended]
    if agreed.agreed_at is not None:
        moments.append(agreed.agreed_at)
    if year.newest is not None and hasattr(year.newest, "answer"):
        moments.append(year.newest.answer.at)
    return max(moments)


def settled_by(agreed: Agreed, year: YearRow) -> datetime:
    """31 March of the next year, 17:00; 30 days after what came later."""
    usual = end_of_day(date(year.year + 1, *SETTLED_BY))
    since = _since(agreed, year)
    ended = end_of_day(date(year.year, 12, 31))
    if since <= ended:
        return usual
    return max(usual, end_of_day(localtime(since + GRACE).date()))
