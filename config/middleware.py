"""Wiring between requests and the house: log context, localhost, and what stands in the way."""

import re
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from config.errors import PLAN_PATH, answer, lost_mandate
from config.open_urls import OPEN_URLS
from consult.phase2_preparation.enums import LINK_KEY
from plans.text.wording import WRITTEN
from stakeholders.people.middleware import choose_mandate
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused, Unavailable

Handler = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Every log line of a request carries its id, person, mandate and plan."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex
        plan = PLAN_PATH.match(request.path)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(
            request=request.id, path=request.path, plan=plan[1] if plan else None
        )
        response = self.get_response(request)
        response["X-Request-ID"] = request.id
        return response


class LocalhostMiddleware:
    """Send pages of 127.0.0.1 to localhost, where passkeys work; health checks answer on both."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host, _, port = request.get_host().partition(":")
        on_site = settings.SITE_HOST == "localhost" and host == "127.0.0.1"
        if on_site and request.path not in {"/healthz", "/readyz"} and request.method == "GET":
            return HttpResponseRedirect(
                f"http://localhost{':' + port if port else ''}{request.get_full_path()}"
            )
        return self.get_response(request)


EDITOR = re.compile(r"^/plans/[-\w]+/text/(provisions/[-\w]+|chapters/[-\w]+/new)/(typed/)?$")


class LinkMiddleware:
    """Who came in by the link of an invitation finds its page, and nothing else is there."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in OPEN_URLS or request.user.is_authenticated:
            return None
        return answer(request, NotVisible()) if LINK_KEY in request.session else None


class ReadableMiddleware:
    """Refuses the byte zero in the address or a form with 400: no text here holds it, and
    PostgreSQL cannot keep it. The editor of a provision says so at its field, its text kept."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = (request.GET, request.POST) if request.method == "POST" else (request.GET,)
        said = WRITTEN if EDITOR.match(request.path) else ()
        texts = (
            text for data in given for key, all_ in data.lists() if key not in said for text in all_
        )
        if "\0" in request.path or any("\0" in text for text in texts):
            raise BadRequest("a text holds the byte zero")
        return self.get_response(request)


class RefusalMiddleware:
    """Turns what stands in the way of an act into its page, in one place."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Settle the mandate here: Django turns no exception of a later middleware into a page."""
        try:
            choose_mandate(request, key=str(kwargs.get("key", "")))
        except Refused as error:
            return lost_mandate(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotVisible | Refused | Blocked | Conflict | Invalid | Unavailable):
            return answer(request, error)
        return None
