"""Overrides: what may be overridden and what waits, preparing one, the signatory's word."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from consult.ballots.views import put_errors
from consult.phase3_identification import actions
from consult.phase3_identification.forms import OverrideForm, ReasonForm
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    life_of,
    prepared_overrides,
)
from consult.phase3_identification.queries.overrides import Prepared, is_overridable
from consult.phase3_identification.shown import prepared_reason
from consult.phase3_identification.views.ending import open_one
from consult.phase3_identification.views.screens import (
    FOLDER,
    may_do,
    read_board,
    status_of,
)
from plans.register.queries import get_plan
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@require_GET
def overrides(request: HttpRequest, key: str) -> HttpResponse:
    """The overrides of the newest sign-off, those that wait, and what could still be overridden."""
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    context: dict[str, object] = {"plan": plan, "sign_off": current, "can": may_do(request, plan)}
    if current is not None:
        state, _revision = read_board(request, plan, current)
        is_over = has_ended(current)
        waiting = {} if is_over else {p.ballot.item_id: p for p in prepared_overrides(current)}
        failing = [row for row in state.open_rows if not is_over]
        context |= {
            "board": state,
            "made": [row for row in state.rows if row.override],
            "waiting": [
                (row, waiting[row.ballot.item_id], prepared_reason(waiting[row.ballot.item_id]))
                for row in state.rows
                if row.ballot.item_id in waiting
            ],
            "failing": [
                (row, is_overridable(row.ballot))
                for row in failing
                if row.ballot.item_id not in waiting
            ],
            "is_over": is_over,
            "why_not": None if is_over else life_of(current, at=clock.now()).why_not_override,
        }
    return render(request, f"{FOLDER}/overrides.html", context)


@recently_proved
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan, current = open_one(request, key, "override.prepare")
    state, _revision = read_board(request, plan, current)
    row = next((row for row in state.rows if row.key == item), None)
    if row is None:
        raise NotVisible
    parties = [(unit.code, str(unit)) for unit in state.parties]
    form = OverrideForm(request.POST or None, parties=parties)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prepare_override(actor=request.actor, plan=plan, item=item, **form.cleaned_data)
            messages.success(request, _("The override waits for the signatory’s word."))
            return redirect("identification:overrides", key=key)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
    context = {"plan": plan, "form": form, "row": row}
    return render(request, f"{FOLDER}/prepare_override.html", context, status=status_of(form))


@recently_proved
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """The signatory's page: confirm the override, or refuse it with a reason (button `refuse`)."""
    plan, current = open_one(request, key, "override.confirm", own=True)
    prepared = _waiting(request, prepared_overrides(current), item)
    form = ReasonForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and "refuse" not in request.POST:
        actions.confirm_override(
            actor=request.actor,
            plan=plan,
            item=item,
            proposal_hash=request.POST.get("proposal", ""),
        )
        messages.success(request, _("The item is overridden."))
        return redirect("identification:overrides", key=key)
    if form.is_bound and form.is_valid():
        try:
            actions.refuse_override(actor=request.actor, plan=plan, item=item, **form.cleaned_data)
            messages.success(request, _("The override was refused."))
            return redirect("identification:overrides", key=key)
        except Invalid as error:
            put_errors(form, error)
    state, _revision = read_board(request, plan, current)
    context = {
        "plan": plan,
        "form": form,
        "row": next(row for row in state.rows if row.key == item),
        "prepared": prepared,
        "reason": prepared_reason(prepared),
    }
    return render(request, f"{FOLDER}/confirm_override.html", context, status=status_of(form))


def _waiting(request: HttpRequest, found: list[Prepared], item: str) -> Prepared:
    one = next((one for one in found if one.ballot.item.key == item), None)
    if one is None or one.proposal.jurisdiction_id != request.actor.jurisdiction_code:
        raise NotVisible
    return one
