"""Pages of a project and of its reports."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.forms import BlockageForm, StatusForm, initial_of_blockage
from consult.phase4_implementation.rules import can, require
from consult.phase4_implementation.views.doors import say
from plans.projects.queries import get_project, party_codes
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

PAGE = 25


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
        "may_take_up": can(
            "blockage.to_matter", actor=request.actor, plan=plan, code=code, parties=parties
        ),
        "may_report": can(
            "status.report", actor=request.actor, plan=plan, code=code, parties=parties
        ),
    }
    return render(request, "consult/phase4_implementation/project.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_status(request: HttpRequest, key: str, project: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = get_project(actor=request.actor, plan=plan, key=project)
    parties = frozenset(party_codes(found))
    code = request.actor.jurisdiction_code
    require("status.report", actor=request.actor, plan=plan, code=code, parties=parties)
    form = StatusForm(
        request.POST or None,
        request.FILES or None,
        actor=request.actor,
        plan_key=plan.key,
        initial={"milestone": request.GET.get("milestone", ""), "jurisdiction": code},
        units=queries.units_for(actor=request.actor, codes=parties),
        milestones=list(found.milestones.order_by("number")),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_status(actor=request.actor, project=found, **form.arguments())
            return redirect("implementation:project", key=key, project=project)
        except Invalid as error:
            say(form, error)
    context = {"plan": plan, "project": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "consult/phase4_implementation/status.html", context, status=status)


@require_safe
def report_file(request: HttpRequest, key: str, project: str, number: int) -> HttpResponseBase:
    """What is enclosed with a report."""
    plan = get_plan(actor=request.actor, key=key)
    found = get_project(actor=request.actor, plan=plan, key=project)
    report = queries.get_report(actor=request.actor, plan=plan, project=found, number=number)
    if report.file is None:
        raise NotVisible
    return answer_file(report.file, request=request)


@require_http_methods(["GET", "HEAD", "POST"])
def blockage_to_matter(request: HttpRequest, key: str, project: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = get_project(actor=request.actor, plan=plan, key=project)
    report = queries.get_report(actor=request.actor, plan=plan, project=found, number=number)
    parties = frozenset(party_codes(found))
    code = request.actor.jurisdiction_code
    require("blockage.to_matter", actor=request.actor, plan=plan, code=code, parties=parties)
    form = BlockageForm(request.POST or None, initial=initial_of_blockage(report))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            matter = actions.blockage_to_matter(
                actor=request.actor, report=report, **form.arguments()
            )
            return redirect("matters:detail", key=key, matter=matter.key)
        except (Invalid, Conflict) as error:
            say(form, error)
            status = 409 if isinstance(error, Conflict) else 422
    context = {"plan": plan, "project": found, "report": report, "form": form}
    status = 422 if form.errors and status == 200 else status
    return render(request, "consult/phase4_implementation/blockage.html", context, status=status)
