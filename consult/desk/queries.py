"""Whose move it is, collected from all phases: a fixed number of queries for any number of plans."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from consult.desk import sources
from consult.desk.elsewhere import Elsewhere, elsewhere
from consult.desk.enums import SOON
from consult.desk.lines import Line
from consult.desk.owing import is_of_holder, may_know, owes
from plans.register.models import Party, Plan
from plans.register.queries import visible_plans, visible_to_any
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.notices.models import Notice
from stakeholders.notices.queries import inbox
from stakeholders.people.models import Mandate, Organization
from stakeholders.people.queries import actors_of
from stakeholders.terms.actor import SYSTEM, Actor, Role
from stakeholders.terms.duty import Duty

RECENT = 5


@dataclass(frozen=True, kw_only=True)
class OwnCount:
    """What the actor's own jurisdiction or organization owes on one plan, by whomever of it."""

    plan: Plan
    open: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one jurisdiction (None: the joint office) stands with its duties on a plan."""

    jurisdiction: Jurisdiction | None
    open: int
    overdue: int
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The first page: what waits for me, what I wait for, what reached me."""

    overdue: list[Line] = field(default_factory=list)
    soon: list[Line] = field(default_factory=list)
    later: list[Line] = field(default_factory=list)
    awaited: list[Line] = field(default_factory=list)
    own_counts: list[OwnCount] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.overdue) + len(self.soon) + len(self.later)


