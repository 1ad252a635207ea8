"""What one person of a party has prepared, and the word of the second."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.ballots.models import TwoPersonProposal
from consult.ballots.views import put_errors
from consult.phase3_identification import actions, queries
from consult.phase3_identification.forms import SendBackForm
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.views.said import lines_in
from consult.phase3_identification.views.screens import FOLDER, may_do, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.errors import Conflict, Invalid

ANY = ["GET", "HEAD", "POST"]


def _load(request: HttpRequest, key: str) -> tuple[Plan, TwoPersonProposal | None]:
    """The plan, and what waits inside the actor's own jurisdiction."""
    plan = get_plan(actor=request.actor, key=key)
    require("position.send_back", ACTS, actor=request.actor, plan=plan, own=True)
    current = queries.current_sign_off(plan)
    if current is None or queries.has_ended(current):
        return plan, None
    return plan, queries.waiting_position(actor=request.actor, sign_off=current)


@recently_proved
@require_http_methods(ANY)
def second(request: HttpRequest, key: str) -> HttpResponse:
    """POST takes the position as it was prepared, under the second person's mandate."""
    plan, found = _load(request, key)
    if request.method != "POST":
        return _page(request, plan, found)
    if found is None or request.POST.get("proposal") != str(found.pk):
        raise Conflict(_("What was prepared has changed meanwhile: read it again."))
    done = actions.confirm_position(actor=request.actor, plan=plan, proposal=found)
    messages.success(request, _("Your position is taken. The receipt stands below."))
    return redirect("identification:receipt", key=key, pk=done.pk)


@require_http_methods(ANY)
def send_back(request: HttpRequest, key: str) -> HttpResponse:
    plan, found = _load(request, key)
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, plan, found, form=form)
    if found is None or request.POST.get("proposal") != str(found.pk):
        raise Conflict(_("What was prepared has changed meanwhile: read it again."))
    try:
        actions.send_back_position(
            actor=request.actor, plan=plan, proposal=found, reason=form.cleaned_data["reason"]
        )
    except Invalid as error:
        put_errors(form, error)
        return _page(request, plan, found, form=form)
    messages.success(request, _("Sent back."))
    return redirect("identification:overview", key=key)


def _page(
    request: HttpRequest,
    plan: Plan,
    found: TwoPersonProposal | None,
    *,
    form: SendBackForm | None = None,
) -> HttpResponse:
    context: dict[str, object] = {"plan": plan, "proposal": found}
    if found is not None:
        said = json.loads(found.content)
        names: dict[str, object] = {unit.code: str(unit) for unit in queries.party_units(plan)}
        labels = queries.item_labels([plan.frozen] if plan.frozen else [])
        general, exceptions = lines_in(said, labels, names)
        is_other = found.mandate.user_id != request.actor.user_id
        context |= {
            "general": general,
            "exceptions": exceptions,
            "letter": said["letter"],
            "decided_by": said["decided_by"],
            "form": form or SendBackForm(),
            "may_confirm": is_other and may_do(request, plan)["position_take"],
            "send_back_url": reverse("identification:send_back", args=[plan.key]),
        }
    status = status_of(form) if form is not None else 200
    return render(request, f"{FOLDER}/second.html", context, status=status)
