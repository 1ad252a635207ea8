"""The sign-offs of a plan that have ended, and what was said in the one before.

A sign-off asks anew: what was said in a former one is shown, can be restated and does not count.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from consult.ballots.models import Position
from consult.consensus.changes import DIFFERENCE, ChangeKind, Manifest, ManifestItem
from consult.consensus.history import Stage, history
from consult.phase3_identification.models import SignOff, SignOffBallot
from consult.phase3_identification.queries.histories import headings_in
from consult.phase3_identification.queries.positions import declaration_of, held_positions
from consult.phase3_identification.queries.standing import standing_of
from plans.register.models import Item, Plan, Revision, RevisionItem
from stakeholders.terms.errors import NotVisible


def numbered(plan: Plan) -> QuerySet[SignOff]:
    """All sign-offs of a plan in order, each with its `number` from 1."""
    place = Window(expression=RowNumber(), order_by=F("pk").asc())
    rows = SignOff.objects.filter(plan=plan).select_related("end__revision", "revision")
    return rows.annotate(number=place).order_by("pk")


def ended_sign_offs(plan: Plan) -> list[Any]:
    """Those that have ended, newest first, each with its `number` and its end. One query."""
    return [row for row in reversed(numbered(plan)) if hasattr(row, "end")]


def get_ended(plan: Plan, *, number: int) -> Any:
    """One that has ended, by its number. NotVisible for an open one and where there is none."""
    found = next((row for row in ended_sign_offs(plan) if row.number == number), None)
    if found is None:
        raise NotVisible
    return found


def sign_off_before(sign_off: SignOff) -> SignOff | None:
    """The sign-off of the plan before this one."""
    rows = SignOff.objects.filter(plan=sign_off.plan_id, pk__lt=sign_off.pk)
    return rows.order_by("-pk").first()


def left_by_former(
    sign_off: SignOff, *, revision: Revision, entries: Sequence[RevisionItem]
) -> dict[str, set[str]]:
    """Item key -> who still holds an objection or reservation there from a former sign-off, whoever
    it concerns now; also of items that left the text without a successor. For a sign-off whose
    ballots are not open yet. Unscoped."""
    standing = standing_of(sign_off, with_people=False)
    if not standing.positions:
        return {}
    origins = Item.predecessors.through.objects.filter(from_item__in=[e.item_id for e in entries])
    former: dict[str, list[str]] = {}
    for key, name in origins.order_by("pk").values_list("from_item__key", "to_item__key"):
        former.setdefault(key, []).append(name)
    items = tuple(
        ManifestItem(
            entry.item.key,
            entry.version.hash,
            frozenset(entry.version.concerned),
            tuple(former.get(entry.item.key, ())),
        )
        for entry in entries
    )
    headings = headings_in(json.loads(revision.manifest), standing.options.renewing_headings)
    kinds = {entry.item.key: frozenset({ChangeKind(entry.change)}) for entry in entries}
    anew = Stage(Manifest(items, headings), kinds, is_anew=True)
    found: dict[str, set[str]] = {}
    after = history([*standing.stages, anew], charter=standing.options)
    for (key, party), fates in after.fates.items():
        if any(standing.options.families[fate.value] in DIFFERENCE for fate in fates):
            found.setdefault(key, set()).add(party)
    return found


@dataclass(frozen=True, kw_only=True)
class FormerPosition:
    """What a party said in the sign-off before on an item whose wording is the same now."""

    item_key: str
    position: Position


def former_positions(sign_off: SignOff, *, code: str | None) -> list[FormerPosition]:
    """The positions of one party in the sign-off before, on wordings that have not changed.

    For that party alone: the caller passes its own code. Four queries.
    """
    before = sign_off_before(sign_off) if code else None
    if before is None:
        return []
    held = {item: row for (item, by), row in held_positions(before).items() if by == code}
    if not held:
        return []
    rows = SignOffBallot.objects.filter(item__in=held).order_by("pk").select_related("item")
    was = {row.ballot_id: row.version_id for row in rows if row.sign_off_id == before.pk}
    now = {row.item_id: row for row in rows if row.sign_off_id == sign_off.pk}
    return [
        FormerPosition(item_key=now[item].item.key, position=row)
        for item, row in held.items()
        if item in now and was.get(row.ballot_id) == now[item].version_id
    ]


def restatable(sign_off: SignOff, *, code: str | None) -> dict[str, Any]:
    """What the party declared in the sign-off before, as the content of a declaration, to begin a
    new one with; its exceptions only where the wording is the same. Empty when it said nothing."""
    before = sign_off_before(sign_off) if code else None
    former = declaration_of(before, code=code) if before else None
    if former is None:
        return {}
    said: dict[str, Any] = json.loads(former.content)
    same = {one.item_key for one in former_positions(sign_off, code=code)}
    kept = {key: stand for key, stand in said["exceptions"].items() if key in same}
    return {**said, "exceptions": kept}
