"""A jurisdiction joins after the first phase: proposal, and the ballot on it."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.forms import ConfirmForm, OpenBallotForm, PositionForm, ReasonForm
from consult.ballots.views import answer_act, put_errors
from consult.phase1_organization import actions
from consult.phase1_organization.forms import AccessionForm
from consult.phase1_organization.membership import asked_on, get_accession, running_on
from consult.phase1_organization.models import Accession
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.views.screens import accession_screen
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Invalid

FOLDER = "consult/phase1_organization"
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def propose(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("accession.propose", ACTS, actor=request.actor, plan=plan)
    form = AccessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accession = actions.propose_accession(actor=request.actor, plan=plan, **form.proposal())
        except Invalid as error:
            put_errors(form, error)
        else:
            messages.success(request, str(_("The accession is proposed. Put it to the parties.")))
            return redirect("organization:accession", key=plan.key, number=accession.number)
    context = {
        "plan": plan,
        "form": form,
        "acting_label": str(request.mandate) if request.mandate else "",
        "title": _("Propose that a jurisdiction joins"),
        "text": _("All co-making parties have to agree by a ballot; then it is a party."),
        "submit_label": _("Propose"),
        "back": reverse("organization:home", args=[plan.key]) + "#changes",
        "back_label": _("Joint organization"),
        "cancel": reverse("organization:home", args=[plan.key]),
    }
    return render(request, "consult/ballots/act.html", context, status=422 if form.errors else 200)


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    accession = get_accession(get_plan(actor=request.actor, key=key), number=number)
    context = accession_screen(actor=request.actor, accession=accession)
    return render(request, f"{FOLDER}/accession.html", context)


@require_http_methods(FORM_METHODS)
def open_ballot(request: HttpRequest, key: str, number: int) -> HttpResponse:
    accession = _required(request, key, number, "accession.open_ballot")
    form = OpenBallotForm(request.POST or None)
    words = {
        "title": _("Put the accession to the parties"),
        "text": _("Every co-making party has to agree. The electorate is kept as it stands now."),
        "submit_label": _("Open the ballot"),
        "done": _("The accession is put to the parties."),
    }

    def call() -> object:
        return actions.open_accession_ballot(
            actor=request.actor, accession=accession, **form.terms()
        )

    return _act(request, accession, form, call, words)


@recently_proved
@require_http_methods(FORM_METHODS)
def take_position(request: HttpRequest, key: str, number: int) -> HttpResponse:
    accession = get_accession(get_plan(actor=request.actor, key=key), number=number)
    own = request.actor.jurisdiction_code in asked_on(accession)
    act = "accession.take_position"
    require(act, ACTS, actor=request.actor, plan=accession.plan, own=own)
    form = PositionForm(request.POST or None, on=running_on(accession))
    words = {
        "title": _("Take a position on the accession"),
        "text": _("A newer position of your jurisdiction replaces its former one."),
        "submit_label": _("Take this position"),
        "done": _("Your position was taken."),
    }

    def call() -> object:
        return actions.take_accession_position(
            actor=request.actor, accession=accession, **form.said()
        )

    return _act(request, accession, form, call, words)


@require_http_methods(FORM_METHODS)
def close(request: HttpRequest, key: str, number: int) -> HttpResponse:
    accession = _required(request, key, number, "accession.close_ballot")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    words = {
        "title": _("Close the ballot"),
        "text": _("The rule decides; if it is met, the jurisdiction is a party from now on."),
        "submit_label": _("Close the ballot"),
        "done": _("The ballot is closed."),
    }

    def call() -> object:
        return actions.close_accession_ballot(actor=request.actor, accession=accession)

    return _act(request, accession, form, call, words)


@require_http_methods(FORM_METHODS)
def close_empty(request: HttpRequest, key: str, number: int) -> HttpResponse:
    accession = _required(request, key, number, "accession.close_without_result")
    form = ReasonForm(request.POST or None)
    words = {
        "title": _("Close the ballot without result"),
        "text": _("The positions stay on record. The accession can be put to the parties anew."),
        "submit_label": _("Close without result"),
        "done": _("The ballot is closed without result."),
    }

    def call() -> object:
        reason = form.cleaned_data["reason"]
        return actions.close_accession_without_result(
            actor=request.actor, accession=accession, reason=reason
        )

    return _act(request, accession, form, call, words, is_danger=True)


@require_http_methods(FORM_METHODS)
def recall(request: HttpRequest, key: str, number: int) -> HttpResponse:
    accession = _required(request, key, number, "accession.recall_ballot")
    form = ReasonForm(request.POST or None)
    words = {
        "title": _("Recall the ballot"),
        "text": _("A ballot is recalled only while nobody has spoken."),
        "submit_label": _("Recall"),
        "done": _("The ballot was recalled."),
    }

    def call() -> object:
        reason = form.cleaned_data["reason"]
        return actions.recall_accession_ballot(
            actor=request.actor, accession=accession, reason=reason
        )

    return _act(request, accession, form, call, words, is_danger=True)


def _required(request: HttpRequest, key: str, number: int, act: str) -> Accession:
    accession = get_accession(get_plan(actor=request.actor, key=key), number=number)
    require(act, ACTS, actor=request.actor, plan=accession.plan)
    return accession


def _act(
    request: HttpRequest,
    accession: Accession,
    form: forms.Form,
    call: Callable[[], object],
    words: Mapping[str, Text],
    *,
    is_danger: bool = False,
) -> HttpResponse:
    """One form, one act, back to the accession."""
    plan = accession.plan
    back = (reverse("organization:accession", args=[plan.key, accession.number]), accession)
    return answer_act(
        request, plan=plan, form=form, call=call, words=words, back=back, is_danger=is_danger
    )
