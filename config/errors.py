"""The pages of refusals and failures."""

import re
import sys
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request as bad_request_page
from django.views.defaults import page_not_found, server_error
from rest_framework.authentication import CSRFCheck

from config.troubles import Trouble, trouble_of
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
# Forms whose fields open an account: they are never shown again.
UNSHOWN = re.compile(r"^/(accounts|people/(tokens|invitation))/")
API = "/api/"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
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
    503 for what the site cannot do for now. What was typed into a form
    that was not taken stands on the page, to be copied."""
    texts = [value for _name, value in _sent(request) if _is_typed(value)]
    if isinstance(error, NotVisible):
        return render(request, "404.html", {"others": other_mandates(request)}, status=404)
    if isinstance(error, Refused):
        reason, holders = refusal_texts(error)
        context = {"reason": reason, "holders": holders, "others": other_mandates(request)}
        context["texts"] = texts
        return render(request, "403.html", context, status=403)
    if isinstance(error, Blocked):
        return render(request, "409.html", {"blockers": error.blockers, "texts": texts}, status=409)
    if isinstance(error, Conflict):
        return render(request, "409.html", {"text": error.text, "texts": texts}, status=409)
    if isinstance(error, Unavailable):
        return not_now(request, Trouble("unavailable", error.text, 60))
    errors = error.errors if isinstance(error, Invalid) else {}
    return render(request, "422.html", {"errors": errors, "texts": texts}, status=422)


def lost_mandate(request: HttpRequest, error: Refused) -> HttpResponse:
    """403 for a form sent under a mandate that does not count: says which, shows what was typed,
    and offers to send it again under each mandate the person holds for that page."""
    plan = PLAN_PATH.match(request.path)
    fields = _sent(request)
    ended = own_mandate(user_id=request.user.pk or 0, key=request.POST.get(FIELD, ""))
    context = {
        "ended": ended,
        "successors": holders_now(ended, at=clock.now()) if ended else [],
        "fields": fields,
        "texts": [value for _name, value in fields if _is_typed(value)],
        "others": [m for m in request.mandates if not plan or m.plan_key in ("", plan[1])],
    }
    return render(request, "403_mandate.html", context, status=403)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, but for tokens and passwords."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SENT_AGAIN and "password" not in name
        for value in values
    ]


def _is_typed(value: str) -> bool:
    """Words somebody wrote, not a figure, a key or a choice of the form."""
    return len(value) > 1 and (not value.isascii() or " " in value.strip())


def failed(request: HttpRequest) -> HttpResponse:
    """Whatever an exception left unanswered, wherever it was raised: 503 where the site cannot work
    for now (no database, no room), 500 where its program has a fault."""
    trouble = trouble_of(sys.exc_info()[1])
    return server_error(request) if trouble is None else not_now(request, trouble)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that leads nowhere: to programs in the same words as for what is unseen."""
    if request.path.startswith(API):
        return JsonResponse({"detail": str(_("not found"))}, status=404)
    return page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for a request nobody can read, such as one with the byte zero."""
    if request.path.startswith(API):
        return JsonResponse({"detail": str(_("The request cannot be read"))}, status=400)
    return bad_request_page(request, exception)


def not_now(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """503 that says what is the matter, as a page with what was typed and a button that sends it
    again, as a line for htmx, or as JSON.

    Asks the database nothing and knows no session: the page is written without the request, so
    that the browser takes up its draft of the form as after a lost session.
    """
    with translation.override(translation.get_language_from_request(request)):
        response = _words_for_now(request, trouble)
    response["Retry-After"] = str(trouble.wait)
    response["Cache-Control"] = "no-store"
    return response


def _words_for_now(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    words = trouble.words(is_act=request.method not in SAFE)
    if request.path.startswith(API):
        return JsonResponse({"detail": words, "code": trouble.code}, status=503)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    context: dict[str, object] = {
        "words": words,
        "address": "" if request.method == "POST" else request.get_full_path(),
        "back_url": _came_from(request),
    }
    if request.method == "POST" and _is_own_form(request):
        fields = [
            (name, value)
            for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken" and "password" not in name
            for value in values
        ]
        texts = [value for _name, value in fields if _is_typed(value)]
        token = get_token(request)
        context |= {"fields": fields, "texts": texts, "token": token, "files": request.FILES}
        context["address"] = request.get_full_path()
    return HttpResponse(render_to_string("503.html", context), status=503)


def _is_own_form(request: HttpRequest) -> bool:
    """Whether this site's own page sent the form: a forged one gets no button that sends it."""
    check = CSRFCheck(_nothing)
    check.process_request(request)
    forged = check.process_view(request, _nothing, (), {})
    return forged is None and UNSHOWN.match(request.path) is None


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _came_from(request: HttpRequest) -> str:
    """The page of this site the request came from, or the start."""
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    )
    return referer if is_ours and urlsplit(referer).path != request.path else "/"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
