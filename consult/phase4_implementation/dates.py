"""Until when cases are to be answered, for those who answer and those who were told."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation.queries import CaseRow, cases_of, row_of
from plans.register.models import Plan
from stakeholders.terms.plan_date import PlanDate


def dates(*, plans: Sequence[Plan], now: datetime) -> list[PlanDate]:
    """The date of every open case that has one. The same number of queries for any number of
    plans."""
    if not plans:
        return []
    cases = cases_of(plans).filter(end__isnull=True)
    return [_date(row) for case in cases if (row := row_of(case, now=now)).standing.due_at]


def _date(row: CaseRow) -> PlanDate:
    case = row.case
    return PlanDate(
        key=f"case.due:{case.pk}",
        plan_id=case.plan_id,
        title=format_lazy(_("Case {case}: answers are due"), case=str(case)),
        url=reverse("implementation:case", args=[case.plan.key, case.number]),
        at=row.standing.due_at or case.due_at,
        changed_at=row.moves[-1].at,
        number=len(row.moves) - 1,
        jurisdictions=frozenset(row.codes),
    )
