"""The front page of the common implementation."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.phase4_implementation import queries
from consult.phase4_implementation.rules import can, own
from plans.projects.queries import projects_of
from plans.register.queries import get_plan

PAGE = 25
WARNINGS = 10


@require_safe
def home(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = projects_of(actor=request.actor, plan=plan)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    indicators = queries.indicators_of(plan)
    context = {
        "plan": plan,
        "page_obj": page,
        "boards": queries.boards_of(list(page)),
        "standings": queries.standings_of(indicators),
        "standing": queries.standing_warnings(indicators),
        "warnings": queries.warnings_of(actor=request.actor, plan=plan)[:WARNINGS],
        "may_read": can("reading.report", **own(request.actor), plan=plan),
    }
    return render(request, "consult/phase4_implementation/home.html", context)
