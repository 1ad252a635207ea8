"""Reading the letters of the approval. Whoever sees the plan's statement sees them."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from consult.approval.models import ApprovalLetter
from plans.register.models import Revision


def counted_letters(plans: Collection[int]) -> QuerySet[ApprovalLetter]:
    """The letters of plans that no later row corrects, oldest first, under whatever statement.

    Unscoped: for a plan the caller has loaded, for gates and sweeps.
    """
    rows = ApprovalLetter.objects.filter(plan__in=plans, corrected_by__isnull=True)
    return rows.select_related("file", "reply", "mandate__user").order_by("pk")


def heads_of(rows: Iterable[ApprovalLetter]) -> dict[int, int]:
    """Every letter's pk -> the one that stands for it after all corrections; rows oldest first."""
    heads: dict[int, int] = {}
    for row in rows:
        heads[row.pk] = row.pk
        if row.corrects_id is not None:
            heads.update({pk: row.pk for pk, head in heads.items() if head == row.corrects_id})
    return heads


def approved_after(letter: ApprovalLetter, revisions: Iterable[Revision]) -> Revision | None:
    """The approved text a reply led to: the first one published after it, since a later one is an
    amendment. `revisions`: the approved texts of the plan, oldest first."""
    for one in revisions:
        if one.pk > letter.revision_id and one.published_at >= letter.at:
            return one
    return None
