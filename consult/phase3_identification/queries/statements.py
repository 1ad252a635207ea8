"""Reading common statements."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from consult.phase3_identification.models import (
    CommonStatement,
    SignOff,
)
from plans.register.models import Plan


def statement_of(sign_off: SignOff | None) -> CommonStatement | None:
    return getattr(sign_off, "statement", None) if sign_off else None


def passed_statements(plans: Iterable[Plan]) -> QuerySet[CommonStatement]:
    """The statements of plans whose newest sign-off passed."""
    newer = SignOff.objects.filter(plan=OuterRef("sign_off__plan"), pk__gt=OuterRef("sign_off"))
    return CommonStatement.objects.filter(
        ~Exists(newer), sign_off__plan__in=list(plans)
    ).select_related("sign_off")
