"""Pages on which readings are entered, and the files that prove them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.forms import ReadingForm
from consult.phase4_implementation.rules import own, require
from consult.phase4_implementation.views.doors import say, tell_case
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def report_reading(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("reading.report", **own(request.actor), plan=plan)
    form = _form(request, plan)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            reading = actions.report_reading(actor=request.actor, plan=plan, **form.arguments())
            tell_case(request, queries.case_of_reading(reading))
            return redirect("implementation:indicator", key=key, item=reading.item.key)
        except Invalid as error:
            say(form, error)
        except Conflict as conflict:
            theirs: Any = conflict.theirs  # the reading entered meanwhile
            form.see(theirs.pk)
            form.add_error("reason", str(conflict.text))
            status = 409
    if status == 200 and form.errors:
        status = 422
    context = {"plan": plan, "form": form}
    return render(request, "consult/phase4_implementation/reading.html", context, status=status)


def _form(request: HttpRequest, plan: Plan) -> ReadingForm:
    indicators = queries.indicators_of(plan)
    codes = {code for one in indicators for code in one.concerned}
    asked = request.GET
    return ReadingForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "item": asked.get("item"),
            "jurisdiction": asked.get("unit") or request.actor.jurisdiction_code,
            "period": asked.get("period"),
            "seen": queries.newest_id(plan),
        },
        actor=request.actor,
        plan_key=plan.key,
        indicators=indicators,
        units=queries.units_for(actor=request.actor, codes=codes),
        is_whole_allowed=request.actor.role is Role.COORDINATOR,
    )


@require_safe
def reading_file(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """The file that proves a reading, for whoever sees the plan."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.all_readings(actor=request.actor, plan=plan).filter(
        pk=number, file__isnull=False
    )
    reading = found.select_related("file").first()
    if reading is None or reading.file is None:
        raise NotVisible
    return answer_file(reading.file, request=request)
