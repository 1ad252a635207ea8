"""The page of the base map and base figures, its acts, and its line on other pages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.queries import electors_of
from consult.phase1_organization import actions
from consult.phase1_organization.base_set import base_ballots
from consult.phase1_organization.forms import (
    ConfirmForm,
    OpenBallotForm,
    PositionForm,
    ReasonForm,
    closing,
)
from consult.phase1_organization.queries import co_makers_of
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.views.screens import (
    acting_label,
    base_line,
    base_screen,
    put_errors,
)
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "consult/phase1_organization"
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def base(request: HttpRequest, key: str) -> HttpResponse:
    """The page; `?line=1` its one line, for the pages of attachments and of the draft."""
    plan = get_plan(actor=request.actor, key=key)
    if "line" in request.GET:
        return render(request, f"{FOLDER}/base_line.html", base_line(plan))
    return render(request, f"{FOLDER}/base.html", base_screen(actor=request.actor, plan=plan))


@require_http_methods(FORM_METHODS)
def base_open(request: HttpRequest, key: str) -> HttpResponse:
    plan = _required(request, key, "base.open_ballot")
    form = OpenBallotForm(request.POST or None)
    return _act(
        request,
        plan,
        form=form,
        call=lambda: actions.open_base_ballot(
            actor=request.actor, plan=plan, closes_at=closing(form.cleaned_data["closes_on"])
        ),
        done=_("The base map and base figures are put to the parties."),
        words={
            "title": _("Put the base map and base figures to the parties"),
            "text": _("Every co-making party has to agree to these files as they stand now."),
            "submit_label": _("Open the ballot"),
        },
    )


@recently_proved
@require_http_methods(FORM_METHODS)
def base_position(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    own = request.actor.jurisdiction_code in _electors(plan)
    require("base.take_position", ACTS, actor=request.actor, plan=plan, own=own)
    form = PositionForm(request.POST or None)
    return _act(
        request,
        plan,
        form=form,
        call=lambda: actions.take_base_position(
            actor=request.actor,
            plan=plan,
            value=form.cleaned_data["value"],
            text=form.cleaned_data["text"],
            wording=form.cleaned_data["wording"],
            letter=form.letter(),
        ),
        done=_("Your position was taken."),
        words={
            "title": _("Take a position on the base map and base figures"),
            "text": _("A newer position of your jurisdiction replaces its former one."),
            "submit_label": _("Take this position"),
        },
    )


@require_http_methods(FORM_METHODS)
def base_close(request: HttpRequest, key: str) -> HttpResponse:
    plan = _required(request, key, "base.close_ballot")
    return _act(
        request,
        plan,
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        call=lambda: actions.close_base_ballot(actor=request.actor, plan=plan),
        done=_("The ballot is closed."),
        words={
            "title": _("Close the ballot"),
            "text": _("The rule decides; if it is met, the base is agreed."),
            "submit_label": _("Close the ballot"),
        },
    )


@require_http_methods(FORM_METHODS)
def base_close_empty(request: HttpRequest, key: str) -> HttpResponse:
    plan = _required(request, key, "base.close_without_result")
    form = ReasonForm(request.POST or None)
    return _act(
        request,
        plan,
        form=form,
        call=lambda: actions.close_base_without_result(
            actor=request.actor, plan=plan, reason=form.cleaned_data["reason"]
        ),
        done=_("The ballot is closed without result."),
        words={
            "title": _("Close the ballot without result"),
            "text": _("The positions stay on record. The files can be put to the parties anew."),
            "submit_label": _("Close without result"),
            "is_danger": True,
        },
    )


def _required(request: HttpRequest, key: str, act: str) -> Plan:
    plan = get_plan(actor=request.actor, key=key)
    require(act, ACTS, actor=request.actor, plan=plan)
    return plan


def _electors(plan: Plan) -> list[str]:
    ballot = base_ballots(plan).first()
    if ballot is None:
        return [party.jurisdiction_id for party in co_makers_of(plan)]
    return [one.jurisdiction_id for one in electors_of([ballot]).get(ballot.pk, [])]


def _act(
    request: HttpRequest,
    plan: Plan,
    *,
    form: forms.Form,
    call: Callable[[], object],
    done: Text,
    words: dict[str, Any],
) -> HttpResponse:
    """One form, one act, back to the page of the base; refused input is shown in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            call()
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, str(done))
            return redirect("organization:base", key=plan.key)
    context = {"plan": plan, "form": form, "acting_label": acting_label(request), **words}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/base_act.html", context, status=status)
