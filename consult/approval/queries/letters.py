"""Reading the letters of the approval. Whoever sees the plan's statement sees them."""

from collections.abc import Collection

from django.db.models import QuerySet

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from plans.register.models import Plan


def counted_letters(plans: Collection[int]) -> QuerySet[ApprovalLetter]:
    """The letters of plans that no later row corrects, oldest first, under whatever statement.

    Unscoped: for a plan the caller has loaded, for gates and sweeps.
    """
    rows = ApprovalLetter.objects.filter(plan__in=plans, corrected_by__isnull=True)
    return rows.select_related("file", "reply", "mandate__user").order_by("pk")


def newest_letter(plan: Plan, *, kind: LetterKind, statement: int) -> ApprovalLetter | None:
    """The newest counted letter of a kind under one statement."""
    rows = counted_letters([plan.pk]).filter(kind=kind, statement=statement)
    return rows.last()
