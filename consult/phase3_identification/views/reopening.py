"""Requests of parties to reopen items: the list, asking, refusing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from consult.ballots.views import put_errors
from consult.phase3_identification import actions
from consult.phase3_identification.checks import refuse_asking, rows_of
from consult.phase3_identification.forms import AskForm, ReasonForm
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import (
    charter_of,
    current_sign_off,
    frozen_of,
    get_request,
    has_ended,
    last_day_to_ask,
    requests_of,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.telling import NONE_OPEN
from consult.phase3_identification.views.screens import FOLDER, may_do, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan, titles_of
from plans.register.rules import require
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@require_GET
def requests(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    context: dict[str, object] = {"plan": plan, "sign_off": current, "can": may_do(request, plan)}
    if current is not None:
        context |= {
            "requests": requests_of(current),
            "titles": titles_of(current.revision),
            "last_day": last_day_to_ask(current, charter_of(current)),
            "is_over": has_ended(current),
            "why_not": why_not_ask(current, code=request.actor.jurisdiction_code),
        }
    return render(request, f"{FOLDER}/reopenings.html", context)


def why_not_ask(current: SignOff, *, code: str | None) -> object:
    """Why the party cannot ask to reopen now; None where it can."""
    try:
        refuse_asking(current, code=code)
    except Conflict as refusal:
        return refusal.text
    return None


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("reopening.ask", ACTS, actor=request.actor, plan=plan, own=True)
    current = _open(plan)
    refuse_asking(current, code=request.actor.jurisdiction_code)
    titles = titles_of(frozen_of(plan))
    rows = rows_of(current, frozen_of(plan), code=request.actor.jurisdiction_code)
    choices = [(row.item.key, titles.get(row.item.key, row.item.key)) for row in rows]
    form = AskForm(request.POST or None, items=choices)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_reopen(actor=request.actor, plan=plan, **form.cleaned_data)
            messages.success(request, _("Your request is filed; every party sees it."))
            return redirect("identification:reopenings", key=key)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
    context = {
        "plan": plan,
        "form": form,
        "last_day": last_day_to_ask(current, charter_of(current)),
    }
    return render(request, f"{FOLDER}/ask.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("reopening.refuse", ACTS, actor=request.actor, plan=plan)
    current = current_sign_off(plan)
    if current is None:
        raise NotVisible
    asked = get_request(current, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.refuse_reopening(actor=request.actor, plan=plan, pk=pk, **form.cleaned_data)
            messages.success(request, _("The request was refused; every party sees the reason."))
            return redirect("identification:reopenings", key=key)
        except Invalid as error:  # a conflict has a page of its own, with what was typed
            put_errors(form, error)
    context = {"plan": plan, "form": form, "asked": asked}
    return render(request, f"{FOLDER}/refuse_reopening.html", context, status=status_of(form))


def _open(plan: Plan) -> SignOff:
    current = current_sign_off(plan)
    if current is None or has_ended(current):
        raise Conflict(NONE_OPEN)
    return current
