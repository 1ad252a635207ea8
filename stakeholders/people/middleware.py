"""Sets `request.actor`: the person under the mandate this request speaks under."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of, actor_without_mandate, mandates_of
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, Actor
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import Reason, Verdict

SESSION_KEY = "acting_mandate"
FIELD = "acting_mandate"


class ActorMiddleware:
    """`request.actor` and `request.mandates`.

    A form that speaks for a jurisdiction carries its mandate in the field `acting_mandate` and
    acts under that, whatever another tab's header says; a page is read under the mandate chosen
    in the header, else under the first one that counts. Where that one serves another plan only,
    the pages of a plan are read under the person's mandate for it (`choose_mandate`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.mandates = []
        request.mandate = None
        request.actor = PUBLIC
        if request.user.is_authenticated:
            at = clock.now()
            request.mandates = list(mandates_of(user_id=request.user.pk, at=at))
            chosen = request.session.get(SESSION_KEY)
            request.mandate = _pick(request.mandates, chosen) or next(iter(request.mandates), None)
            request.actor = _actor(request)
            _bind_log(request.actor)
        return self.get_response(request)


def choose_mandate(request: HttpRequest, *, key: str) -> None:
    """Settle under which mandate the view of a request acts; `key` names its plan, or is empty.

    Called when CSRF has been checked, so that a forged body changes nothing, and where a refusal
    becomes a page: what a middleware raises itself would be a fault of the program. Refused.
    """
    if not request.user.is_authenticated:
        return
    _turn_to_plan(request, key)
    if request.method == "POST":
        speak_as_posted(request)


def _turn_to_plan(request: HttpRequest, key: str) -> None:
    """Read the pages of plan `key` under the mandate for it, of the same role if there is one."""
    chosen = request.mandate
    if not key or chosen is None or chosen.plan_key in ("", key):
        return
    fitting = [m for m in request.mandates if m.plan_key == key]
    same = [m for m in fitting if m.role == chosen.role]
    if fitting:
        request.mandate = (same or fitting)[0]
        request.actor = _actor(request)
        _bind_log(request.actor)


def speak_as_posted(request: HttpRequest) -> None:
    """Let the request act under the mandate its form carries. Refused when it is not the person's."""
    posted = request.POST.get(FIELD, "")
    if posted and str(getattr(request.mandate, "pk", "")) != posted:
        request.mandate = _pick(request.mandates, posted)
        if request.mandate is None:
            raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act="mandate.use"))
        request.actor = _actor(request)
        _bind_log(request.actor)


def _bind_log(actor: Actor) -> None:
    structlog.contextvars.bind_contextvars(user=actor.user_id, mandate=actor.mandate_id)


def _pick(mandates: list[Mandate], key: object) -> Mandate | None:
    return next((m for m in mandates if str(m.pk) == str(key)), None)


def _actor(request: HttpRequest) -> Actor:
    if request.mandate is not None:
        return actor_of(request.mandate)
    return actor_without_mandate(request.user) if request.user.is_authenticated else PUBLIC
