"""What was changed of a round's times, what it asks about, and which letters are still to come."""

from dataclasses import dataclass

from django.db.models import QuerySet

from consult.phase2_preparation.models import Reply, Round, RoundExtension
from consult.phase2_preparation.queries.comments import Wording, wording_of
from consult.phase2_preparation.queries.rounds import compared
from plans.register.models import RevisionItem


@dataclass(frozen=True, kw_only=True)
class AskedItem:
    """An item that is asked about, as it stands in `entry` (taken out: as it last stood)."""

    entry: RevisionItem
    wording: Wording


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a round on changes asks about, against round `since` (None: nothing was asked yet)."""

    since: Round | None
    changed: list[AskedItem]
    added: list[AskedItem]
    removed: list[AskedItem]

    @property
    def total(self) -> int:
        return len(self.changed) + len(self.added) + len(self.removed)


def extensions_of(one: Round) -> QuerySet[RoundExtension]:
    """Every later end given in a round, in order, with whom it was for. One query."""
    return (
        RoundExtension.objects.filter(round=one)
        .select_related(
            "invitee__jurisdiction",
            "invitee__organization",
            "mandate__jurisdiction",
            "mandate__organization",
        )
        .defer("invitee__jurisdiction__boundary", "mandate__jurisdiction__boundary")
        .order_by("pk")
    )


def changes_asked(one: Round) -> Changes:
    """Items of the round's revision in a new wording, new items, and items taken out since the
    last round it is compared with. Three queries."""
    before = list(compared(one).select_related("revision"))
    rows = RevisionItem.objects.filter(revision__in={r.revision_id for r in before})
    former = list(rows.select_related("item", "version").order_by("position"))
    versions = {row.version_id for row in former}
    items = {row.item_id for row in former}
    present = list(one.revision.entries.select_related("item", "version").order_by("position"))
    kept = {row.item_id for row in present}
    last = before[0].revision_id if before else None
    return Changes(
        since=before[0] if before else None,
        changed=[_asked(r) for r in present if r.item_id in items and r.version_id not in versions],
        added=[_asked(r) for r in present if r.item_id not in items],
        removed=[_asked(r) for r in former if r.revision_id == last and r.item_id not in kept],
    )


def _asked(entry: RevisionItem) -> AskedItem:
    return AskedItem(entry=entry, wording=wording_of(entry.version))


def letters_missing(*, plans: list[int]) -> QuerySet[Reply]:
    """Unscoped, for gate and duties: answers whose official letter is still to come."""
    rows = Reply.objects.filter(
        letter_due_at__isnull=False, later_letter__isnull=True, round__plan__in=plans
    )
    return rows.select_related("round", "jurisdiction").defer("jurisdiction__boundary")
