"""Reading common statements."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from consult.phase3_identification.models import (
    CommonStatement,
    SignOff,
)
from plans.register.models import Plan


def statement_of(sign_off: SignOff | None) -> CommonStatement | None:
    """The statement of the whole text; None before the sign-off has passed. One query."""
    if sign_off is None:
        return None
    return CommonStatement.objects.filter(sign_off=sign_off, is_part=False).first()


def passed_statements(plans: Iterable[Plan]) -> QuerySet[CommonStatement]:
    """The statements of plans whose newest sign-off passed."""
    return newest_statements(plans).filter(is_part=False)


def newest_statements(plans: Iterable[Plan]) -> QuerySet[CommonStatement]:
    """The statements of plans' newest sign-offs, of the whole and of parts."""
    newer = SignOff.objects.filter(plan=OuterRef("sign_off__plan"), pk__gt=OuterRef("sign_off"))
    rows = CommonStatement.objects.filter(~Exists(newer), sign_off__plan__in=list(plans))
    return rows.select_related("sign_off").order_by("pk")
