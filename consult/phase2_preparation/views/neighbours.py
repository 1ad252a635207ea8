"""The written opinions of consulted neighbours and how each was answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase2_preparation import rules
from consult.phase2_preparation.actions.neighbours import (
    answer_neighbour_opinion,
    file_neighbour_opinion,
)
from consult.phase2_preparation.forms.papers import NeighbourAnswerForm, NeighbourForm
from consult.phase2_preparation.queries import neighbours as queries
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

ANY = ["GET", "HEAD", "POST"]


@require_safe
def neighbours(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    given = rules.facts(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "rows": queries.shown_opinions(actor=request.actor, plan=plan),
        "can_file": rules.can("neighbour.file", given=given),
        "can_answer": rules.can("neighbour.answer", given=given),
    }
    return render(request, "consult/phase2_preparation/neighbours.html", context)


@require_http_methods(ANY)
def file_opinion(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("neighbour.file", actor=request.actor, plan=plan)
    form = NeighbourForm(
        *((request.POST, request.FILES) if request.method == "POST" else (None, None)),
        initial={"code": request.GET.get("code", "")},
        units=queries.consulted(plan),
        actor=request.actor,
        plan_key=plan.key,
    )
    if request.method == "POST" and form.is_valid():
        try:
            file_neighbour_opinion(actor=request.actor, plan=plan, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The opinion was filed."))
            return redirect("preparation:neighbours", plan.key)
    context = {"plan": plan, "form": form, "title": _("File a written opinion")}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/neighbour_form.html", context, status=status)


@require_http_methods(ANY)
def answer_opinion(request: HttpRequest, key: str, opinion: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("neighbour.answer", actor=request.actor, plan=plan)
    found = queries.get_opinion(actor=request.actor, plan=plan, pk=opinion)
    form = NeighbourAnswerForm(
        request.POST if request.method == "POST" else None, actor=request.actor, plan_key=plan.key
    )
    if request.method == "POST" and form.is_valid():
        try:
            answer_neighbour_opinion(actor=request.actor, plan=plan, opinion=found, **form.values())
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The answer was put on record."))
            return redirect("preparation:neighbours", plan.key)
    title = _("Answer a written opinion")
    context = {"plan": plan, "form": form, "title": title, "opinion": found}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/neighbour_form.html", context, status=status)


@require_safe
def letter(request: HttpRequest, key: str, opinion: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_opinion(actor=request.actor, plan=plan, pk=opinion)
    if found.letter_file is None:
        raise NotVisible
    return answer_file(found.letter_file, request=request)
