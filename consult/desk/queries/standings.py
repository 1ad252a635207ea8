"""How the parties of a plan stand with their duties, for its joint office."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from consult.desk.lines import Line
from consult.desk.owing import may_know
from consult.desk.queries.collecting import collect
from consult.desk.queries.reminded import Reminded, reminded_of
from plans.register.models import Party, Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.people.models import Organization
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Duty

Holder = tuple[str | None, int | None]
OFFICE, PERSONS = "office", "persons"  # holders that are no jurisdiction and no body


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one holder stands: a jurisdiction, a body, the joint office or named persons.

    `code` names it in addresses: six digits, `body-5`, `office` or `persons`; `unit` is the
    jurisdiction or body, where it is one. `reminded` tells of lines by the key of their duty.
    """

    code: str
    unit: Jurisdiction | Organization | None
    lines: list[Line]
    reminded: Mapping[str, Reminded] = field(default_factory=dict)

    @property
    def jurisdiction(self) -> Jurisdiction | None:
        return self.unit if isinstance(self.unit, Jurisdiction) else None

    @property
    def is_office(self) -> bool:
        return self.code == OFFICE

    @property
    def open(self) -> int:
        return len(self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.is_overdue for line in self.lines)


def overdue_of(duties: Iterable[Duty], now: datetime) -> int:
    return sum(duty.due_at is not None and duty.due_at < now for duty in duties)


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


def standing_code(duty: Duty) -> str:
    """Under which holder of the table a duty stands. Pure."""
    if duty.holder_code is not None:
        return duty.holder_code
    if duty.organization_id is not None:
        return f"body-{duty.organization_id}"
    return OFFICE if duty.user_id is None else PERSONS


def overseen_duties(*, plan: Plan, actor: Actor, now: datetime) -> list[Duty]:
    """The open duties of a plan that its joint office may learn of, the earliest deadline first.

    The caller has asked `require_oversight`.
    """
    return [duty for duty in collect(plans=[plan], now=now) if may_know(duty=duty, actor=actor)]


def standings_of(
    *, plan: Plan, actor: Actor, now: datetime, with_reminders: bool = False
) -> list[Standing]:
    """Every party of a plan, and every other holder, with its open duties; by their codes.

    Without those the actor may not learn of. A party that owes nothing stands there too, and so
    does the joint office. The caller has asked `require_oversight`.
    """
    groups: dict[str, list[Duty]] = defaultdict(list)
    duties = overseen_duties(plan=plan, actor=actor, now=now)
    for duty in duties:
        groups[standing_code(duty)].append(duty)
    reminded = reminded_of(plan=plan, duties=duties) if with_reminders else {}
    calendar = overrides_at(now)
    return [
        Standing(
            code=code,
            unit=unit,
            lines=[
                Line(duty=d, plan=plan, now=now, calendar=calendar, is_mine=code == OFFICE)
                for d in groups[code]
            ],
            reminded=reminded,
        )
        for code, unit in _holders(plan, duties)
        if unit or groups[code] or code == OFFICE
    ]


def _holders(
    plan: Plan, duties: Sequence[Duty]
) -> list[tuple[str, Jurisdiction | Organization | None]]:
    """Parties and other jurisdictions by code, then bodies, persons and the joint office."""
    parties = Party.objects.filter(plan=plan, left_at__isnull=True).values("jurisdiction")
    codes = {duty.holder_code for duty in duties if duty.holder_code is not None}
    units = Jurisdiction.objects.filter(pk__in=parties) | Jurisdiction.objects.filter(pk__in=codes)
    ids = {d.organization_id for d in duties if d.holder_code is None and d.organization_id}
    bodies = Organization.objects.filter(pk__in=ids).order_by("pk") if ids else ()
    return [
        *[(unit.pk, unit) for unit in units.order_by("pk")],
        *[(f"body-{body.pk}", body) for body in bodies],
        (PERSONS, None),
        (OFFICE, None),
    ]
