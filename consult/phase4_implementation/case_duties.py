"""Who owes what on cases: cause and measure by their date, more where a neighbour asks, the close."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation.queries import CaseRow, cases_of, row_of
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty, Text

SPEAKERS = frozenset({Role.CONTACT_POINT.value, Role.DEPUTY.value})
OFFICE = frozenset({Role.COORDINATOR.value})


def duties_of_cases(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Of every open case of `plans`. The same number of queries for any number of them."""
    if not plans:
        return []
    cases = cases_of(plans).filter(end__isnull=True)
    return [duty for case in cases for duty in _of_case(row_of(case, now=now))]


def _of_case(row: CaseRow) -> list[Duty]:
    standing = row.standing
    if standing.is_for_office:
        since = max(one.at for one in (*row.newest_answers, *row.newest_views))
        return [_duty(row, "case.close", _("Close case {case}: all have answered"), since=since)]
    if standing.missing:
        title: Text = _("Answer case {case}: cause, measure and date")
        due, since = standing.due_at, standing.asked_at
    else:
        title = _("Answer the neighbour that asks for more in case {case}")
        due, since = None, max(one.at for one in row.newest_views if not one.accepts)
    return [
        _duty(row, "case.answer", title, due_at=due, since=since, code=code)
        for code in standing.turn
    ]


def _duty(
    row: CaseRow,
    kind: str,
    title: Text,
    *,
    since: datetime,
    due_at: datetime | None = None,
    code: str | None = None,
) -> Duty:
    case = row.case
    return Duty(
        kind=kind,
        plan_id=case.plan_id,
        subject_id=case.pk,
        title=format_lazy(title, case=str(case)),
        url=reverse("implementation:case", args=[case.plan.key, case.number]) + "#acts-heading",
        due_at=due_at,
        holder_code=code,
        roles=SPEAKERS if code else OFFICE,
        since=since,
    )
