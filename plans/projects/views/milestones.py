"""Forms of a milestone: added, changed, taken out, what comes before it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plans.projects import actions, queries
from plans.projects.forms import (
    MilestoneEditForm,
    MilestoneForm,
    NeedsForm,
    RemoveForm,
    initial_of_milestone,
)
from plans.projects.models import Milestone, Project
from plans.projects.rules import require
from plans.projects.views.doors import say
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.errors import Conflict, Invalid

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
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
            say(form, error)
    context = {"plan": plan, "project": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/projects/milestone.html", context, status=status)


@form_page
def milestone_edit(request: HttpRequest, key: str, project: str, number: int) -> HttpResponse:
    plan, found, milestone = _asked("milestone.edit", request, key, project, number)
    changes = milestone.changes.count()
    form = MilestoneEditForm(
        request.POST or None,
        project=found,
        initial=initial_of_milestone(milestone, changes=changes),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_milestone(
                actor=request.actor,
                milestone=milestone,
                changes=form.cleaned_data["changes"],
                words=form.words(),
                reason=form.cleaned_data["reason"],
            )
            return redirect(found)
        except (Invalid, Conflict) as error:
            say(form, error)
    context = {"plan": plan, "project": found, "milestone": milestone, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/projects/milestone_edit.html", context, status=status)


@form_page
def milestone_remove(request: HttpRequest, key: str, project: str, number: int) -> HttpResponse:
    plan, found, milestone = _asked("milestone.remove", request, key, project, number)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_milestone(
                actor=request.actor, milestone=milestone, reason=form.cleaned_data["reason"]
            )
            return redirect(found)
        except Invalid as error:
            say(form, error)
    context = {"plan": plan, "project": found, "milestone": milestone, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/projects/milestone_remove.html", context, status=status)


@form_page
def milestone_needs(request: HttpRequest, key: str, project: str, number: int) -> HttpResponse:
    plan, found, milestone = _asked("milestone.link", request, key, project, number)
    row = next(r for r in queries.rows_of([found])[found.pk] if r.milestone.pk == milestone.pk)
    present = ", ".join(one.name for one in row.needs)
    form = NeedsForm(request.POST or None, initial={"needs": present})
    if request.method == "POST" and form.is_valid():
        try:
            actions.link_milestone(
                actor=request.actor, milestone=milestone, needs=form.cleaned_data["needs"]
            )
            return redirect(found)
        except Invalid as error:
            say(form, error)
    context = {"plan": plan, "project": found, "milestone": milestone, "row": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/projects/milestone_needs.html", context, status=status)


def _asked(
    act: str, request: HttpRequest, key: str, project: str, number: int
) -> tuple[Plan, Project, Milestone]:
    """The milestone the address names, for who may do `act`. NotVisible, Refused."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_project(actor=request.actor, plan=plan, key=project)
    milestone = queries.get_milestone(found, number=number)
    require(act, actor=request.actor, plan=plan, lead_code=queries.lead_code_of(found))
    return plan, found, milestone
