"""Pages of the register of joint projects."""

from django.core.paginator import Paginator
from django.db.models import Sum
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plans.projects import actions, queries
from plans.projects.forms import MilestoneForm, ProjectEditForm, ProjectForm, initial_of
from plans.projects.rules import can, require
from plans.register.queries import get_plan
from stakeholders.terms.errors import Conflict, Invalid

PAGE = 50


@require_safe
def project_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    projects = queries.projects_of(actor=request.actor, plan=plan)
    own = request.actor.jurisdiction_code
    context = {
        "plan": plan,
        "page_obj": Paginator(projects, PAGE).get_page(request.GET.get("page")),
        "may_add": can("project.add", actor=request.actor, plan=plan, lead_code=own),
    }
    return render(request, "plans/projects/list.html", context)


@require_safe
def project_detail(request: HttpRequest, key: str, project: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_project(actor=request.actor, plan=plan, key=project)
    milestones = queries.milestones_of(found)
    lead_code = queries.lead_code_of(found)
    context = {
        "plan": plan,
        "project": found,
        "milestones": milestones,
        "weight": milestones.aggregate(sum=Sum("weight"))["sum"],
        "provisions": queries.provisions_of(plan, project=found),
        "may_edit": can("project.edit", actor=request.actor, plan=plan, lead_code=lead_code),
    }
    return render(request, "plans/projects/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    own = request.actor.jurisdiction_code
    require("project.add", actor=request.actor, plan=plan, lead_code=own)
    form = ProjectForm(
        request.POST or None,
        jurisdictions=queries.candidates(plan),
        provisions=queries.provisions_of(plan),
    )
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["key"]
        try:
            return redirect(
                actions.add_project(actor=request.actor, plan=plan, key=number, sheet=form.sheet())
            )
        except Invalid as error:
            _say(form, error)
    context = {"plan": plan, "form": form}
    return render(request, "plans/projects/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, key: str, project: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_project(actor=request.actor, plan=plan, key=project)
    lead_code = queries.lead_code_of(found)
    require("project.edit", actor=request.actor, plan=plan, lead_code=lead_code)
    form = ProjectEditForm(
        request.POST or None,
        initial=initial_of(found),
        jurisdictions=queries.candidates(plan, project=found),
        provisions=queries.provisions_of(plan),
    )
    if request.method == "POST" and form.is_valid():
        edits = form.cleaned_data["edits"]
        try:
            return redirect(
                actions.edit_project(
                    actor=request.actor, project=found, edits=edits, sheet=form.sheet()
                )
            )
        except (Invalid, Conflict) as error:
            _say(form, error)
    context = {"plan": plan, "project": found, "form": form}
    return render(request, "plans/projects/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_new(request: HttpRequest, key: str, project: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_project(actor=request.actor, plan=plan, key=project)
    lead_code = queries.lead_code_of(found)
    require("milestone.add", actor=request.actor, plan=plan, lead_code=lead_code)
    form = MilestoneForm(request.POST or None, project=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_milestone(actor=request.actor, project=found, **form.cleaned_data)
            return redirect(found)
        except Invalid as error:
            _say(form, error)
    context = {"plan": plan, "project": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/projects/milestone.html", context, status=status)


def _say(form: Form, error: Invalid | Conflict) -> None:
    """Put what stands in the way at its field, or above the form where it has none."""
    errors = error.errors if isinstance(error, Invalid) else {"": error.text}
    for field, text in errors.items():
        form.add_error(field if field in form.fields else None, str(text))
