"""Renewing consent on what changed since a party's last word."""

import json
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.ballots.views import put_errors
from consult.phase3_identification import actions
from consult.phase3_identification.checks import rows_of
from consult.phase3_identification.forms import RenewForm, restated
from consult.phase3_identification.models import Declaration
from consult.phase3_identification.queries import (
    Renewal,
    asks_two,
    current_sign_off,
    declaration_of,
    frozen_of,
    has_ended,
    letter_needed,
    renewals_of,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import Basis
from consult.phase3_identification.views.screens import FOLDER, days_left, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.errors import Conflict, Invalid


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, key: str) -> HttpResponse:
    """Just what changed, the former word beside it, and one button; other answers item by item."""
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    has_two = bool(current and asks_two(current))
    act = "position.prepare" if has_two else "position.take"
    require(act, ACTS, actor=request.actor, plan=plan, own=True)
    if current is None or has_ended(current):
        raise Conflict(_("No sign-off is open on this plan."))
    code = request.actor.jurisdiction_code or ""
    former = declaration_of(current, code=code)
    if former is None:
        return redirect("identification:position", key=key)
    revision = frozen_of(plan)
    found = renewals_of(current, revision=revision, code=code, authentic=plan.authentic_language)
    first = {"revision": revision.hash, "former": former.pk, "decided_by": former.decided_by}
    form = RenewForm(request.POST or None, initial=first, keys=[one.key for one in found])
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _declare(request, plan, form, former, found, has_two))
            return redirect(reverse("identification:overview", args=[key]) + "#receipt")
        except (Invalid, Conflict) as error:
            put_errors(form, error)
    context = {
        "plan": plan,
        "sign_off": current,
        "revision": revision,
        "former": former,
        "general": json.loads(former.content)["general"],
        "form": form,
        "lines": list(zip(found, form.answers, strict=True)),
        "days_left": days_left(current),
        "letter_needed": letter_needed(current),
        "has_two": has_two,
    }
    return render(request, f"{FOLDER}/renew.html", context, status=status_of(form))


def _declare(
    request: HttpRequest,
    plan: Plan,
    form: RenewForm,
    former: Declaration,
    found: list[Renewal],
    has_two: bool,
) -> str:
    """A whole new declaration: the former one said once more, with the other answers in it; its
    preparation where the charter asks for two persons."""
    sign_off = former.sign_off
    rows = rows_of(sign_off, frozen_of(plan), code=request.actor.jurisdiction_code)
    general, exceptions = restated(
        json.loads(former.content),
        items=[row.item.key for row in rows],
        origins={one.key: one.origin for one in found if one.origin},
        others=form.others(),
    )
    act: Callable[..., object] = actions.prepare_position if has_two else actions.declare
    act(
        actor=request.actor,
        plan=plan,
        revision_hash=form.cleaned_data["revision"],
        general=general,
        exceptions=exceptions,
        letter=form.letter(),
        basis=Basis(body=form.cleaned_data["decided_by"]),
        former=form.cleaned_data["former"],
    )
    if has_two:
        return _("Prepared. It counts when another signatory of your jurisdiction confirms it.")
    return _("Your consent is renewed. The receipt stands below.")
