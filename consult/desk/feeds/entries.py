"""What stands in a person's calendar: what it owes, and the days of what it takes part in.

Computed at each reading from the present mandates and grants: what the person may not see now is
not there, whatever it saw when the feed was made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.desk import sources
from consult.desk.feeds.queries import seen_plans
from consult.desk.models import AnnouncedDeadline, CalendarFeed
from consult.desk.queries.collecting import collect, in_order, mine_of
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Organization
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Duty
from stakeholders.terms.plan_date import PlanDate

Seen = Sequence[tuple[Actor, Mapping[int, Plan]]]


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One dated duty with its plan, who owes it, and as what it was announced last, if it was."""

    duty: Duty
    plan: Plan
    holder: object
    announced: AnnouncedDeadline | None


@dataclass(frozen=True, kw_only=True)
class Entries:
    """All that a feed holds now. `plan`: the one it is of, where the person still sees it."""

    owed: Sequence[Owed]
    dates: Sequence[tuple[PlanDate, Plan]]
    plan: Plan | None
    is_demonstration: bool


def entries_of(feed: CalendarFeed, *, now: datetime) -> Entries:
    """What the person of `feed` owes and takes part in, under all its mandates at once.

    The number of queries depends on how many mandates the person holds, not on how much it owes.
    """
    return _entries(seen_plans(user_id=feed.user_id, at=now), only=feed.plan_id, now=now)


def entries_of_plan(*, plan: Plan, actor: Actor, now: datetime) -> Entries:
    """The same for one plan, loaded by `get_plan`, under the mandate acted under."""
    return _entries([(actor, {plan.pk: plan})], only=plan.pk, now=now)


def _entries(seen: Seen, *, only: int | None, now: datetime) -> Entries:
    plans = {pk: plan for _actor, own in seen for pk, plan in own.items()}
    wanted = {pk: plan for pk, plan in plans.items() if only in (None, pk)}
    duties = [d for d in _duties(seen, wanted, now) if only in (None, d.plan_id)]
    known = wanted | _named({d.plan_id for d in duties} - wanted.keys())
    dates = _dates(seen, wanted, now)
    return Entries(
        owed=_with_holders(duties, known),
        dates=[(date, wanted[date.plan_id]) for date in dates],
        plan=wanted.get(only) if only is not None else None,
        is_demonstration=any(plan.is_demonstration for plan in known.values()),
    )


def _duties(seen: Seen, wanted: Mapping[int, Plan], now: datetime) -> list[Duty]:
    """With those of invitations to plans the person does not see yet. Only what has a date."""
    collected = collect(plans=list(wanted.values()), now=now)
    mine: list[Duty] = []
    for actor, own in seen:
        keys = {pk: plan.key for pk, plan in own.items()}
        visible = [duty for duty in collected if duty.plan_id in keys]
        mine += mine_of(visible, keys, actor=actor, now=now)
    return [duty for duty in in_order(mine) if duty.due_at is not None]


def _dates(seen: Seen, wanted: Mapping[int, Plan], now: datetime) -> list[PlanDate]:
    """The one that was moved most often stands for its day, should two mandates see two."""
    plans = list(wanted.values())
    found = [date for source in sources.DATES for date in source(plans=plans, now=now)]
    once: dict[str, PlanDate] = {}
    for date in found:
        is_mine = any(date.plan_id in own and date.is_for(actor) for actor, own in seen)
        if is_mine and (date.key not in once or once[date.key].number < date.number):
            once[date.key] = date
    return sorted(once.values(), key=lambda date: (date.at, date.key))


def _named(ids: Iterable[int]) -> dict[int, Plan]:
    """Plans the person was invited to: their names stand on the invitation anyway."""
    wanted = sorted(ids)
    return Plan.objects.in_bulk(wanted) if wanted else {}


def _with_holders(duties: Sequence[Duty], plans: Mapping[int, Plan]) -> list[Owed]:
    units = Jurisdiction.objects.defer("boundary").in_bulk(
        {duty.holder_code for duty in duties if duty.holder_code is not None}
    )
    bodies = Organization.objects.in_bulk(
        {duty.organization_id for duty in duties if duty.organization_id is not None}
    )
    told = _announced(duties)
    return [
        Owed(
            duty=duty,
            plan=plans[duty.plan_id],
            holder=units.get(duty.holder_code or "") or bodies.get(duty.organization_id or 0),
            announced=told.get((duty.plan_id, duty.key)),
        )
        for duty in duties
    ]


def _announced(duties: Sequence[Duty]) -> dict[tuple[int, str], AnnouncedDeadline]:
    """(plan, duty) -> its deadline as it was announced last. One query."""
    rows = AnnouncedDeadline.objects.filter(
        plan__in={duty.plan_id for duty in duties}, duty_key__in=[duty.key for duty in duties]
    )
    newest = rows.order_by("plan_id", "duty_key", "-number").distinct("plan_id", "duty_key")
    return {(row.plan_id, row.duty_key): row for row in newest}
