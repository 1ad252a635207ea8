"""Pages of one joint project: read, entered, edited."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plans.projects import actions, queries
from plans.projects.forms import ProjectEditForm, ProjectForm, initial_of, initial_of_known
from plans.projects.models import KnownProject
from plans.projects.rules import can, require
from plans.projects.sheet import WHOLE
from plans.projects.views.doors import say, shown_parts
from plans.register.queries import get_plan
from stakeholders.terms.errors import Conflict, Invalid


@require_safe
def project_detail(request: HttpRequest, key: str, project: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_project(actor=request.actor, plan=plan, key=project)
    rows = queries.rows_of([found])[found.pk]
    lead_code = queries.lead_code_of(found)
    weight = sum((row.milestone.weight for row in rows), Decimal(0))
    removed = queries.removed_of(found)
    context = {
        "plan": plan,
        "project": found,
        "rows": rows,
        "removed": removed,
        "has_history": bool(removed or any(row.changes for row in rows)),
        "parts": shown_parts(found),
        "weight": weight,
        "is_weighed": weight == WHOLE,
        "missing": WHOLE - weight,
        "provisions": queries.provisions_of(plan, project=found),
        "may_edit": can("project.edit", actor=request.actor, plan=plan, lead_code=lead_code),
    }
    return render(request, "plans/projects/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    own = request.actor.jurisdiction_code
    require("project.add", actor=request.actor, plan=plan, lead_code=own)
    units = list(queries.candidates(plan))
    known = _known(request)
    form = ProjectForm(
        request.POST or None,
        initial=initial_of_known(known, units) if known else None,
        jurisdictions=units,
        provisions=queries.provisions_of(plan),
    )
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["key"]
        try:
            return redirect(
                actions.add_project(
                    actor=request.actor, plan=plan, key=number, sheet=form.sheet(known=known)
                )
            )
        except Invalid as error:
            say(form, error)
    context = {"plan": plan, "form": form, "known": known}
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
                    actor=request.actor,
                    project=found,
                    edits=edits,
                    sheet=form.sheet(known=found.known),
                )
            )
        except (Invalid, Conflict) as error:
            say(form, error)
    context = {"plan": plan, "project": found, "form": form}
    return render(request, "plans/projects/edit.html", context, status=422 if form.errors else 200)


def _known(request: HttpRequest) -> KnownProject | None:
    """The known project the address names, which the form then takes up. NotVisible if unknown."""
    key = request.GET.get("known", "")
    return queries.get_known(key=key) if key else None
