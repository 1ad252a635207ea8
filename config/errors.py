"""The pages of refusals and failures."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from stakeholders.people.enums import RoleName
from stakeholders.people.middleware import FIELD
from stakeholders.people.models import Mandate
from stakeholders.people.queries import holders_now, own_mandate
from stakeholders.terms import clock
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused, Unavailable
from stakeholders.terms.rights import Reason

PLAN_PATH = re.compile(r"^/(?:api/v1/)?plans/([-\w]+)/")
# The tokens of a form are made anew, and the mandate is chosen anew.
NOT_SENT_AGAIN = frozenset({FIELD, "csrfmiddlewaretoken"})
REASONS = {
    Reason.NO_MANDATE: _("You hold no mandate for this."),
    Reason.WRONG_ROLE: _("Your role may not do this."),
    Reason.OUTSIDE_LIMITS: _("This lies outside the limits of your mandate."),
    Reason.NO_GRANT: _("Your jurisdiction was not given this right on the plan."),
    Reason.WRONG_PHASE: _("This is not done in the plan's present phase."),
    Reason.FROZEN: _("The text is frozen while it is being signed off."),
    Reason.NOT_YOURS: _("This belongs to another jurisdiction."),
    Reason.NOT_VISIBLE: _("Not found."),
    Reason.ALLOWED: "",
}


def refusal_texts(error: Refused) -> tuple[str, list[str]]:
    """(why, labels of the roles that may)."""
    holders = sorted(error.verdict.holders)
    return (
        str(error.text or REASONS[error.verdict.reason]),
        [str(RoleName(role.value).label) for role in holders],
    )


def other_mandates(request: HttpRequest) -> list[Mandate]:
    """The person's other mandates for the plan of this page: one may open what this one does not."""
    plan = PLAN_PATH.match(request.path)
    if plan is None or request.method != "GET":
        return []
    mandates: list[Mandate] = getattr(request, "mandates", [])
    return [m for m in mandates if m != request.mandate and m.plan_key in ("", plan[1])]


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """404 for the unseen, 403 with who may, 409 for a shut gate or a conflict, 422 for input,
    503 for what the site cannot do for now."""
    if isinstance(error, NotVisible):
        return render(request, "404.html", {"others": other_mandates(request)}, status=404)
    if isinstance(error, Refused):
        reason, holders = refusal_texts(error)
        context = {"reason": reason, "holders": holders, "others": other_mandates(request)}
        return render(request, "403.html", context, status=403)
    if isinstance(error, Blocked):
        return render(request, "409.html", {"blockers": error.blockers}, status=409)
    if isinstance(error, Conflict):
        return render(request, "409.html", {"text": error.text}, status=409)
    if isinstance(error, Unavailable):
        return render(request, "503.html", {"text": error.text}, status=503)
    errors = error.errors if isinstance(error, Invalid) else {}
    return render(request, "422.html", {"errors": errors}, status=422)


def lost_mandate(request: HttpRequest, error: Refused) -> HttpResponse:
    """403 for a form sent under a mandate that does not count: says which, shows what was typed,
    and offers to send it again under each mandate the person holds for that page."""
    plan = PLAN_PATH.match(request.path)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SENT_AGAIN and "password" not in name
        for value in values
    ]
    ended = own_mandate(user_id=request.user.pk or 0, key=request.POST.get(FIELD, ""))
    context = {
        "ended": ended,
        "successors": holders_now(ended, at=clock.now()) if ended else [],
        "fields": fields,
        "texts": [value for _name, value in fields if _is_typed(value)],
        "others": [m for m in request.mandates if not plan or m.plan_key in ("", plan[1])],
    }
    return render(request, "403_mandate.html", context, status=403)


def _is_typed(value: str) -> bool:
    """Words somebody wrote, not a figure, a key or a choice of the form."""
    return len(value) > 1 and (not value.isascii() or " " in value.strip())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
