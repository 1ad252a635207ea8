"""A party gives notice, recalls it, and leaves when all is settled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from consult.ballots.forms import ConfirmForm
from consult.ballots.views import answer_act, put_errors
from consult.phase1_organization import actions
from consult.phase1_organization.forms import NoticeForm, StayForm
from consult.phase1_organization.membership import (
    effective_at,
    get_withdrawal,
    open_ballots_with,
    stays_in_ballots,
    unsettled,
)
from consult.phase1_organization.models import Withdrawal
from consult.phase1_organization.queries import charter_in_force
from consult.phase1_organization.rules import ACTS
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import can, require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Blocked, Conflict

FOLDER = "consult/phase1_organization"
FORM_METHODS = ["GET", "HEAD", "POST"]


@recently_proved
@require_http_methods(FORM_METHODS)
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """The signatory's notice; the page says when it takes effect and what is to be settled."""
    plan = get_plan(actor=request.actor, key=key)
    require("party.give_notice", ACTS, actor=request.actor, plan=plan, own=True)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, letter = form.cleaned_data["reason"], form.letter()
        try:
            actions.give_notice(actor=request.actor, plan=plan, reason=reason, letter=letter)
        except Conflict as error:
            put_errors(form, error)
        else:
            messages.success(request, str(_("Notice is given.")))
            return redirect(_home(plan))
    context = {
        "plan": plan,
        "form": form,
        "acting_label": str(request.mandate) if request.mandate else "",
        "effective_at": effective_at(charter_in_force(plan), at=clock.now()),
        "unsettled": unsettled(plan, request.actor.jurisdiction_code or ""),
        "home": _home(plan),
    }
    return render(request, f"{FOLDER}/notice.html", context, status=422 if form.errors else 200)


@recently_proved
@require_http_methods(FORM_METHODS)
def stay(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The signatory recalls the notice."""
    plan, withdrawal = _load(request, key, pk)
    own = request.actor.jurisdiction_code == withdrawal.jurisdiction_id
    require("party.recall_notice", ACTS, actor=request.actor, plan=plan, own=own)
    form = StayForm(request.POST if request.method == "POST" else None)
    words: dict[str, Text] = {
        "title": _("Recall the notice"),
        "text": _("Your jurisdiction stays a party. A notice is recalled before it takes effect."),
        "submit_label": _("Recall the notice"),
        "done": _("The notice is recalled."),
    }

    def call() -> object:
        reason = form.cleaned_data["reason"]
        return actions.recall_notice(actor=request.actor, withdrawal=withdrawal, reason=reason)

    back = (_home(plan), _("Joint organization"))
    return answer_act(request, plan=plan, form=form, call=call, words=words, back=back)


@require_http_methods(FORM_METHODS)
def leaving(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What is to be settled before a party leaves; the joint office carries the notice out."""
    plan, withdrawal = _load(request, key, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(actor=request.actor, withdrawal=withdrawal)
        except Blocked:
            form.add_error(None, str(_("Something is still to be settled: see below.")))
        except Conflict as error:
            put_errors(form, error)
        else:
            messages.success(request, str(_("The party has left.")))
            return redirect(_home(plan))
    code = str(withdrawal.jurisdiction_id)
    context = {
        "plan": plan,
        "withdrawal": withdrawal,
        "end": getattr(withdrawal, "end", None),
        "form": form,
        "blockers": unsettled(plan, code),
        "ballots": open_ballots_with(plan, code),
        "stays": stays_in_ballots(plan, withdrawal),
        "is_due": clock.now() >= withdrawal.takes_effect_at,
        "may_leave": can("party.leave", ACTS, actor=request.actor, plan=plan).allowed,
        "home": _home(plan),
    }
    return render(request, f"{FOLDER}/leaving.html", context, status=422 if form.errors else 200)


def _load(request: HttpRequest, key: str, pk: int) -> tuple[Plan, Withdrawal]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, get_withdrawal(plan, pk=pk)


def _home(plan: Plan) -> str:
    return reverse("organization:home", args=[plan.key]) + "#changes"
