"""The API's routes, collected from the slices, and its answers to what stands in the way."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from config.errors import refusal_texts
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused, Unavailable


def answer_exception(error: Exception, context: dict[str, object]) -> Response | None:
    """The same refusals as the pages, as JSON."""
    if isinstance(error, NotVisible):
        return Response({"detail": _("not found")}, status=404)
    if isinstance(error, Refused):
        reason, holders = refusal_texts(error)
        body = {"detail": reason, "reason": error.verdict.reason.value, "holders": holders}
        return Response(body, status=403)
    if isinstance(error, Blocked):
        blockers = [{"code": b.code, "text": str(b.text), "url": b.url} for b in error.blockers]
        title = _("This cannot be done yet")
        return Response({"detail": title, "code": "blocked", "blockers": blockers}, status=409)
    if isinstance(error, Conflict):
        return Response({"detail": str(error.text)}, status=409)
    if isinstance(error, Unavailable):
        return Response({"detail": str(error.text), "code": "unavailable"}, status=503)
    if isinstance(error, Invalid):
        return Response({k or "detail": [str(v)] for k, v in error.errors.items()}, status=400)
    return exception_handler(error, context)


@lru_cache(maxsize=len(settings.LANGUAGES))
def description(language: str | None) -> Any:
    """The description in the active language; it is the same for everybody and takes a second."""
    return SchemaGenerator().get_schema(request=None, public=True)


class DescriptionView(SpectacularAPIView):
    """The description of this API as JSON."""

    renderer_classes = [OpenApiJsonRenderer2]

    def _get_schema_response(self, request: Request) -> Response:
        return Response(description(get_language()))


app_name = "api"
urlpatterns = [
    path("", include("stakeholders.api")),
    path("", include("plans.api")),
    path("", include("consult.api")),
    path("openapi.json", DescriptionView.as_view(), name="openapi"),
    # Our own page, because the one that comes with it holds an inline style.
    path(
        "docs/",
        login_required(  # a page: who is not signed in is asked to, not answered 401
            SpectacularSwaggerSplitView.as_view(
                url_name="api:openapi", template_name="api_docs.html"
            )
        ),
        name="docs",
    ),
]
