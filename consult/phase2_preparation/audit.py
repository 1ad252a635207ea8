"""What the text owes the comments, and the comments the text. Unscoped reads for the gate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from consult.phase2_preparation.enums import CHANGES_TEXT, EXPLAINS
from consult.phase2_preparation.models import ChangeReason, Disposition
from consult.phase2_preparation.queries import past_rounds
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.queries import visible_plans
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Entries of the audited revision: changed without a reason, never consulted on in this
    wording; and dispositions whose item should have changed and did not."""

    revision: Revision | None
    unexplained: list[RevisionItem]
    unconsulted: list[RevisionItem]
    unchanged: list[Disposition]

    @property
    def is_clean(self) -> bool:
        return not (self.unexplained or self.unconsulted or self.unchanged)


def findings(*, plan: Plan, at: datetime) -> Findings:
    """The audits of the frozen revision, or of the latest one while none is frozen.

    Seven queries, however many items and comments.
    """
    revisions = list(plan.revisions.order_by("number"))
    last = next((r for r in revisions if r.pk == plan.frozen_id), None)
    last = last or next(iter(revisions[::-1]), None)
    if last is None:
        return Findings(revision=None, unexplained=[], unconsulted=[], unchanged=[])
    entries = _entries(r for r in revisions if r.number <= last.number)
    standing = newest_published(plan=plan)
    reasons = _explained(plan, standing)
    target = entries.get(last.pk, {})
    unexplained = [e for e in _changed(revisions, entries, last) if e.item_id not in reasons]
    known = {e.item_id for e in unexplained} | reasons
    asked = _asked_versions(plan, entries, at)
    return Findings(
        revision=last,
        unexplained=unexplained,
        unconsulted=[
            e for e in target.values() if e.version_id not in asked and e.item_id not in known
        ],
        unchanged=[d for d in standing if _is_unchanged(d, target)],
    )


def reasons_of(*, actor: Actor, plan: Plan) -> QuerySet[ChangeReason]:
    """The reasons of changes of a plan, for whoever sees the plan."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    rows = ChangeReason.objects.filter(plan__in=plans)
    return rows.select_related("item", "disposition__comment", "matter").order_by("pk")


def newest_published(*, plan: Plan) -> list[Disposition]:
    """The newest disposition of every comment, where that one is published."""
    newest = (
        Disposition.objects.filter(comment__plan=plan)
        .order_by("comment_id", "-pk")
        .distinct("comment_id")
        .values("pk")
    )
    rows = Disposition.objects.filter(pk__in=newest, publication__isnull=False)
    return list(rows.select_related("comment__item").order_by("comment__number"))


def _entries(revisions: Iterable[Revision]) -> dict[int, dict[int, RevisionItem]]:
    """Revision id -> item id -> entry."""
    found: dict[int, dict[int, RevisionItem]] = {}
    rows = RevisionItem.objects.filter(revision__in=[r.pk for r in revisions])
    for row in rows.select_related("item").order_by("position"):
        found.setdefault(row.revision_id, {})[row.item_id] = row
    return found


def _changed(
    revisions: list[Revision], entries: dict[int, dict[int, RevisionItem]], last: Revision
) -> list[RevisionItem]:
    """Entries of `last` whose wording differs from an earlier revision's, in order."""
    target = entries.get(last.pk, {})
    former: dict[int, set[int]] = {}
    for revision in revisions:
        if revision.number < last.number:
            for entry in entries.get(revision.pk, {}).values():
                former.setdefault(entry.item_id, set()).add(entry.version_id)
    return [e for e in target.values() if former.get(e.item_id, set()) - {e.version_id}]


def _explained(plan: Plan, standing: Iterable[Disposition]) -> set[int]:
    """Ids of the items for whose change a reason is known."""
    given = ChangeReason.objects.filter(plan=plan).values_list("item_id", flat=True)
    by_comment = {d.comment.item_id for d in standing if d.outcome in EXPLAINS}
    return {*given, *(pk for pk in by_comment if pk)}


def _asked_versions(
    plan: Plan, entries: dict[int, dict[int, RevisionItem]], at: datetime
) -> set[int]:
    """Versions that stood in a round whose time is over."""
    ids = {one.revision_id for one in past_rounds(plan, at=at)}
    return {e.version_id for pk in ids for e in entries.get(pk, {}).values()}


def _is_unchanged(disposition: Disposition, target: dict[int, RevisionItem]) -> bool:
    comment = disposition.comment
    entry = target.get(comment.item_id) if comment.item_id else None
    if entry is None or disposition.outcome not in CHANGES_TEXT:
        return False
    return entry.version_id == comment.version_id
