"""A charter and its ballot."""

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.forms import ConfirmForm, OpenBallotForm, PositionForm, ReasonForm
from consult.ballots.views import answer_act
from consult.phase1_organization import actions
from consult.phase1_organization.models import Charter
from consult.phase1_organization.queries import electorate_of, get_charter, open_ballot_on
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.views.screens import charter_screen
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.duty import Text

FOLDER = "consult/phase1_organization"
FORM_METHODS = ["GET", "HEAD", "POST"]


def _load(request: HttpRequest, key: str, number: int) -> Charter:
    return get_charter(get_plan(actor=request.actor, key=key), number=number)


def _required(request: HttpRequest, key: str, number: int, act: str) -> Charter:
    charter = _load(request, key, number)
    require(act, ACTS, actor=request.actor, plan=charter.plan)
    return charter


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _load(request, key, number)
    context = charter_screen(actor=request.actor, charter=charter)
    return render(request, f"{FOLDER}/charter.html", context)


def _act(
    request: HttpRequest,
    charter: Charter,
    form: forms.Form,
    call: Callable[[], object],
    words: Mapping[str, Text],
    *,
    is_danger: bool = False,
) -> HttpResponse:
    """One form, one act, back to the charter."""
    plan = charter.plan
    back = (reverse("organization:charter", args=[plan.key, charter.number]), charter)
    return answer_act(
        request, plan=plan, form=form, call=call, words=words, back=back, is_danger=is_danger
    )


@require_http_methods(FORM_METHODS)
def open_ballot(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _required(request, key, number, "charter.open_ballot")
    form = OpenBallotForm(request.POST or None)
    words = {
        "title": _("Put the charter to the parties"),
        "text": _("Every co-making party has to agree. The electorate is kept as it stands now."),
        "submit_label": _("Open the ballot"),
        "done": _("The charter is put to the parties."),
    }

    def call() -> object:
        return actions.open_charter_ballot(actor=request.actor, charter=charter, **form.terms())

    return _act(request, charter, form, call, words)


@recently_proved
@require_http_methods(FORM_METHODS)
def take_position(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _load(request, key, number)
    own = request.actor.jurisdiction_code in electorate_of(charter)
    require("charter.take_position", ACTS, actor=request.actor, plan=charter.plan, own=own)
    form = PositionForm(request.POST or None, on=open_ballot_on(charter))
    words = {
        "title": _("Take a position on the charter"),
        "text": _("A newer position of your jurisdiction replaces its former one."),
        "submit_label": _("Take this position"),
        "done": _("Your position was taken."),
    }

    def call() -> object:
        return actions.take_charter_position(actor=request.actor, charter=charter, **form.said())

    return _act(request, charter, form, call, words)


@require_http_methods(FORM_METHODS)
def close(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _required(request, key, number, "charter.close_ballot")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    words = {
        "title": _("Close the ballot"),
        "text": _("The rule decides; if it is met, the charter is in force."),
        "submit_label": _("Close the ballot"),
        "done": _("The ballot is closed."),
    }

    def call() -> object:
        return actions.close_charter_ballot(actor=request.actor, charter=charter)

    return _act(request, charter, form, call, words)


@require_http_methods(FORM_METHODS)
def close_empty(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _required(request, key, number, "charter.close_without_result")
    form = ReasonForm(request.POST or None)
    words = {
        "title": _("Close the ballot without result"),
        "text": _("The positions stay on record. A new charter can be proposed."),
        "submit_label": _("Close without result"),
        "done": _("The ballot is closed without result."),
    }

    def call() -> object:
        reason = form.cleaned_data["reason"]
        return actions.close_without_result(actor=request.actor, charter=charter, reason=reason)

    return _act(request, charter, form, call, words, is_danger=True)


@require_http_methods(FORM_METHODS)
def recall(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _required(request, key, number, "charter.recall_ballot")
    form = ReasonForm(request.POST or None)
    words = {
        "title": _("Recall the ballot"),
        "text": _("A ballot is recalled only while nobody has spoken."),
        "submit_label": _("Recall"),
        "done": _("The ballot was recalled."),
    }

    def call() -> object:
        reason = form.cleaned_data["reason"]
        return actions.recall_charter_ballot(actor=request.actor, charter=charter, reason=reason)

    return _act(request, charter, form, call, words, is_danger=True)
