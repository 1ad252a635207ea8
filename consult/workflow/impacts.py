"""What publishing the working draft would cost in consent, said before it is done.

The fates are those of the carrying over itself: what the page says falls is what then falls.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consult.consensus.case import Text as Said
from consult.consensus.changes import CONSENT, DIFFERENCE, REASONS, ChangeKind, Fate, Reason
from consult.consensus.impact import CauseKind, Effect, impact
from consult.phase2_preparation.audit import draft_findings
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import current_sign_off, everything, has_ended, sees
from consult.phase3_identification.queries.prospects import Coming, Prospect, hashes_in, prospect
from consult.workflow.queries import Pending, charter_version
from plans.register.enums import ChangeKind as Kind
from plans.register.enums import ItemKind
from plans.register.manifest import manifest_text
from plans.register.models import Plan
from plans.register.queries import names_of
from plans.register.reading import Reading, read
from plans.text.changes import Standing, change_kind
from plans.text.claiming import faults
from plans.text.names import protected_names
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text

ADVISED = 3  # changes for which the cheaper way is said
SHOWN = 50  # items of one party on a page
HEADINGS: Mapping[str, Text] = {
    "title": _("Title of the plan"),
    "horizon": _("Horizon"),
    "authentic_language": _("Authentic language"),
    "charter": _("Charter version"),
    "headings": _("Chapters"),
    "stage": _("Stage"),
    "attachments": _("Attachments"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item under a party: how it changes and why the consent falls or the difference stays."""

    key: str
    label: str
    kinds: Sequence[Text]
    why: Said
    value: str = ""
    goes_to: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class PartyLines:
    """The lines of one party, so many as a page shows."""

    code: str
    unit: object
    lines: Sequence[Line]

    @property
    def shown(self) -> Sequence[Line]:
        return self.lines[:SHOWN]

    @property
    def rest(self) -> int:
        return max(len(self.lines) - SHOWN, 0)


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One change that costs consent: how many fall with it, how many would stand without it alone,
    and whether it could be claimed as editorial (another party has to confirm that)."""

    labels: Sequence[Text]
    fallen: int
    parties: int
    alone: int
    is_heading: bool
    may_be_editorial: bool
    is_claimed: bool


@dataclass(frozen=True, kw_only=True)
class ConsentImpact:
    """What becomes of the consents, objections and reservations given in a sign-off.

    `is_sealed`: the reader may not know what others said; then only `items` is told. `standing` is
    how many consents count before it.
    """

    is_open: bool
    is_sealed: bool
    items: int
    standing: int = 0
    fallen: Sequence[PartyLines] = ()
    staying: Sequence[PartyLines] = ()
    advice: Sequence[Advice] = ()

    @property
    def number(self) -> int:
        return sum(len(one.lines) for one in self.fallen)

    @property
    def left(self) -> int:
        return self.standing - self.number


@dataclass(frozen=True, kw_only=True)
class Repeating:
    """Items that no closed round has seen in the wording they would have, and those changed without
    a published answer or decision as the reason: they need a round again."""

    unconsulted: Sequence[str]
    unexplained: Sequence[str]

    @property
    def number(self) -> int:
        return len(self.unconsulted) + len(self.unexplained)


def consent_impact_of(plan: Plan, found: Pending, *, actor: Actor) -> ConsentImpact | None:
    """What publishing `found` does to the open sign-off, or would do to the last one; None when
    there never was one. A fixed number of queries."""
    sign_off = current_sign_off(plan)
    if sign_off is None:
        return None
    ahead = prospect(
        sign_off,
        coming=_coming(found),
        manifest=_manifest(plan, found),
        before=hashes_in(found.former),
    )
    changed = {key for key in ahead.stage.kinds if key in ahead.live} | set(ahead.gone)
    items = len(changed | (set(ahead.stage.kinds) - set(ahead.live)))
    is_open = not has_ended(sign_off)
    if sees(sign_off, actor=actor, at=clock.now()) is not everything:
        return ConsentImpact(is_open=is_open, is_sealed=True, items=items)
    return _told(plan, found, ahead, sign_off, items=items, is_open=is_open)


def _told(
    plan: Plan, found: Pending, ahead: Prospect, sign_off: SignOff, *, items: int, is_open: bool
) -> ConsentImpact:
    families = ahead.standing.options.families
    readings = {one.reading.key: one.reading for one in found.all_changes}
    differing = [
        fate
        for fate in ahead.after.last
        if families[fate.value] in DIFFERENCE and not fate.is_stale and _moves(fate)
    ]
    names = names_of({fate.party for fate in (*ahead.fallen, *differing)})
    standing = sum(
        families[fate.value] in CONSENT and not fate.is_stale
        for fates in ahead.standing.held.fates.values()
        for fate in fates
    )
    former = ahead.standing.stages[-1].manifest
    effects = impact(
        ahead.after.last, old=former, new=ahead.stage.manifest, charter=ahead.standing.options
    ).effects
    return ConsentImpact(
        is_open=is_open,
        is_sealed=False,
        items=items,
        standing=standing,
        fallen=_by_party(ahead.fallen, readings, names, {}),
        staying=_by_party(differing, readings, names, _goes_to(ahead, readings)),
        advice=_advice(plan, found, effects[:ADVISED], readings),
    )


def _moves(fate: Fate) -> bool:
    """Whether something is to be said of a difference: its item changes, goes, or hands it on."""
    if fate.reason is Reason.DIFFERENCE_PASSES_ON:
        return fate.has_moved
    return fate.kinds != frozenset({ChangeKind.UNCHANGED})


def _by_party(
    fates: Iterable[Fate],
    readings: Mapping[str, Reading],
    names: Mapping[str, object],
    goes_to: Mapping[str, Sequence[str]],
) -> list[PartyLines]:
    lines: dict[str, list[Line]] = {}
    for fate in fates:
        lines.setdefault(fate.party, []).append(
            Line(
                key=fate.item,
                label=label_of(readings.get(fate.item), fate.item),
                kinds=[Kind(kind.value).label for kind in sorted(fate.kinds)],
                why=REASONS[fate.reason],
                value=fate.value,
                goes_to=goes_to.get(fate.item, ()) if fate.has_moved else (),
            )
        )
    return [
        PartyLines(code=code, unit=names.get(code, code), lines=some)
        for code, some in sorted(lines.items())
    ]


def _goes_to(ahead: Prospect, readings: Mapping[str, Reading]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in ahead.stage.manifest.items:
        for former in item.predecessors:
            found.setdefault(former, []).append(label_of(readings.get(item.id), item.id))
    return found


def label_of(reading: Reading | None, key: str) -> str:
    """The sign of an item, as lists name it."""
    return str(reading.number_label or key) if reading else key


def _advice(
    plan: Plan, found: Pending, effects: Sequence[Effect], readings: Mapping[str, Reading]
) -> list[Advice]:
    kinds = found.kinds
    places = {place.item.key: place for place in found.places}
    asked = {
        name
        for effect in effects
        for name in effect.cause.names
        if kinds.get(name) == Kind.TEXT.value and name in places and len(effect.cause.names) == 1
    }
    claimed = {key for key in asked if places[key].item.draft.change_claim}
    editorial = _editorial(plan, found, asked) if asked else set()
    return [
        Advice(
            labels=[
                HEADINGS.get(name, name)
                if effect.cause.kind is CauseKind.HEADING
                else label_of(readings.get(name), name)
                for name in effect.cause.names
            ],
            fallen=len(effect.fallen),
            parties=len(effect.parties),
            alone=effect.alone,
            is_heading=effect.cause.kind is CauseKind.HEADING,
            may_be_editorial=bool(editorial & set(effect.cause.names)),
            is_claimed=bool(claimed & set(effect.cause.names)),
        )
        for effect in effects
    ]


def _editorial(plan: Plan, found: Pending, keys: set[str]) -> set[str]:
    """Which of these items an editor could claim as edited only: words alone, and none that binds."""
    if found.former is None:
        return set()
    rows = found.former.entries.filter(item__key__in=keys, item__kind=ItemKind.PROVISION.value)
    before = dict(rows.values_list("item__key", "version__content"))
    names = protected_names(plan)
    authentic = plan.authentic_language
    after = {p.item.key: found.sealed[p.item.pk].text for p in found.places}
    return {
        key
        for key, text in before.items()
        if _is_editorial(json.loads(text), json.loads(after[key]), authentic, names)
    }


def _is_editorial(
    before: Mapping[str, object],
    after: Mapping[str, object],
    authentic: str,
    names: Iterable[str],
) -> bool:
    old = Standing(wording=before, number="", heading="")
    new = Standing(wording=after, number="", heading="", claim="editorial")
    if change_kind(old, new, authentic=authentic) is not Kind.EDITORIAL:
        return False
    readings = read(before), read(after)
    held = list(names)
    fields = (f"title_{authentic}", f"text_{authentic}")
    return not any(
        faults(*(str(getattr(one, field)) for one in readings), names=held) for field in fields
    )


def _coming(found: Pending) -> list[Coming]:
    kinds = found.kinds
    return [
        Coming(
            key=place.item.key,
            hash=found.sealed[place.item.pk].hash,
            concerned=place.item.draft.concerned,
            change=kinds[place.item.key],
            content=found.sealed[place.item.pk].text,
        )
        for place in found.places
    ]


def _manifest(plan: Plan, found: Pending) -> dict[str, object]:
    """The headings of the coming revision, as its manifest will hold them."""
    text = manifest_text(
        plan=plan,
        number=(found.former.number if found.former else 0) + 1,
        stage=found.former.stage if found.former else "",
        headings=found.headings,
        places=[],
        hashes={},
        charter_version=charter_version(plan),
        attachments=[],
    )
    manifest: dict[str, object] = json.loads(text)
    return manifest


def repeating_rounds(plan: Plan) -> Repeating:
    """Which items of the draft would have to go through a round again. Nine queries."""
    found = draft_findings(plan=plan, at=clock.now())
    labels = [
        [row.number or row.item.key for row in rows]
        for rows in (found.unconsulted, found.unexplained)
    ]
    return Repeating(unconsulted=labels[0], unexplained=labels[1])
