"""Reading commitments: what each is worth now, by its events and those it is tied to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from consult.matters.enums import CommitmentEventKind, CommitmentState, Outcome
from consult.matters.linked import Pledge, Worth, worth_of
from consult.matters.models import (
    Commitment,
    CommitmentEvent,
    CommitmentNeed,
    Matter,
    MatterAgreement,
)
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible
from stakeholders.terms.reading import read_once

TONES = {
    CommitmentState.FULFILLED: "success",
    CommitmentState.IN_FORCE: "success",
    CommitmentState.LAPSED: "danger",
    CommitmentState.CONDITIONAL: "warning",
}


@dataclass(frozen=True, kw_only=True)
class CommitmentRow:
    """One commitment with what it is worth, those it needs, and the others of its ring."""

    commitment: Commitment
    worth: Worth
    needs: Sequence[Commitment]
    waits_for: Sequence[Commitment]
    broken_by: Sequence[Commitment]
    package: Sequence[Commitment]
    events: Sequence[CommitmentEvent]

    @property
    def tone(self) -> str:
        return TONES.get(self.worth.state, "neutral")

    @property
    def is_reported(self) -> bool:
        """Whether the holder says it is kept and the other side has not confirmed it yet."""
        kinds = {event.kind for event in self.events}
        return CommitmentEventKind.REPORTED in kinds and CommitmentEventKind.CONFIRMED not in kinds


def day_of(at: datetime) -> date:
    """The day on which something is, where the plans are made."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def commitments_of(matter: Matter, *, at: datetime) -> list[CommitmentRow]:
    """The commitments of one matter in their order; four queries."""
    return standing_commitments([matter], at=at)[matter.pk]


def standing_commitments(
    matters: Sequence[Matter], *, at: datetime
) -> dict[int, list[CommitmentRow]]:
    """Matter -> its commitments as they stand; the same queries for one matter or many."""
    rows = Commitment.objects.filter(matter__in=matters).order_by("matter_id", "number")
    held: dict[int, list[Commitment]] = {matter.pk: [] for matter in matters}
    known = {matter.pk: matter for matter in matters}
    for row in rows.select_related("holder", "mandate__user").defer("holder__boundary"):
        row.matter = known[row.matter_id]
        held[row.matter_id].append(row)
    events = _grouped(matters)
    needs = _needs(matters)
    agreed = _agreed(matters)
    today = day_of(at)
    return {
        pk: _rows(commitments, events, needs, agreed.get(pk, frozenset()), today)
        for pk, commitments in held.items()
    }


@read_once
def agreed_commitments(plans: Sequence[int], *, at: datetime) -> dict[Matter, list[CommitmentRow]]:
    """Unscoped, for duties: the agreed matters of the plans that hold commitments, in order of
    key, each with them as they stand. At most six queries for any number of plans."""
    tied = Commitment.objects.filter(matter__plan__in=plans).values("matter")
    rows = Matter.objects.filter(pk__in=tied, outcome=Outcome.AGREED)
    matters = list(rows.prefetch_related("jurisdictions"))
    held = standing_commitments(matters, at=at) if matters else {}
    return {matter: held[matter.pk] for matter in matters}


def _grouped(matters: Iterable[Matter]) -> dict[int, list[CommitmentEvent]]:
    found: dict[int, list[CommitmentEvent]] = {}
    rows = CommitmentEvent.objects.filter(commitment__matter__in=matters).order_by("pk")
    for row in rows.select_related("mandate__user", "jurisdiction").defer("jurisdiction__boundary"):
        found.setdefault(row.commitment_id, []).append(row)
    return found


def _needs(matters: Iterable[Matter]) -> dict[int, set[int]]:
    """Commitment (id) -> the numbers of those it needs, in its own matter."""
    found: dict[int, set[int]] = {}
    rows = CommitmentNeed.objects.filter(commitment__matter__in=matters)
    for pk, number in rows.values_list("commitment", "needs__number"):
        found.setdefault(pk, set()).add(number)
    return found


