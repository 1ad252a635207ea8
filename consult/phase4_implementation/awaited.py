"""What a party that has answered a case, or said how it sees the measure, waits for."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation.queries import CaseRow, cases_of, row_of
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited

OWN_TURN = frozenset({"case.answer"})


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Open cases in which the actor's own party has spoken. The same number of queries for any
    number of `plans`."""
    code = actor.inside
    if code is None or not plans:
        return []
    cases = cases_of(plans).filter(end__isnull=True, parties__jurisdiction=code)
    rows = [row_of(case, now=now) for case in cases]
    found = []
    for row in rows:
        said = [one.at for one in (*row.answers, *row.views) if str(one.jurisdiction_id) == code]
        if said and code not in row.standing.turn:
            found.append(_awaited(row, since=max(said)))
    return found


def _awaited(row: CaseRow, *, since: datetime) -> Awaited:
    case = row.case
    return Awaited(
        kind="case.close",
        plan_id=case.plan_id,
        subject_id=case.pk,
        title=format_lazy(_("Case {case}"), case=str(case)),
        url=reverse("implementation:case", args=[case.plan.key, case.number]),
        whom=_("the other parties and the joint office"),
        due_at=row.standing.due_at,
        since=since,
        after=OWN_TURN,
    )
