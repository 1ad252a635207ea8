"""Defining an indicator, and putting a new one in the place of one that has readings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plans.indicators import actions, queries
from plans.indicators.checking import FIXED_BY_READINGS
from plans.indicators.forms import IndicatorForm, NewIndicatorForm, initial_of
from plans.indicators.measure import measure_of
from plans.indicators.models import Definition
from plans.indicators.rules import ACTS
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from plans.text.queries import units
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def indicator_add(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("indicator.add", ACTS, actor=request.actor, plan=plan)
    form = NewIndicatorForm(request.POST or None, units=units(plan))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_indicator(
                actor=request.actor,
                plan=plan,
                key=form.cleaned_data["key"],
                measure=form.measure(),
            )
            return redirect("indicators:indicator", key=key, item=made.item.key)
        except Invalid as error:
            form.show(error)
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/indicators/form.html", context, status=status)


@require_http_methods(FORM_METHODS)
def indicator_edit(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("indicator.edit", ACTS, actor=request.actor, plan=plan)
    found = queries.get_definition(plan, key=item)
    form = _form(request, plan, found)
    context: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_indicator(actor=request.actor, plan=plan, key=item, **_sent(form))
            messages.success(request, _("The indicator is saved."))
            return redirect("indicators:indicator", key=key, item=item)
        except Invalid as error:
            form.show(error)
        except Conflict as conflict:
            context = _conflict(request, form, conflict)
    return _page(request, plan, found, form, context)


@require_POST
def indicator_replace(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """The same form, saved as a new indicator in the place of this one."""
    plan = get_plan(actor=request.actor, key=key)
    require("indicator.replace", ACTS, actor=request.actor, plan=plan)
    found = queries.get_definition(plan, key=item)
    form = _form(request, plan, found)
    context: dict[str, object] = {"is_replacing": True}
    if form.is_valid():
        try:
            made = actions.replace_indicator(
                actor=request.actor, plan=plan, key=item, **_sent(form)
            )
            text = _("A new indicator stands in its place; the readings stay with the former one.")
            messages.success(request, text)
            return redirect("indicators:indicator", key=key, item=made.item.key)
        except Invalid as error:
            form.show(error)
        except Conflict as conflict:
            context |= _conflict(request, form, conflict)
    return _page(request, plan, found, form, context)


@require_POST
def indicator_remove(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    edits = asked_number(request.POST.get("edits", ""), default=0)
    actions.remove_indicator(actor=request.actor, plan=plan, key=item, edits=edits)
    messages.success(request, _("The indicator is taken out of the next revision."))
    return redirect("indicators:home", key=key)


def _form(request: HttpRequest, plan: Plan, found: Definition) -> IndicatorForm:
    draft = found.item.draft
    measure = measure_of(draft)
    return IndicatorForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(measure, edits=draft.edits),
        units=units(plan, extra={*draft.concerned, *measure.codes}),
    )


def _sent(form: IndicatorForm) -> dict[str, Any]:
    return {"edits": form.cleaned_data["edits"] or 0, "measure": form.measure()}


def _conflict(request: HttpRequest, form: IndicatorForm, conflict: Conflict) -> dict[str, object]:
    """Theirs beside mine; sending mine again saves it over theirs, knowingly."""
    theirs: Any = conflict.theirs  # the draft as it stands now
    form.data = request.POST.copy()
    form.data["edits"] = str(theirs.edits)
    return {"theirs": measure_of(theirs), "conflict": conflict.text}


def _page(
    request: HttpRequest,
    plan: Plan,
    found: Definition,
    form: IndicatorForm,
    context: dict[str, object],
) -> HttpResponse:
    # Readings forbid another unit: the button that makes a new indicator of what was typed.
    is_fixed = found.read_since is not None and any(form.has_error(f) for f in FIXED_BY_READINGS)
    status = 409 if "theirs" in context else 422 if form.errors else 200
    context |= {
        "plan": plan,
        "form": form,
        "found": found,
        "edits": found.item.draft.edits,
        "may_replace": is_fixed or "is_replacing" in context,
    }
    return render(request, "plans/indicators/form.html", context, status=status)
