"""Opening the sign-off: everything that has to hold, who will be asked, then the form."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.ballots.views import put_errors
from consult.phase1_organization.queries import charter_in_force
from consult.phase3_identification import actions
from consult.phase3_identification.checks import ends_on_rest_day
from consult.phase3_identification.forms import OpenForm
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    readiness,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.views.screens import FOLDER, status_of
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid
from stakeholders.terms.workdays import workdays_between


@require_http_methods(["GET", "POST"])
def open_(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("sign_off.open", ACTS, actor=request.actor, plan=plan)
    form = OpenForm(request.POST or None)
    deadline = None
    if request.method == "POST" and form.is_valid():
        try:
            if "check" not in request.POST:
                actions.open_sign_off(actor=request.actor, plan=plan, **form.opening())
                messages.success(request, _("The sign-off is open."))
                return redirect("identification:overview", key=key)
            deadline = _deadline(form)
        except (Invalid, Conflict) as error:
            put_errors(form, _on_its_day(error))
    now = clock.now()
    last = current_sign_off(plan)
    context = {
        "plan": plan,
        "form": form,
        "deadline": deadline,
        "ready": readiness(plan, charter=charter_in_force(plan), at=now),
        "running": last if last and not has_ended(last) else None,
        "former": last if last and has_ended(last) else None,
    }
    return render(request, f"{FOLDER}/open.html", context, status=status_of(form))


def _deadline(form: OpenForm) -> dict[str, object]:
    """What the given day and hour mean: the instant, working days to it, whether it is one."""
    at = form.closing()
    if at is None:
        return {"at": None}
    now = clock.now()
    if at <= now:
        raise Invalid({"closes_on": _("The closing hour must lie ahead.")})
    return {"at": at, "days": _days(now, at), "is_rest": ends_on_rest_day(at, at=now)}


def _days(now: datetime, at: datetime) -> int:
    return workdays_between(localtime(now).date(), localtime(at).date(), overrides_at(now))


def _on_its_day(error: Invalid | Conflict) -> Invalid | Conflict:
    """What is wrong with the instant stands at the day of the form."""
    if isinstance(error, Invalid) and "closes_at" in error.errors:
        return Invalid({"closes_on": error.errors["closes_at"]})
    return error
