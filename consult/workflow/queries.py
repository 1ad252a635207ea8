"""What a publishing would do, before it is done; and the way a plan has come."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from consult.phase1_organization.queries import charter_in_force
from consult.phase3_identification.queries import current_sign_off, has_ended
from consult.workflow.models import PhaseStep
from plans.indicators import queries as indicators
from plans.register.enums import ChangeKind
from plans.register.models import Plan, Revision
from plans.register.queries import latest_revision, titles_of
from plans.register.reading import Reading, read
from plans.register.steps import Heading, Place, version_content
from plans.text import queries as text
from plans.text.changes import Standing, change_kind, concerned_by
from plans.text.comparing import standings_of

# Kinds of change after which those concerned are asked again.
CONSENT_FALLS = frozenset(
    {
        ChangeKind.TEXT,
        ChangeKind.STRENGTH,
        ChangeKind.MAP,
        ChangeKind.INDICATOR,
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
    }
)


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
class Pending:
    """The next revision as the working draft stands."""

    former: Revision | None
    headings: Sequence[Heading]
    places: Sequence[Place]
    all_changes: Sequence[Change]

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
    def impact(self) -> dict[str, list[Change]]:
        """Code of a jurisdiction -> changes after which its consent is asked again."""
        falling = [one for one in self.changes if one.kind in CONSENT_FALLS]
        codes = sorted({code for one in falling for code in one.concerned})
        return {code: [one for one in falling if code in one.concerned] for code in codes}


def pending(plan: Plan) -> Pending:
    """What publishing now would publish. A fixed number of queries."""
    headings, places = text.outline(plan)
    for outline in (text.standards_outline, indicators.outline):
        more_headings, more_places = outline(plan)
        headings, places = [*headings, *more_headings], [*places, *more_places]
    former = latest_revision(plan)
    old = standings_of(former)
    new = {place.item.key: _standing(place) for place in places}
    return Pending(
        former=former,
        headings=headings,
        places=places,
        all_changes=_changes(plan, old, new),
    )


def _standing(place: Place) -> Standing:
    draft = place.item.draft
    return Standing(
        wording=version_content(draft),
        number=place.number,
        heading=place.heading,
        claim=draft.change_claim,
    )


def _changes(plan: Plan, old: Mapping[str, Standing], new: Mapping[str, Standing]) -> list[Change]:
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key), new.get(key)
        kind = change_kind(before, after, authentic=plan.authentic_language)
        shown = after or old[key]
        who = tuple(sorted(concerned_by(before, after)))
        reading = read(shown.wording, number=shown.number, heading=shown.heading, change=kind.value)
        found.append(Change(kind=kind, reading=reading, concerned=who))
    return found


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
