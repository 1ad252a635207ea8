"""What is said on each item of a chapter, as marks beside the published text."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F

from consult.phase2_preparation.anchoring import State, heirs
from consult.phase2_preparation.models import Round, RoundInvitee
from consult.phase2_preparation.queries import (
    continuations_in,
    own_code,
    rounds_of,
    scope_of,
    takes_replies,
    visible_comments,
)
from plans.register.models import Plan, Revision, RevisionItem
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(kw_only=True)
class Mark:
    """One item: how many comments the reader may see on this wording and on others, how many of
    its own are still sealed, how many on provisions it came from, and the round in which it may be commented on now."""

    entry: RevisionItem
    here: int = 0
    elsewhere: int = 0
    sealed: int = 0
    came: int = 0
    round: Round | None = None


def marks_of(
    *, actor: Actor, plan: Plan, entries: Sequence[RevisionItem], one: Round | None
) -> list[Mark]:
    """A mark for every item, also one on which nothing is said; `one` is the round that asks.

    The comments are those of `visible_comments` and no others: a running sealed round shows in no
    count but the reader's own. At most seven queries.
    """
    scope = scope_of(one) if one else set()
    sources = _sources(plan, entries)
    marks = {
        entry.item_id: Mark(entry=entry, round=one if entry.item_id in scope else None)
        for entry in entries
    }
    rows = (
        visible_comments(actor=actor, plan=plan)
        .filter(item__in=[*marks, *sources])
        .order_by()
        .annotate(shown=F("is_revealed"))
        .values_list("item_id", "version_id", "shown")
        .annotate(number=Count("pk"))
    )
    for item, version, is_revealed, number in rows:
        if item in sources:
            for heir in sources[item] if is_revealed else ():
                marks[heir].came += number
            continue
        mark = marks[item]
        if not is_revealed:
            mark.sealed += number
        elif version == mark.entry.version_id:
            mark.here += number
        else:
            mark.elsewhere += number
    return list(marks.values())


def _sources(plan: Plan, entries: Sequence[RevisionItem]) -> dict[int, list[int]]:
    """Items the revision no longer holds -> the items of `entries` that go on with them."""
    continuations = continuations_in(plan)
    if not continuations or not entries:
        return {}
    held = RevisionItem.objects.filter(revision=entries[0].revision_id)
    present = set(held.values_list("item_id", flat=True))
    shown = {entry.item_id for entry in entries}
    now = {item: State(wording=item, number="", texts={}) for item in present}
    found = {
        item: [one for one in heirs(item, now=now, continuations=continuations) if one in shown]
        for item in continuations
        if item not in present
    }
    return {item: items for item, items in found.items() if items}


def asking_round(*, actor: Actor, plan: Plan, revision: Revision) -> Round | None:
    """The newest round on `revision` that still takes comments of the actor's jurisdiction."""
    code, now = own_code(actor), clock.now()
    if code is None:
        return None
    asked = (
        RoundInvitee.objects.filter(round__in=rounds_of(plan), jurisdiction=code)
        .filter(round__revision=revision)
        .exclude(round__replies__jurisdiction=code)
        .select_related("round__revision")
        .defer("round__revision__manifest")
        .order_by("-round__number")
    )
    return next((row.round for row in asked if takes_replies(row.round, row, at=now)), None)
