"""The sign-off itself: its page, opening, closing, ending."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from consult.phase3_identification import actions, shown
from consult.phase3_identification.forms import (
    OpenForm,
    ReasonForm,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    declaration_of,
    has_ended,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.views.screens import (
    FOLDER,
    days_left,
    may_do,
    put_error,
    read_board,
    status_of,
)
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.terms.errors import Conflict, Invalid


@require_GET
def overview(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    context: dict[str, object] = {"plan": plan, "sign_off": current, "can": may_do(request, plan)}
    if current is not None:
        state, revision = read_board(request, plan, current)
        context |= {
            "board": state,
            "revision": revision,
            "parties": shown.party_tallies(state),
            "needed": shown.needed_groups(state),
            "tally": shown.tally(state),
            "days_left": days_left(current),
            "is_over": has_ended(current),
            "mine": declaration_of(current, code=request.actor.inside),
        }
    return render(request, f"{FOLDER}/sign_off.html", context)


@require_http_methods(["GET", "POST"])
def open_(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("sign_off.open", ACTS, actor=request.actor, plan=plan)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_sign_off(actor=request.actor, plan=plan, **form.opening())
            messages.success(request, _("The sign-off is open."))
            return redirect("identification:overview", key=key)
        except (Invalid, Conflict) as error:
            put_error(form, error)
    return render(
        request, f"{FOLDER}/open.html", {"plan": plan, "form": form}, status=status_of(form)
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("sign_off.close", ACTS, actor=request.actor, plan=plan)
    if request.method == "POST":
        end_row = actions.close_sign_off(actor=request.actor, plan=plan)
        messages.success(request, str(end_row))
        return redirect("identification:overview", key=key)
    current = current_sign_off(plan)
    if current is None or has_ended(current):
        raise Conflict(_("No sign-off is open on this plan."))
    state, _revision = read_board(request, plan, current)
    context = {"plan": plan, "board": state, "sign_off": current}
    return render(request, f"{FOLDER}/close.html", context)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("sign_off.withdraw", ACTS, actor=request.actor, plan=plan)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_without_result(
            actor=request.actor, plan=plan, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("The sign-off ended without result."))
        return redirect("identification:overview", key=key)
    return render(
        request, f"{FOLDER}/end.html", {"plan": plan, "form": form}, status=status_of(form)
    )
