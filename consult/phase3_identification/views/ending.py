"""How an open sign-off ends: recalled, closed at its hour or early, by two, without result."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consult.ballots.enums import Outcome
from consult.ballots.views import put_errors
from consult.phase3_identification import actions
from consult.phase3_identification.forms import ReasonForm
from consult.phase3_identification.models import SignOff, SignOffEnd
from consult.phase3_identification.queries import current_sign_off, has_ended, life_of
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.telling import NONE_OPEN
from consult.phase3_identification.views.screens import FOLDER, read_board, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid

METHODS = ["GET", "POST"]


def open_one(
    request: HttpRequest, key: str, act: str, *, own: bool | None = None
) -> tuple[Plan, SignOff]:
    """The plan and its open sign-off, for who may do `act`. Conflict where none is open."""
    plan = get_plan(actor=request.actor, key=key)
    require(act, ACTS, actor=request.actor, plan=plan, own=own)
    current = current_sign_off(plan)
    if current is None or has_ended(current):
        raise Conflict(NONE_OPEN)
    return plan, current


@require_http_methods(METHODS)
def close(request: HttpRequest, key: str) -> HttpResponse:
    return _close(request, key, "sign_off.close", actions.close_sign_off)


@require_http_methods(METHODS)
def close_early(request: HttpRequest, key: str) -> HttpResponse:
    return _close(request, key, "sign_off.close_early", actions.close_early)


@require_http_methods(METHODS)
def prepare_close(request: HttpRequest, key: str) -> HttpResponse:
    return _close(request, key, "sign_off.prepare_close", actions.prepare_close)


def _close(request: HttpRequest, key: str, act: str, done: Callable[..., Any]) -> HttpResponse:
    """The page before a close, and the close: `act` says which of the three ways."""
    plan, current = open_one(request, key, act)
    if request.method == "POST":
        made = done(actor=request.actor, plan=plan)
        if act == "sign_off.prepare_close":
            messages.success(request, _("The close waits for a second person of the joint office."))
        else:
            _say_end(request, made)
        return redirect("identification:overview", key=key)
    context = _before_close(request, plan, current, act)
    way = context["life"].way_to_close
    if way != context["act"]:
        return redirect(f"identification:{way}", key=key)
    return render(request, f"{FOLDER}/close.html", context)


def _say_end(request: HttpRequest, end: SignOffEnd) -> None:
    """That it closed, and in which colour."""
    if end.outcome == Outcome.PASSED:
        messages.success(request, _("The sign-off is closed: every item passed."))
    else:
        messages.warning(request, _("The sign-off is closed: it did not pass."))


def _before_close(request: HttpRequest, plan: Plan, current: SignOff, act: str) -> dict[str, Any]:
    state, _revision = read_board(request, plan, current)
    return {
        "plan": plan,
        "board": state,
        "sign_off": current,
        "life": life_of(current, at=clock.now()),
        "act": act.partition(".")[2],
    }


@require_http_methods(METHODS)
def confirm_close(request: HttpRequest, key: str) -> HttpResponse:
    """The second person's page: confirm, or send back with a reason."""
    plan, current = open_one(request, key, "sign_off.confirm_close")
    if request.method == "POST":
        end = actions.confirm_close(
            actor=request.actor, plan=plan, proposal_hash=request.POST.get("proposal", "")
        )
        _say_end(request, end)
        return redirect("identification:overview", key=key)
    context = _before_close(request, plan, current, "sign_off.confirm_close")
    context["form"] = ReasonForm()
    return render(request, f"{FOLDER}/confirm_close.html", context)


@require_POST
def refuse_close(request: HttpRequest, key: str) -> HttpResponse:
    plan, current = open_one(request, key, "sign_off.refuse_close")
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.refuse_prepared_close(actor=request.actor, plan=plan, **form.cleaned_data)
            messages.success(request, _("The close was sent back; the sign-off goes on."))
            return redirect("identification:overview", key=key)
        except Invalid as error:
            put_errors(form, error)
    context = _before_close(request, plan, current, "sign_off.confirm_close")
    context["form"] = form
    return render(request, f"{FOLDER}/confirm_close.html", context, status=status_of(form))


@require_http_methods(METHODS)
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End without result, with a reason."""
    return _with_reason(
        request,
        key,
        act="sign_off.withdraw",
        done=actions.end_without_result,
        said=_("The sign-off ended without result."),
        template="end.html",
    )


@require_http_methods(METHODS)
def recall(request: HttpRequest, key: str) -> HttpResponse:
    """Take the sign-off back while nobody has spoken."""
    return _with_reason(
        request,
        key,
        act="sign_off.recall",
        done=actions.recall_sign_off,
        said=_("The sign-off was recalled."),
        template="recall.html",
    )


def _with_reason(
    request: HttpRequest,
    key: str,
    *,
    act: str,
    done: Callable[..., object],
    said: str,
    template: str,
) -> HttpResponse:
    plan, current = open_one(request, key, act)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done(actor=request.actor, plan=plan, reason=form.cleaned_data["reason"])
            messages.success(request, said)
            return redirect("identification:overview", key=key)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
    context = {"plan": plan, "form": form, "life": life_of(current, at=clock.now())}
    return render(request, f"{FOLDER}/{template}", context, status=status_of(form))