def collect(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Every open duty on `plans`, the earliest deadline first. Unscoped: the caller filters."""
    found = [duty for source in sources.DUTIES for duty in source(plans=plans, now=now)]
    return in_order(found) if plans else []


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """By deadline; what has none comes last. A duty named twice is kept once."""
    once = {duty.key: duty for duty in duties}
    dated = [duty for duty in once.values() if duty.due_at is not None]
    undated = [duty for duty in once.values() if duty.due_at is None]
    return [*sorted(dated, key=lambda duty: (duty.due_at, duty.key)), *undated]


def duties_of(*, actor: Actor, now: datetime) -> list[Duty]:
    """What the actor's mandate owes at `now`, also to plans it was only invited to."""
    plans = plans_of(actor=actor)
    keys = {plan.pk: plan.key for plan in plans}
    return _mine(collect(plans=plans, now=now), keys, actor=actor, now=now)


def _mine(
    duties: Iterable[Duty], keys: dict[int, str], *, actor: Actor, now: datetime
) -> list[Duty]:
    mine = [d for d in duties if owes(duty=d, actor=actor, plan_key=keys[d.plan_id])]
    for source in sources.DUTIES_OF_INVITED:
        mine += [d for d in source(actor=actor, now=now) if _is_for(d, actor)]
    return in_order(mine)


def _is_for(duty: Duty, actor: Actor) -> bool:
    return not duty.roles or (actor.role is not None and actor.role.value in duty.roles)


def plans_of(*, actor: Actor) -> list[Plan]:
    """The plans the actor sees, without the long texts of their revisions."""
    return list(_light(visible_plans(actor=actor)))


def all_plans() -> list[Plan]:
    """Every plan, for the sweep only."""
    return list(_light(visible_plans(actor=SYSTEM)))


def _light(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """With what lines of the desk name, without the revisions' whole manifests."""
    plans = plans.select_related("region", "frozen", "in_force")
    return plans.defer("frozen__manifest", "in_force__manifest").order_by("key")


def desk_of(*, actor: Actor, now: datetime, mandates: Sequence[Mandate] = ()) -> Desk:
    """The actor's desk: the duties of the mandate acted under, and how many wait under `mandates`.

    A coordinator also sees what others owe; everyone else counts of its own. The person's other
    mandates (`mandates`) cost two queries, however many they are.
    """
    plans = plans_of(actor=actor)
    keys = {plan.pk: plan.key for plan in plans}
    actors = actors_of(mandates)
    wider = {plan.pk: plan for plan in [*plans, *_light(visible_to_any(actors=actors))]}
    collected = collect(plans=list(wider.values()), now=now)
    found = [duty for duty in collected if duty.plan_id in keys]
    mine = _mine(found, keys, actor=actor, now=now)
    known = {duty.key for duty in mine}
    apart = elsewhere(
        mandates=mandates,
        actors=actors,
        duties=[duty for duty in collected if duty.key not in known],
        plans=wider,
    )
    known |= {duty.key for one in apart for duty in one.duties}
    others = [d for d in found if d.key not in known and may_know(duty=d, actor=actor)]
    awaited = others if actor.role is Role.COORDINATOR else []
    by_id = {plan.pk: plan for plan in plans} | _unseen_plans(mine, keys)
    names = holder_names(awaited)
    calendar = overrides_at(now)
    lines = [Line(duty=duty, plan=by_id[duty.plan_id], now=now, calendar=calendar) for duty in mine]
    return Desk(
        overdue=[line for line in lines if line.is_overdue],
        soon=[line for line in lines if line.is_within(SOON)],
        later=[line for line in lines if not line.is_overdue and not line.is_within(SOON)],
        awaited=[
            Line(
                duty=duty,
                plan=by_id[duty.plan_id],
                now=now,
                calendar=calendar,
                holder=names.get(holder_of(duty)),
                is_mine=False,
            )
            for duty in awaited
        ],
        elsewhere=apart,
        own_counts=_own_counts(others, by_id, actor=actor, now=now),
        notices=list(inbox(actor=actor)[:RECENT]),
        plans=plans,
    )


def _unseen_plans(duties: Iterable[Duty], keys: dict[int, str]) -> dict[int, Plan]:
    """Plans the actor was invited to: their names stand on the invitation anyway."""
    missing = {duty.plan_id for duty in duties} - keys.keys()
    return Plan.objects.in_bulk(missing) if missing else {}


def _own_counts(
    others: Iterable[Duty], by_id: dict[int, Plan], *, actor: Actor, now: datetime
) -> list[OwnCount]:
    if actor.role is Role.COORDINATOR:
        return []
    groups: dict[int, list[Duty]] = defaultdict(list)
    for duty in others:
        if is_of_holder(duty=duty, actor=actor):
            groups[duty.plan_id].append(duty)
    return [
        OwnCount(plan=by_id[plan_id], open=len(owed), overdue=_overdue(owed, now))
        for plan_id, owed in sorted(groups.items(), key=lambda pair: by_id[pair[0]].key)
    ]


def _overdue(duties: Iterable[Duty], now: datetime) -> int:
    return sum(duty.due_at is not None and duty.due_at < now for duty in duties)


Holder = tuple[str | None, int | None]


def holder_of(duty: Duty) -> Holder:
    return duty.holder_code, duty.organization_id


def holder_names(duties: Iterable[Duty]) -> dict[Holder, object]:
    """The jurisdiction or organization each duty lies on. Two queries at most."""
    holders = {holder_of(duty) for duty in duties}
    codes = {code for code, _id in holders if code is not None}
    ids = {pk for code, pk in holders if code is None and pk is not None}
    units = Jurisdiction.objects.in_bulk(codes) if codes else {}
    bodies = Organization.objects.in_bulk(ids) if ids else {}
    return {
        (code, pk): units.get(code) if code is not None else bodies.get(pk) for code, pk in holders
    }


def standings_of(*, plan: Plan, actor: Actor, now: datetime) -> list[Standing]:
    """Every party of a plan with its open duties, without those the actor may not learn of.

    The caller has asked `require_oversight`.
    """
    groups: dict[str | None, list[Duty]] = defaultdict(list)
    for duty in collect(plans=[plan], now=now):
        if may_know(duty=duty, actor=actor):
            groups[duty.holder_code].append(duty)
    parties = Party.objects.filter(plan=plan, left_at__isnull=True).values("jurisdiction")
    codes = [code for code in groups if code is not None]
    units = Jurisdiction.objects.filter(pk__in=parties) | Jurisdiction.objects.filter(pk__in=codes)
    rows: list[tuple[Jurisdiction | None, list[Duty]]] = [
        (unit, groups[unit.pk]) for unit in units.order_by("pk")
    ]
    if groups[None]:
        rows.append((None, groups[None]))
    calendar = overrides_at(now)
    return [
        Standing(
            jurisdiction=unit,
            open=len(owed),
            overdue=_overdue(owed, now),
            lines=[
                Line(duty=d, plan=plan, now=now, calendar=calendar, is_mine=unit is None)
                for d in owed
            ],
        )
        for unit, owed in rows
    ]
