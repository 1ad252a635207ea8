"""What a publishing would do, before it is done; and the way a plan has come."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from consult.phase1_organization.queries import charter_in_force
from consult.phase2_preparation.queries import (
    Placed,
    last_round_on,
    moving,
    placed_in_draft,
    placed_in_revision,
    visible_comments,
    with_unit,
)
from consult.phase3_identification.queries import current_sign_off, has_ended, last_declared_on
from consult.workflow.models import PhaseStep
from plans.indicators import queries as indicators
from plans.register.enums import ChangeKind
from plans.register.manifest import Heading, Place, Sealed, seal, version_content
from plans.register.models import Plan, Revision
from plans.register.queries import (
    Held,
    canonical_contents,
    held_by,
    latest_revision,
    revisions_of,
    titles_of,
)
from plans.register.reading import Reading, read
from plans.text import queries as text
from plans.text.changes import Standing, change_kind, concerned_by
from plans.text.rules import sees_draft
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor

SHOWN = 50  # changes of one kind on a page; the list of differences has them all


def choices_of_open(plan: Plan) -> list[tuple[str, str]]:
    """Key and words of every frozen item whose sign-off is still open, in the order of the text."""
    sign_off = current_sign_off(plan)
    if plan.frozen is None or sign_off is None or has_ended(sign_off):
        return []
    rows = sign_off.item_ballots.filter(ballot__end__isnull=True)
    running = set(rows.values_list("item__key", flat=True))
    return [(key, title) for key, title in titles_of(plan.frozen).items() if key in running]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One item as it would change, and whom that concerns."""

    kind: ChangeKind
    reading: Reading
    concerned: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChangeGroup:
    """The changes of one kind; `rest` is how many more there are than are shown."""

    kind: ChangeKind
    number: int
    shown: Sequence[Change]

    @property
    def rest(self) -> int:
        return self.number - len(self.shown)


@dataclass(frozen=True, kw_only=True)
class Pending:
    """The next revision as the working draft stands."""

    former: Revision | None
    headings: Sequence[Heading]
    places: Sequence[Place]
    all_changes: Sequence[Change]
    sealed: Mapping[int, Sealed]

    @property
    def kinds(self) -> dict[str, str]:
        """Item key -> kind of change."""
        return {one.reading.key: one.kind.value for one in self.all_changes}

    @property
    def counts(self) -> dict[str, int]:
        """Kind of change -> number of items, without the unchanged."""
        counts = Counter(one.kind.value for one in self.changes)
        return {kind.value: counts[kind.value] for kind in ChangeKind if counts[kind.value]}

    @property
    def changes(self) -> list[Change]:
        return [one for one in self.all_changes if one.kind is not ChangeKind.UNCHANGED]

    @property
    def groups(self) -> list[ChangeGroup]:
        """The changes by kind, of each kind so many as a page shows."""
        found: dict[ChangeKind, list[Change]] = {}
        for one in self.changes:
            found.setdefault(one.kind, []).append(one)
        return [
            ChangeGroup(kind=kind, number=len(found[kind]), shown=found[kind][:SHOWN])
            for kind in ChangeKind
            if kind in found
        ]


def pending(plan: Plan) -> Pending:
    """What publishing now would publish. A fixed number of queries.

    A wording is made canonical once; where its hash is the published one nothing of the former
    revision is read or compared.
    """
    headings, places = text.outline(plan)
    for outline in (text.standards_outline, indicators.outline):
        more_headings, more_places = outline(plan)
        headings, places = [*headings, *more_headings], [*places, *more_places]
    former = latest_revision(plan)
    sealed = {place.item.pk: seal(place.item.draft) for place in places}
    return Pending(
        former=former,
        headings=headings,
        places=places,
        all_changes=_changes(plan, former, places, sealed),
        sealed=sealed,
    )


@dataclass(frozen=True, kw_only=True)
class Moving:
    """The comments that stand otherwise once the draft is published; so many as a page shows."""

    number: int
    shown: Sequence[Placed]

    @property
    def rest(self) -> int:
        return self.number - len(self.shown)


def moving_comments(found: Pending, *, plan: Plan, actor: Actor) -> Moving:
    """Which comments the publishing of `found` would re-anchor, of those the actor sees.

    A fixed number of queries.
    """
    if found.former is None:
        return Moving(number=0, shown=[])
    rows = visible_comments(actor=actor, plan=plan).filter(Q(is_revealed=True), item__isnull=False)
    comments = list(with_unit(rows).order_by("number"))
    if not comments:
        return Moving(number=0, shown=[])
    before = placed_in_revision(comments, revision=found.former)
    after = placed_in_draft(comments, plan=plan, places=found.places, sealed=found.sealed)
    falling = moving(before, after)
    return Moving(number=len(falling), shown=falling[:SHOWN])


