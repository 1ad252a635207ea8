"""What happened to one comment, from its submission on, as one thread in time order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from consult.phase2_preparation.enums import CHANGES_TEXT
from consult.phase2_preparation.models import (
    ChangeReason,
    Comment,
    CommenterAnswer,
    Disposition,
    DispositionPublication,
)
from consult.phase2_preparation.queries.dispositions import history_of, sees_undecided
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.queries import whole_revisions
from plans.register.rules import sees_draft
from plans.text.models import Amendment
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Actor

R = TypeVar("R", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened: its kind names what else is there to be shown."""

    kind: str
    at: datetime
    mandate: Mandate | None = None
    disposition: Disposition | None = None
    answer: CommenterAnswer | None = None
    amendment: Amendment | None = None
    reason: ChangeReason | None = None
    revision: Revision | None = None
    is_in_force: bool = False


def thread_of(*, actor: Actor, comment: Comment) -> list[Event]:
    """The events the actor may see, oldest first. A fixed number of queries."""
    plan = comment.plan
    history = history_of(actor=actor, comment=comment)
    found = [
        Event(
            kind="submitted", at=comment.reply.at, mandate=_spoke(comment, comment.reply.mandate)
        ),
        *_of_dispositions(comment, history, hides_decisions=not sees_undecided(actor)),
        *(
            Event(kind="explained", at=row.at, mandate=row.mandate, reason=row)
            for row in _with_mandate(ChangeReason.objects.filter(disposition__in=history))
        ),
    ]
    if sees_draft(actor=actor, plan=plan):
        found += _of_amendments(plan, comment)
    is_adopted = any(d.outcome in CHANGES_TEXT and hasattr(d, "publication") for d in history)
    carried = carried_out([comment]).get(comment.pk) if is_adopted else None
    if carried:
        found.append(Event(kind="carried", at=carried.published_at, revision=carried))
    return sorted(found, key=lambda one: one.at)


def _spoke(comment: Comment, mandate: Mandate | None) -> Mandate | None:
    """The mandate a commenter spoke under; none of an expert, who may be promised a number."""
    return None if hasattr(comment.reply, "expert_opinion") else mandate


def _of_dispositions(
    comment: Comment, history: list[Disposition], *, hides_decisions: bool
) -> Iterator[Event]:
    """Decisions are shown where they were taken to who sees them, else where they were shown."""
    answers = {
        row.pk: row
        for row in _with_mandate(CommenterAnswer.objects.filter(disposition__in=history))
    }
    for place, row in enumerate(history):
        shown: DispositionPublication | None = getattr(row, "publication", None)
        is_newest = place == 0
        if hides_decisions and shown:
            yield Event(
                kind="decided",
                at=shown.at,
                mandate=row.mandate,
                disposition=row,
                is_in_force=is_newest,
            )
        elif not hides_decisions:
            yield Event(
                kind="decided",
                at=row.at,
                mandate=row.mandate,
                disposition=row,
                is_in_force=is_newest,
            )
            if shown:
                yield Event(kind="published", at=shown.at, disposition=row)
    for answer in answers.values():
        mandate = _spoke(comment, answer.mandate)
        yield Event(kind="answered", at=answer.at, mandate=mandate, answer=answer)


def _of_amendments(plan: Plan, comment: Comment) -> Iterator[Event]:
    rows = Amendment.objects.filter(plan=plan, comment=comment.number).select_related("outcome")
    for row in _with_mandate(rows):
        yield Event(kind="amended", at=row.at, mandate=row.mandate, amendment=row)


def _with_mandate(rows: QuerySet[R]) -> QuerySet[R]:
    return rows.select_related("mandate__jurisdiction", "mandate__organization").defer(
        "mandate__jurisdiction__boundary"
    )


def carried_out(comments: Iterable[Comment]) -> dict[int, Revision]:
    """Comment id -> the first later revision that no longer says what was commented on.

    The comments are those of one plan, read with their round. Two queries, however many.
    """
    asked = {c.pk: c for c in comments if c.item_id and c.version_id}
    if not asked:
        return {}
    plan = next(iter(asked.values())).plan_id
    wholes = whole_revisions(Revision.objects.filter(plan=plan).defer("manifest"))
    revisions = list(wholes.order_by("number"))
    held = {
        (row[0], row[1]): row[2]
        for row in RevisionItem.objects.filter(
            revision__in=revisions, item__in={c.item_id for c in asked.values()}
        ).values_list("revision", "item", "version")
    }
    begun = {row.pk: row.number for row in revisions}
    found = {}
    for pk, comment in asked.items():
        since = begun[comment.reply.round.revision_id]
        for one in revisions:
            said = held.get((one.pk, comment.item_id or 0))
            if one.number > since and said != comment.version_id:
                found[pk] = one
                break
    return found
