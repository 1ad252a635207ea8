"""A person's desk: what waits for it, what it waits for, what reached it and what moved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from consult.desk.elsewhere import Elsewhere, elsewhere
from consult.desk.enums import SHOWN, When
from consult.desk.lines import AwaitedLine, Line
from consult.desk.owing import is_of_holder, may_know
from consult.desk.queries.awaiting import awaited_by
from consult.desk.queries.collecting import collect, mine_of, plans_of
from consult.desk.queries.moved import Moved, moved_since
from consult.desk.queries.standings import holder_names, holder_of, overdue_of
from consult.desk.sifting import Choices, Sieve, Sifted, choices_of
from plans.register.models import Plan
from plans.register.queries import light_plans, visible_to_any
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.notices.models import Notice
from stakeholders.notices.queries import inbox
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actors_of
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.awaited import Awaited
from stakeholders.terms.duty import Duty
from stakeholders.terms.reading import one_reading

RECENT = 5
# From so many lines on the desk offers filters: who signs once a year has nothing to choose.
CHOOSING = 6


@dataclass(frozen=True, kw_only=True)
class OwnCount:
    """What is owed on one plan: by the actor's own jurisdiction or organization, by whomever of it;
    or, to a coordinator, by the others."""

    plan: Plan
    open: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class Section:
    """One heading of what waits: its lines in order, as many of `count` as are shown."""

    when: When
    lines: list[Line]
    count: int

    @property
    def is_cut(self) -> bool:
        return len(self.lines) < self.count


@dataclass(frozen=True, kw_only=True)
class News:
    """What is new since the last visit (`since`; None on the first one), and the newest notices.
    `fresh` notices came after it."""

    since: datetime | None = None
    moved: list[Moved] = field(default_factory=list)
    fresh: int = 0
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The first page. `mine`, `owed` (what others owe, to a coordinator) and `awaited` are what the
    filters left; `total` counts the lines before them."""

    mine: list[Line] = field(default_factory=list)
    owed: list[Line] = field(default_factory=list)
    awaited: list[AwaitedLine] = field(default_factory=list)
    owed_counts: list[OwnCount] = field(default_factory=list)
    own_counts: list[OwnCount] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    news: News = field(default_factory=News)
    plans: list[Plan] = field(default_factory=list)
    sieve: Sieve = field(default_factory=Sieve)
    choices: Choices = field(default_factory=Choices)
    total: int = 0
    shows_all: bool = False

    @property
    def count(self) -> int:
        return len(self.mine)

    @property
    def single(self) -> Line | None:
        """The one thing that waits, where nothing else does: the page of who signs once a year."""
        return self.mine[0] if len(self.mine) == 1 and not self.is_filtered else None

    @property
    def sections(self) -> list[Section]:
        """What waits, by day; of each at most `SHOWN` unless all is asked for."""
        found: dict[When, list[Line]] = defaultdict(list)
        for line in self.mine:
            found[line.when].append(line)
        most = None if self.shows_all else SHOWN
        return [
            Section(when=when, lines=found[when][:most], count=len(found[when]))
            for when in When
            if when in found
        ]

    @property
    def owed_shown(self) -> list[Line]:
        """The first of what others owe; the page who is late has them all."""
        return self.owed[:SHOWN]

    @property
    def is_filtered(self) -> bool:
        return self.sieve.is_set

    @property
    def offers_choices(self) -> bool:
        return self.is_filtered or self.total >= CHOOSING


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What one load reads once: the day, its calendar, and the names of plans and holders."""

    plans: Mapping[int, Plan]
    names: Mapping[tuple[str | None, int | None], object]
    calendar: Mapping[date, bool]
    now: datetime

    def line(self, duty: Duty, *, is_mine: bool) -> Line:
        return Line(
            duty=duty,
            plan=self.plans[duty.plan_id],
            now=self.now,
            calendar=self.calendar,
            holder=self.names.get(holder_of(duty)),
            is_mine=is_mine,
        )

    def awaited(self, one: Awaited) -> AwaitedLine:
        return AwaitedLine(awaited=one, plan=self.plans[one.plan_id], now=self.now)


def desk_of(
    *,
    actor: Actor,
    now: datetime,
    mandates: Sequence[Mandate] = (),
    sieve: Sieve | None = None,
    since: datetime | None = None,
    shows_all: bool = False,
) -> Desk:
    """The actor's desk: the duties of the mandate acted under, what it waits for, how many wait
    under `mandates`, and what is new since `since`.

    A coordinator also sees what others owe; everyone else counts of its own. The person's other
    mandates (`mandates`) cost two queries, however many they are.
    """
    with one_reading():
        return _desk(
            actor=actor,
            now=now,
            mandates=mandates,
            sieve=sieve or Sieve(),
            since=since,
            shows_all=shows_all,
        )


def _desk(
    *,
    actor: Actor,
    now: datetime,
    mandates: Sequence[Mandate],
    sieve: Sieve,
    since: datetime | None,
    shows_all: bool,
) -> Desk:
    plans = plans_of(actor=actor)
    keys = {plan.pk: plan.key for plan in plans}
    actors = actors_of(mandates)
    wider = {plan.pk: plan for plan in [*plans, *light_plans(visible_to_any(actors=actors))]}
    every_plan = list(wider.values())
    collected = collect(plans=every_plan, now=now)
    found = [duty for duty in collected if duty.plan_id in keys]
    mine = mine_of(found, keys, actor=actor, now=now)
    known = {duty.key for duty in mine}
    apart = elsewhere(
        mandates=mandates,
        actors=actors,
        duties=[duty for duty in collected if duty.key not in known],
        plans=wider,
    )
    known |= {duty.key for one in apart for duty in one.duties}
    others = [d for d in found if d.key not in known and may_know(duty=d, actor=actor)]
    is_coordinator = actor.role is Role.COORDINATOR
    owed = others if is_coordinator else []
    by_id = {plan.pk: plan for plan in plans} | _unseen_plans(mine, keys)
    reading = _reading([*mine, *owed], by_id, now)
    lines = [reading.line(duty, is_mine=True) for duty in mine]
    owed_lines = [reading.line(duty, is_mine=False) for duty in owed]
    waits = awaited_by(actor=actor, plans=plans, duties=found, now=now, collected=every_plan)
    waiting = [reading.awaited(one) for one in waits]
    every: list[Sifted] = [*lines, *owed_lines, *waiting]
    return Desk(
        mine=sieve.of(lines),
        owed=sieve.of(owed_lines),
        awaited=sieve.of(waiting),
        elsewhere=apart,
        owed_counts=_counts(owed, by_id, now=now),
        own_counts=_counts(
            [d for d in others if not is_coordinator and is_of_holder(duty=d, actor=actor)],
            by_id,
            now=now,
        ),
        news=_news(actor=actor, plans=plans, since=since, now=now),
        plans=plans,
        sieve=sieve,
        choices=choices_of(every, sieve),
        total=len(every),
        shows_all=shows_all,
    )


def _news(*, actor: Actor, plans: Sequence[Plan], since: datetime | None, now: datetime) -> News:
    rows = inbox(actor=actor)
    return News(
        since=since,
        moved=moved_since(plans=plans, since=since, now=now) if since else [],
        fresh=rows.filter(created_at__gt=since).count() if since else 0,
        notices=list(rows[:RECENT]),
    )


def lines_of(*, actor: Actor, now: datetime) -> list[Line]:
    """What waits for the mandate acted under, as lines, the earliest deadline first."""
    plans = plans_of(actor=actor)
    keys = {plan.pk: plan.key for plan in plans}
    mine = mine_of(collect(plans=plans, now=now), keys, actor=actor, now=now)
    by_id = {plan.pk: plan for plan in plans} | _unseen_plans(mine, keys)
    reading = _reading(mine, by_id, now)
    return [reading.line(duty, is_mine=True) for duty in mine]


def awaited_lines(*, actor: Actor, now: datetime) -> list[AwaitedLine]:
    """What the mandate acted under waits for, the earliest end first."""
    plans = plans_of(actor=actor)
    with one_reading():
        duties = collect(plans=plans, now=now)
        found = awaited_by(actor=actor, plans=plans, duties=duties, now=now)
    by_id = {plan.pk: plan for plan in plans}
    reading = _Reading(plans=by_id, names={}, calendar={}, now=now)
    return [reading.awaited(one) for one in found]


def _reading(duties: Sequence[Duty], plans: Mapping[int, Plan], now: datetime) -> _Reading:
    return _Reading(plans=plans, names=holder_names(duties), calendar=overrides_at(now), now=now)


def _unseen_plans(duties: Iterable[Duty], keys: dict[int, str]) -> dict[int, Plan]:
    """Plans the actor was invited to: their names stand on the invitation anyway."""
    missing = {duty.plan_id for duty in duties} - keys.keys()
    return Plan.objects.in_bulk(missing) if missing else {}


def _counts(duties: Iterable[Duty], plans: Mapping[int, Plan], *, now: datetime) -> list[OwnCount]:
    groups: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        groups[duty.plan_id].append(duty)
    return [
        OwnCount(plan=plans[plan_id], open=len(owed), overdue=overdue_of(owed, now))
        for plan_id, owed in sorted(groups.items(), key=lambda pair: plans[pair[0]].key)
    ]
