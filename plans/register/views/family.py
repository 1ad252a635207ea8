"""Pages of a plan's place in its family, and of the signatures and weights of its parties."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plans.register import queries
from plans.register.actions import change_party, set_parent_plan
from plans.register.forms import ParentForm, PartyForm
from plans.register.rules import ACTS, can, require
from stakeholders.terms.errors import Invalid, NotVisible


@require_safe
def family(request: HttpRequest, key: str) -> HttpResponse:
    """The upper plan, sisters and lower plans, and how the lower ones answer this one."""
    plan = queries.get_plan(actor=request.actor, key=key)
    context = {
        "plan": plan,
        "family": queries.family_of(actor=request.actor, plan=plan),
        "own": queries.count(queries.transmission_of(actor=request.actor, plan=plan)),
        "may_set": can("plan.set_parent", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, "plans/register/family.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def parent(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    require("plan.set_parent", ACTS, actor=request.actor, plan=plan)
    form = ParentForm(
        request.POST if request.method == "POST" else None, actor=request.actor, plan=plan
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_parent_plan(actor=request.actor, plan=plan, **form.cleaned_data)
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Done and put on record."))
            return redirect("register:family", key=plan.key)
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/register/parent.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def party(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Must it sign, and what does it weigh: the coordinator settles it before the charter."""
    plan = queries.get_plan(actor=request.actor, key=key)
    require("party.change", ACTS, actor=request.actor, plan=plan)
    found = queries.parties_of(plan).filter(jurisdiction=code, left_at=None).first()
    if found is None:
        raise NotVisible
    initial = {"must_sign": found.must_sign, "weight": found.weight.normalize()}
    form = PartyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_party(actor=request.actor, plan=plan, code=code, **form.cleaned_data)
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Done and put on record."))
            return redirect(plan)
    context = {"plan": plan, "party": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/register/party.html", context, status=status)