def _changes(
    plan: Plan,
    former: Revision | None,
    places: Sequence[Place],
    sealed: Mapping[int, Sealed],
) -> list[Change]:
    """The items of the draft in order, then those it no longer holds. Four queries."""
    held = held_by(former) if former else {}
    fresh = {place.item.pk: place for place in places}
    differing = [
        entry.version_id
        for pk, entry in held.items()
        if pk not in fresh or entry.hash != sealed[pk].hash
    ]
    contents = canonical_contents(differing)
    confirmed = text.confirmed_claims(plan)
    found = []
    for pk in [*fresh, *(pk for pk in held if pk not in fresh)]:
        entry, place = held.get(pk), fresh.get(pk)
        if entry and place and entry.version_id not in contents:
            found.append(_same_wording(entry, place))
            continue
        before = _former(entry, contents[entry.version_id]) if entry else None
        found.append(_change(plan, before, _standing(place, confirmed) if place else None))
    return found


def _same_wording(entry: Held, place: Place) -> Change:
    is_there = (entry.number, entry.heading) == (place.number, place.heading)
    kind = ChangeKind.UNCHANGED if is_there else ChangeKind.MOVED
    draft = place.item.draft
    reading = read(
        version_content(draft), number=place.number, heading=place.heading, change=kind.value
    )
    return Change(kind=kind, reading=reading, concerned=tuple(sorted(draft.concerned)))


def _change(plan: Plan, before: Standing | None, after: Standing | None) -> Change:
    kind = change_kind(before, after, authentic=plan.authentic_language)
    shown = after or before
    assert shown is not None  # noqa: S101 - an item stands in one of the two at least
    reading = read(shown.wording, number=shown.number, heading=shown.heading, change=kind.value)
    return Change(kind=kind, reading=reading, concerned=tuple(sorted(concerned_by(before, after))))


def _former(entry: Held, content: str) -> Standing:
    return Standing(wording=json.loads(content), number=entry.number, heading=entry.heading)


def _standing(place: Place, confirmed: frozenset[int]) -> Standing:
    """A claim counts once another party confirmed it; until then the text counts as changed."""
    draft = place.item.draft
    return Standing(
        wording=version_content(draft),
        number=place.number,
        heading=place.heading,
        claim=draft.change_claim if draft.item_id in confirmed else "",
    )


@dataclass(frozen=True, kw_only=True)
class Since:
    """What was published since a party last spoke, and since the last comment round: the numbers
    of the revisions, and their labels with the stage; `latest` is the newest one."""

    latest: int
    latest_label: str
    position: int | None
    position_label: str
    round_number: int | None
    round_revision: int | None
    round_label: str
    sees_draft: bool


def since(plan: Plan, *, actor: Actor) -> Since | None:
    """Where the actor's jurisdiction left off; None before the first revision. Seven queries."""
    revision = latest_revision(plan)
    if revision is None:
        return None
    held = last_round_on(plan, at=clock.now())
    position = last_declared_on(plan, code=actor.inside)
    round_revision = held[1] if held else None
    wanted = [number for number in (position, round_revision) if number is not None]
    former = revisions_of(plan).defer("manifest").filter(number__in=wanted)
    labels = {one.number: one.label for one in former}
    return Since(
        latest=revision.number,
        latest_label=revision.label,
        position=position,
        position_label=labels.get(position or 0, ""),
        round_number=held[0] if held else None,
        round_revision=round_revision,
        round_label=labels.get(round_revision or 0, ""),
        sees_draft=sees_draft(actor=actor, plan=plan),
    )


def phase_steps_of(plan: Plan) -> QuerySet[PhaseStep]:
    """How the plan came where it is, newest first."""
    return (
        PhaseStep.objects.filter(plan=plan)
        .select_related("mandate__jurisdiction", "mandate__organization")
        .defer("mandate__jurisdiction__boundary")
        .order_by("-at", "-pk")
    )


def charter_version(plan: Plan) -> str:
    """The version of the charter in force, as the manifest names it; "" before there is one."""
    charter = charter_in_force(plan)
    return charter.version if charter else ""
