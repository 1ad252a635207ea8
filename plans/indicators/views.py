"""Pages of indicators: definitions; readings belong to implementation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.indicators import actions, queries
from plans.indicators.forms import IndicatorForm, NewIndicatorForm, initial_of
from plans.indicators.measure import measure_of
from plans.indicators.rules import ACTS
from plans.register.queries import get_plan, names_of
from plans.register.rules import can, require
from plans.text.queries import units
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid


@require_safe
def indicator_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rows = queries.rows(plan)
    codes = {code for row in rows for code in (*row.measure.concerned, *row.measure.allocations)}
    context = {
        "plan": plan,
        "rows": rows,
        "names": names_of(codes),
        "may_edit": can("indicator.edit", ACTS, actor=request.actor, plan=plan),
        "references": queries.reference_values(),
    }
    return render(request, "plans/indicators/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_add(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("indicator.add", ACTS, actor=request.actor, plan=plan)
    form = NewIndicatorForm(request.POST or None, units=units(plan))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_indicator(
                actor=request.actor,
                plan=plan,
                key=form.cleaned_data["key"],
                measure=form.measure(),
            )
            return redirect("indicators:home", key=key)
        except Invalid as error:
            _show(form, error)
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/indicators/indicator.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("indicator.edit", ACTS, actor=request.actor, plan=plan)
    found = queries.get_definition(plan, key=item)
    draft = found.item.draft
    initial = initial_of(measure_of(draft), edits=draft.edits)
    named = units(plan, extra=[*draft.concerned, *draft.content.get("allocations", {})])
    form = IndicatorForm(request.POST or None, initial=initial, units=named)
    context = {"plan": plan, "form": form, "found": found, "edits": draft.edits}
    if request.method == "POST" and form.is_valid():
        edits = form.cleaned_data["edits"] or 0
        try:
            actions.edit_indicator(
                actor=request.actor, plan=plan, key=item, edits=edits, measure=form.measure()
            )
            return redirect("indicators:home", key=key)
        except Invalid as error:
            _show(form, error)
        except Conflict as conflict:
            # Theirs beside mine; sending mine again saves it over theirs, knowingly.
            form.data = request.POST.copy()
            theirs: Any = conflict.theirs  # the draft as it stands now
            form.data["edits"] = str(theirs.edits)
            context |= {"theirs": measure_of(theirs), "conflict": conflict.text}
    status = 409 if "theirs" in context else 422 if form.errors else 200
    return render(request, "plans/indicators/indicator.html", context, status=status)


@require_POST
def indicator_remove(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    edits = asked_number(request.POST.get("edits", ""), default=0)
    actions.remove_indicator(actor=request.actor, plan=plan, key=item, edits=edits)
    messages.success(request, _("The indicator is taken out of the next revision."))
    return redirect("indicators:home", key=key)


def _show(form: IndicatorForm, error: Invalid) -> None:
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))
