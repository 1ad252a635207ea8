"""The commitments parties gave each other in the matters of a plan, and what each is worth now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.matters.models import Matter
from consult.matters.queries import CommitmentRow, committed_matters, standing_commitments
from plans.register.queries import get_plan
from stakeholders.terms import clock

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Held:
    """A matter with its commitments."""

    matter: Matter
    rows: Sequence[CommitmentRow]


@require_safe
def commitments(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = committed_matters(actor=request.actor, plan=plan)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    matters = list(page)
    rows = standing_commitments(matters, at=clock.now())
    held = [Held(matter=one, rows=rows[one.pk]) for one in matters]
    context = {
        "plan": plan,
        "page_obj": page,
        "held": held,
        "broken": [row for one in held for row in one.rows if row.broken_by],
    }
    return render(request, "consult/phase4_implementation/commitments.html", context)
