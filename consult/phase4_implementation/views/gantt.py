"""The projects along time, and by parties: each a drawing with the table that says the same."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consult.phase4_implementation import queries
from consult.phase4_implementation.forms import WallForm
from consult.phase4_implementation.gantt import draw
from plans.projects.models import Project
from plans.projects.queries import provisions_seen, register, rows_of, units_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import clock

PAGE = 50
STATES = ("done", "on_time", "at_risk", "late", "")


@require_safe
def gantt(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, page = _chosen(request, plan)
    projects = list(page)
    today = timezone.localtime(clock.now()).date()
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "query": request.GET.urlencode(),
        "today": today,
        "states": ("overdue", *STATES),
        "chart": draw(queries.boards_of(projects), rows_of(projects), today=today),
    }
    return render(request, "consult/phase4_implementation/gantt.html", context)


@require_safe
def wall(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, page = _chosen(request, plan)
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "query": request.GET.urlencode(),
        "states": STATES,
        "wall": queries.wall_of(list(page)),
    }
    return render(request, "consult/phase4_implementation/wall.html", context)


def _chosen(request: HttpRequest, plan: Plan) -> tuple[WallForm, Page[Project]]:
    """The filter and one page of the projects it leaves, in order of number."""
    form = WallForm(
        request.GET,
        units=units_of(actor=request.actor, plan=plan),
        provisions=provisions_seen(actor=request.actor, plan=plan),
    )
    year = timezone.localtime(clock.now()).year
    found = register(actor=request.actor, plan=plan, asked=form.asked(), year=year)
    if said := form.said():
        found = queries.saying(found, progress=said)
    return form, Paginator(found, PAGE).get_page(request.GET.get("page"))
