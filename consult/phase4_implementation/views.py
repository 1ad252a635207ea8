"""Pages of the common implementation."""

from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.forms import ReadingForm, StatusForm
from consult.phase4_implementation.rules import can, require
from plans.projects.queries import get_project, party_codes, projects_of
from plans.register.queries import get_plan
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Invalid

PAGE = 25
WARNINGS = 10


@require_safe
def home(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = projects_of(actor=request.actor, plan=plan)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    indicators = queries.indicators_of(plan)
    series = queries.series_of(plan, indicators)
    context = {
        "plan": plan,
        "page_obj": page,
        "boards": queries.boards_of(list(page)),
        "series": series,
        "standing": {reading.pk for one in series for reading in one.standing},
        "warnings": queries.warnings_of(actor=request.actor, plan=plan)[:WARNINGS],
        "may_read": can("reading.report", **_own(request.actor), plan=plan),
    }
    return render(request, "consult/phase4_implementation/home.html", context)


@require_safe
def project_detail(request: HttpRequest, key: str, project: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = get_project(actor=request.actor, plan=plan, key=project)
    reports = queries.reports_of(actor=request.actor, plan=plan).filter(project=found)
    parties = frozenset(party_codes(found))
    code = request.actor.jurisdiction_code
    context = {
        "plan": plan,
        "board": queries.boards_of([found])[0],
        "page_obj": Paginator(reports, PAGE).get_page(request.GET.get("page")),
        "may_report": can(
            "status.report", actor=request.actor, plan=plan, code=code, parties=parties
        ),
    }
    return render(request, "consult/phase4_implementation/project.html", context)


@require_safe
def indicator_detail(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    indicator = queries.get_indicator(plan, key=item)
    found = queries.all_readings(actor=request.actor, plan=plan).filter(item=indicator.item_id)
    readings = found.select_related("jurisdiction", "mandate__user", "warning")
    context = {
        "plan": plan,
        "series": queries.series_of(plan, [indicator])[0],
        "page_obj": Paginator(readings, PAGE).get_page(request.GET.get("page")),
        "may_read": can("reading.report", **_own(request.actor), plan=plan),
    }
    return render(request, "consult/phase4_implementation/indicator.html", context)


@require_safe
def warning_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    warning = queries.get_warning(actor=request.actor, plan=plan, number=number)
    indicator = queries.find_indicator(plan, key=warning.reading.item.key)
    series = queries.series_of(plan, [indicator])[0] if indicator else None
    context = {
        "plan": plan,
        "warning": warning,
        "indicator": indicator,
        "series": series,
        "is_standing": bool(series and warning.reading in series.standing),
    }
    return render(request, "consult/phase4_implementation/warning.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_status(request: HttpRequest, key: str, project: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = get_project(actor=request.actor, plan=plan, key=project)
    parties = frozenset(party_codes(found))
    code = request.actor.jurisdiction_code
    require("status.report", actor=request.actor, plan=plan, code=code, parties=parties)
    form = StatusForm(
        request.POST or None,
        initial={"milestone": request.GET.get("milestone", ""), "jurisdiction": code},
        units=queries.units_for(actor=request.actor, codes=parties),
        milestones=list(found.milestones.order_by("number")),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_status(actor=request.actor, project=found, **form.arguments())
            return redirect("implementation:project", key=key, project=project)
        except Invalid as error:
            _say(form, error)
    context = {"plan": plan, "project": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "consult/phase4_implementation/status.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def report_reading(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("reading.report", **_own(request.actor), plan=plan)
    indicators = queries.indicators_of(plan)
    codes = {code for one in indicators for code in one.concerned}
    form = ReadingForm(
        request.POST or None,
        initial={"item": request.GET.get("item"), "jurisdiction": request.actor.jurisdiction_code},
        indicators=indicators,
        units=queries.units_for(actor=request.actor, codes=codes),
        is_whole_allowed=request.actor.role is Role.COORDINATOR,
    )
    if request.method == "POST" and form.is_valid():
        try:
            reading = actions.report_reading(actor=request.actor, plan=plan, **form.arguments())
            return redirect("implementation:indicator", key=key, item=reading.item.key)
        except Invalid as error:
            _say(form, error)
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "consult/phase4_implementation/reading.html", context, status=status)


def _own(actor: Actor) -> dict[str, Any]:
    """Arguments of `can` for an actor who would report for its own jurisdiction."""
    code = actor.jurisdiction_code
    return {"actor": actor, "code": code, "parties": frozenset({code})}


def _say(form: Form, error: Invalid) -> None:
    """Put what stands in the way at its field, or above the form where it has none."""
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))
