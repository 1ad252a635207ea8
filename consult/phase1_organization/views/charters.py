"""A charter and its ballot."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase1_organization import actions
from consult.phase1_organization.forms import (
    ConfirmForm,
    OpenBallotForm,
    PositionForm,
    ReasonForm,
    closing,
)
from consult.phase1_organization.models import Charter
from consult.phase1_organization.queries import electorate_of, get_charter
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.views.screens import acting_label, charter_screen, put_errors
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "consult/phase1_organization"
FORM_METHODS = ["GET", "HEAD", "POST"]


def _load(request: HttpRequest, key: str, number: int) -> Charter:
    return get_charter(get_plan(actor=request.actor, key=key), number=number)


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _load(request, key, number)
    context = charter_screen(actor=request.actor, charter=charter)
    return render(request, f"{FOLDER}/charter.html", context)


def _act(
    request: HttpRequest,
    charter: Charter,
    *,
    act: str,
    form: forms.Form,
    call: Callable[[], object],
    done: Text,
    words: dict[str, Text],
) -> HttpResponse:
    """One form, one act, back to the charter; refused input is shown in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            call()
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, str(done))
            return redirect("organization:charter", key=charter.plan.key, number=charter.number)
    context = {
        "plan": charter.plan,
        "charter": charter,
        "form": form,
        "acting_label": acting_label(request),
        "is_danger": act in {"charter.close_without_result", "charter.recall_ballot"},
        **words,
    }
    return render(request, f"{FOLDER}/act.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
def open_ballot(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _load(request, key, number)
    require("charter.open_ballot", ACTS, actor=request.actor, plan=charter.plan)
    form = OpenBallotForm(request.POST or None)
    return _act(
        request,
        charter,
        act="charter.open_ballot",
        form=form,
        call=lambda: actions.open_charter_ballot(
            actor=request.actor,
            charter=charter,
            closes_at=closing(form.cleaned_data["closes_on"]),
        ),
        done=gettext_lazy("The charter is put to the parties."),
        words={
            "title": gettext_lazy("Put the charter to the parties"),
            "text": gettext_lazy(
                "Every co-making party has to agree. The electorate is kept as it stands now."
            ),
            "submit_label": gettext_lazy("Open the ballot"),
        },
    )


@recently_proved
@require_http_methods(FORM_METHODS)
def take_position(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _load(request, key, number)
    own = request.actor.jurisdiction_code in electorate_of(charter)
    require("charter.take_position", ACTS, actor=request.actor, plan=charter.plan, own=own)
    form = PositionForm(request.POST or None)
    return _act(
        request,
        charter,
        act="charter.take_position",
        form=form,
        call=lambda: actions.take_charter_position(
            actor=request.actor,
            charter=charter,
            value=form.cleaned_data["value"],
            text=form.cleaned_data["text"],
            wording=form.cleaned_data["wording"],
            letter=form.letter(),
        ),
        done=gettext_lazy("Your position was taken."),
        words={
            "title": gettext_lazy("Take a position on the charter"),
            "text": gettext_lazy("A newer position of your jurisdiction replaces its former one."),
            "submit_label": gettext_lazy("Take this position"),
        },
    )


@require_http_methods(FORM_METHODS)
def close(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _load(request, key, number)
    require("charter.close_ballot", ACTS, actor=request.actor, plan=charter.plan)
    return _act(
        request,
        charter,
        act="charter.close_ballot",
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        call=lambda: actions.close_charter_ballot(actor=request.actor, charter=charter),
        done=gettext_lazy("The ballot is closed."),
        words={
            "title": gettext_lazy("Close the ballot"),
            "text": gettext_lazy("The rule decides; if it is met, the charter is in force."),
            "submit_label": gettext_lazy("Close the ballot"),
        },
    )


@require_http_methods(FORM_METHODS)
def close_empty(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _load(request, key, number)
    require("charter.close_without_result", ACTS, actor=request.actor, plan=charter.plan)
    form = ReasonForm(request.POST or None)
    return _act(
        request,
        charter,
        act="charter.close_without_result",
        form=form,
        call=lambda: actions.close_without_result(
            actor=request.actor, charter=charter, reason=form.cleaned_data["reason"]
        ),
        done=gettext_lazy("The ballot is closed without result."),
        words={
            "title": gettext_lazy("Close the ballot without result"),
            "text": gettext_lazy("The positions stay on record. A new charter can be proposed."),
            "submit_label": gettext_lazy("Close without result"),
        },
    )


@require_http_methods(FORM_METHODS)
def recall(request: HttpRequest, key: str, number: int) -> HttpResponse:
    charter = _load(request, key, number)
    require("charter.recall_ballot", ACTS, actor=request.actor, plan=charter.plan)
    form = ReasonForm(request.POST or None)
    return _act(
        request,
        charter,
        act="charter.recall_ballot",
        form=form,
        call=lambda: actions.recall_charter_ballot(
            actor=request.actor, charter=charter, reason=form.cleaned_data["reason"]
        ),
        done=gettext_lazy("The ballot was recalled."),
        words={
            "title": gettext_lazy("Recall the ballot"),
            "text": gettext_lazy("A ballot is recalled only while nobody has spoken."),
            "submit_label": gettext_lazy("Recall"),
        },
    )