def _agreed(matters: Iterable[Matter]) -> dict[int, frozenset[int]]:
    """Matter -> the numbers of the commitments its standing agreement names.

    A matter is closed as agreed by its newest draft, so that is the one that binds.
    """
    closed = [matter.pk for matter in matters if matter.outcome == Outcome.AGREED]
    rows = MatterAgreement.objects.filter(matter__in=closed).order_by("matter_id", "-number")
    newest = rows.distinct("matter_id").values_list("matter", "commitments")
    return {pk: frozenset(numbers) for pk, numbers in newest}


def pledge_of(
    one: Commitment,
    events: Iterable[CommitmentEvent],
    *,
    needs: Iterable[int],
    is_agreed: bool,
) -> Pledge:
    """What the events of a commitment say; the last of giving and taking back counts."""
    given = taken_back = False
    kept_on: date | None = None
    reported_on: date | None = None
    for event in events:
        if event.kind == CommitmentEventKind.GIVEN:
            given, taken_back = True, False
        elif event.kind == CommitmentEventKind.TAKEN_BACK:
            taken_back = True
        elif event.kind == CommitmentEventKind.REPORTED:
            reported_on = day_of(event.at)
        elif event.kind == CommitmentEventKind.CONFIRMED and kept_on is None:
            # It counts from the day it was reported: the other side may look at it later.
            kept_on = reported_on or day_of(event.at)
    return Pledge(
        number=one.number,
        needs=frozenset(needs),
        due_on=one.due_on,
        is_given=given,
        is_taken_back=taken_back,
        is_agreed=is_agreed,
        kept_on=kept_on,
    )


def _rows(
    commitments: Sequence[Commitment],
    events: Mapping[int, list[CommitmentEvent]],
    needs: Mapping[int, set[int]],
    agreed: frozenset[int],
    today: date,
) -> list[CommitmentRow]:
    pledges = [
        pledge_of(
            one,
            events.get(one.pk, []),
            needs=needs.get(one.pk, set()),
            is_agreed=one.number in agreed,
        )
        for one in commitments
    ]
    worths = worth_of(pledges, today=today)
    by_number = {one.number: one for one in commitments}

    def named(numbers: Iterable[int]) -> list[Commitment]:
        return [by_number[n] for n in sorted(numbers) if n in by_number]

    return [
        CommitmentRow(
            commitment=one,
            worth=worths[one.number],
            needs=named(needs.get(one.pk, set())),
            waits_for=named(worths[one.number].waits_for),
            broken_by=named(worths[one.number].broken_by),
            package=named(worths[one.number].package),
            events=events.get(one.pk, []),
        )
        for one in commitments
    ]


def tied_matters() -> list[Matter]:
    """Unscoped, for sweeps: agreed matters of all plans in which some commitment needs another,
    with their plans. One query."""
    tied = CommitmentNeed.objects.values("commitment__matter")
    found = Matter.objects.filter(pk__in=tied, outcome=Outcome.AGREED, plan__isnull=False)
    return list(found.select_related("plan").order_by("plan", "key"))


def committed_matters(*, actor: Actor, plan: Plan) -> QuerySet[Matter]:
    """The matters of a plan the reader sees that hold commitments, in order of key."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    held = Commitment.objects.filter(matter__plan__in=plans).values("matter")
    return Matter.objects.filter(pk__in=held).select_related("plan").order_by("key")


def get_commitment(matter: Matter, *, number: int) -> Commitment:
    found = Commitment.objects.filter(matter=matter, number=number).first()
    if found is None:
        raise NotVisible
    return found


def confirmers_of(row: CommitmentRow, rows: Iterable[CommitmentRow], matter: Matter) -> set[str]:
    """The parties that may confirm it as kept: those who promised something in return for it,
    else every other party of the matter."""
    holder = str(row.commitment.holder_id)
    relying = {
        str(other.commitment.holder_id)
        for other in rows
        if any(need.pk == row.commitment.pk for need in other.needs)
    } - {holder}
    units: Iterable[Jurisdiction] = matter.jurisdictions.all()
    return relying or {unit.code for unit in units} - {holder}
