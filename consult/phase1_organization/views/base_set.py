"""The page of the base map and base figures, its acts, and its line on other pages."""

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.forms import ConfirmForm, OpenBallotForm, PositionForm, ReasonForm
from consult.ballots.queries import electors_of
from consult.ballots.views import answer_act
from consult.phase1_organization import actions
from consult.phase1_organization.base_set import base_ballots, base_set
from consult.phase1_organization.queries import co_makers_of
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.views.screens import base_line, base_screen
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.duty import Text

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
    words = {
        "title": _("Put the base map and base figures to the parties"),
        "text": _("Every co-making party has to agree to these files as they stand now."),
        "submit_label": _("Open the ballot"),
        "done": _("The base map and base figures are put to the parties."),
    }

    def call() -> object:
        return actions.open_base_ballot(actor=request.actor, plan=plan, **form.terms())

    return _act(request, plan, form, call, words)


@recently_proved
@require_http_methods(FORM_METHODS)
def base_position(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    own = request.actor.jurisdiction_code in _electors(plan)
    require("base.take_position", ACTS, actor=request.actor, plan=plan, own=own)
    form = PositionForm(request.POST or None, on=base_set(plan).running)
    words = {
        "title": _("Take a position on the base map and base figures"),
        "text": _("A newer position of your jurisdiction replaces its former one."),
        "submit_label": _("Take this position"),
        "done": _("Your position was taken."),
    }

    def call() -> object:
        return actions.take_base_position(actor=request.actor, plan=plan, **form.said())

    return _act(request, plan, form, call, words)


@require_http_methods(FORM_METHODS)
def base_close(request: HttpRequest, key: str) -> HttpResponse:
    plan = _required(request, key, "base.close_ballot")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    words = {
        "title": _("Close the ballot"),
        "text": _("The rule decides; if it is met, the base is agreed."),
        "submit_label": _("Close the ballot"),
        "done": _("The ballot is closed."),
    }

    def call() -> object:
        return actions.close_base_ballot(actor=request.actor, plan=plan)

    return _act(request, plan, form, call, words)


@require_http_methods(FORM_METHODS)
def base_close_empty(request: HttpRequest, key: str) -> HttpResponse:
    plan = _required(request, key, "base.close_without_result")
    form = ReasonForm(request.POST or None)
    words = {
        "title": _("Close the ballot without result"),
        "text": _("The positions stay on record. The files can be put to the parties anew."),
        "submit_label": _("Close without result"),
        "done": _("The ballot is closed without result."),
    }

    def call() -> object:
        reason = form.cleaned_data["reason"]
        return actions.close_base_without_result(actor=request.actor, plan=plan, reason=reason)

    return _act(request, plan, form, call, words, is_danger=True)


@require_http_methods(FORM_METHODS)
def base_recall(request: HttpRequest, key: str) -> HttpResponse:
    plan = _required(request, key, "base.recall_ballot")
    form = ReasonForm(request.POST or None)
    words = {
        "title": _("Recall the ballot"),
        "text": _("A ballot is recalled only while nobody has spoken."),
        "submit_label": _("Recall"),
        "done": _("The ballot was recalled."),
    }

    def call() -> object:
        reason = form.cleaned_data["reason"]
        return actions.recall_base_ballot(actor=request.actor, plan=plan, reason=reason)

    return _act(request, plan, form, call, words, is_danger=True)


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
    form: forms.Form,
    call: Callable[[], object],
    words: Mapping[str, Text],
    *,
    is_danger: bool = False,
) -> HttpResponse:
    """One form, one act, back to the page of the base."""
    back = (reverse("organization:base", args=[plan.key]), _("Base map and base figures"))
    return answer_act(
        request, plan=plan, form=form, call=call, words=words, back=back, is_danger=is_danger
    )
