"""Sets `request.actor`: the person under the mandate this request speaks under."""

from collections.abc import Callable, Mapping

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
    in the header, else under the first one that counts. Where that one is good for another plan
    only, the page of a plan is read under the person's mandate for that plan.
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

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: Mapping[str, object]
    ) -> None:
        """Let the form's own mandate win. After CSRF, so that a forged body changes nothing."""
        if not request.user.is_authenticated:
            return
        if request.method == "POST":
            speak_as_posted(request)
        else:
            _read_as_of(request, str(kwargs.get("key", "")))


def speak_as_posted(request: HttpRequest) -> None:
    """Let the request act under the mandate its form carries. Refused when it is not the person's."""
    posted = request.POST.get(FIELD, "")
    if posted and str(getattr(request.mandate, "pk", "")) != posted:
        request.mandate = _pick(request.mandates, posted)
        if request.mandate is None:
            raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act="mandate.use"))
        request.actor = _actor(request)
        _bind_log(request.actor)


def _read_as_of(request: HttpRequest, plan_key: str) -> None:
    """A link to a plan opens for its coordinator, whichever of the own plans was read last."""
    if request.mandate is None or request.mandate.plan_key in ("", plan_key):
        return
    own = next((m for m in request.mandates if m.plan_key and m.plan_key == plan_key), None)
    if own is not None:
        request.mandate = own
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
