"""What the text owes the comments, and the comments the text. Unscoped reads for the gate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from consult.phase2_preparation.enums import CHANGES_TEXT, EXPLAINS
from consult.phase2_preparation.models import ChangeReason, Disposition
from consult.phase2_preparation.queries import past_rounds
from consult.phase2_preparation.queries.queue import newest
from plans.register.manifest import seal
from plans.register.models import ItemVersion, Plan, Revision, RevisionItem
from plans.register.queries import drafts_of, visible_plans, whole_revisions
from plans.text.enums import AmendmentOutcomeKind
from plans.text.models import Amendment
from stakeholders.terms.actor import Actor

Entries = dict[int, RevisionItem]  # by the id of the item


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

    Eight queries, however many items and comments.
    """
    revisions = list(whole_revisions(plan.revisions.defer("manifest")).order_by("number"))
    last = next((r for r in revisions if r.pk == plan.frozen_id), None)
    last = last or next(iter(revisions[::-1]), None)
    if last is None:
        return Findings(revision=None, unexplained=[], unconsulted=[], unchanged=[])
    entries = _entries(r for r in revisions if r.number <= last.number)
    before = [entries.get(r.pk, {}) for r in revisions if r.number < last.number]
    return _found(plan, last, entries.get(last.pk, {}), before, entries, at)


def draft_findings(*, plan: Plan, at: datetime) -> Findings:
    """The same audits of the working draft: what publishing it now would leave. No revision: none.

    Nine queries. An entry of a wording that no revision holds has version 0.
    """
    revisions = list(whole_revisions(plan.revisions.defer("manifest")).order_by("number"))
    if not revisions:
        return Findings(revision=None, unexplained=[], unconsulted=[], unchanged=[])
    entries = _entries(revisions)
    before = [entries.get(r.pk, {}) for r in revisions]
    return _found(plan, revisions[-1], _of_draft(plan, before[-1]), before, entries, at)


def _of_draft(plan: Plan, former: Entries) -> Entries:
    """The items of the draft as the next revision would hold them, in the order of the last one."""
    drafts = list(drafts_of(plan).filter(is_removed=False).order_by("pk"))
    sealed = {d.item_id: seal(d).hash for d in drafts}
    rows = ItemVersion.objects.filter(item__in=sealed, hash__in=sealed.values())
    known = {(row[0], row[1]): row[2] for row in rows.values_list("item", "hash", "pk")}
    found = {}
    for draft in drafts:
        held = former.get(draft.item_id)
        found[draft.item_id] = RevisionItem(
            item=draft.item,
            version_id=known.get((draft.item_id, sealed[draft.item_id]), 0),
            number=held.number if held else "",
            position=held.position if held else 0,
        )
    return dict(sorted(found.items(), key=lambda row: row[1].position))


def _found(
    plan: Plan,
    last: Revision,
    target: Entries,
    before: Iterable[Entries],
    entries: Mapping[int, Entries],
    at: datetime,
) -> Findings:
    standing = newest_published(plan=plan)
    reasons = _explained(plan, standing)
    unexplained = [e for e in _changed(before, target) if e.item_id not in reasons]
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
    rows = newest([plan.pk]).filter(publication__isnull=False)
    return list(rows.select_related("comment__item").order_by("comment__number"))


def _entries(revisions: Iterable[Revision]) -> dict[int, Entries]:
    """Revision id -> item id -> entry."""
    found: dict[int, Entries] = {}
    rows = RevisionItem.objects.filter(revision__in=[r.pk for r in revisions])
    for row in rows.select_related("item").order_by("position"):
        found.setdefault(row.revision_id, {})[row.item_id] = row
    return found


def _changed(before: Iterable[Entries], target: Entries) -> list[RevisionItem]:
    """Entries of `target` whose wording differs from an earlier revision's, in order."""
    former: dict[int, set[int]] = {}
    for entries in before:
        for entry in entries.values():
            former.setdefault(entry.item_id, set()).add(entry.version_id)
    return [e for e in target.values() if former.get(e.item_id, set()) - {e.version_id}]


def _explained(plan: Plan, standing: Iterable[Disposition]) -> set[int]:
    """Ids of the items for whose change a reason is known."""
    given = ChangeReason.objects.filter(plan=plan).values_list("item_id", flat=True)
    by_comment = {d.comment.item_id for d in standing if d.outcome in EXPLAINS}
    taken = taken_over(plan).values_list("item_id", flat=True)
    return {*given, *taken, *(pk for pk in by_comment if pk)}


def taken_over(plan: Plan) -> QuerySet[Amendment]:
    """Amendments adopted into the draft that took over the wording of a comment: each names the
    reason of its change by itself."""
    rows = Amendment.objects.filter(plan=plan, comment__isnull=False)
    return rows.filter(outcome__outcome=AmendmentOutcomeKind.APPLIED)


def _asked_versions(plan: Plan, entries: Mapping[int, Entries], at: datetime) -> set[int]:
    """Versions that stood in a round whose time is over."""
    ids = {one.revision_id for one in past_rounds(plan, at=at)}
    return {e.version_id for pk in ids for e in entries.get(pk, {}).values()}


def _is_unchanged(disposition: Disposition, target: Entries) -> bool:
    comment = disposition.comment
    entry = target.get(comment.item_id) if comment.item_id else None
    if entry is None or disposition.outcome not in CHANGES_TEXT:
        return False
    return entry.version_id == comment.version_id
