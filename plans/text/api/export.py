"""Files of the plan text for programs."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from plans.register.queries import get_plan, get_revision
from plans.text.documents.files import KINDS
from plans.text.rules import require_draft_sight
from plans.text.serving import answer


class OneRenderer(BaseContentNegotiation):
    """`?format=` names the file here, not the form of an answer of the API."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


PARAMETERS = [
    OpenApiParameter("format", str, required=True, enum=list(KINDS)),
    *(
        OpenApiParameter(name, str)
        for name in ("languages", "chapter", "theme", "strength", "concerned", "openness", "bare")
    ),
]


class RevisionDocumentView(APIView):
    """A revision's text as a file."""

    content_negotiation_class = OneRenderer

    @extend_schema(
        operation_id="plans_revisions_document",
        parameters=PARAMETERS,
        responses={200: OpenApiTypes.BINARY},
    )
    def get(self, request: Request, key: str, number: int) -> HttpResponse:
        plan = get_plan(actor=request.actor, key=key)
        revision = get_revision(plan, number=number)
        said = request.query_params
        return answer(plan, revision=revision, kind=said.get("format", ""), said=_rest(said))


class DraftDocumentView(APIView):
    """The working draft as a file, for who makes the plan."""

    content_negotiation_class = OneRenderer

    @extend_schema(
        operation_id="plans_draft_document",
        parameters=PARAMETERS,
        responses={200: OpenApiTypes.BINARY},
    )
    def get(self, request: Request, key: str) -> HttpResponse:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        said = request.query_params
        return answer(plan, revision=None, kind=said.get("format", ""), said=_rest(said))


def _rest(said: QueryDict) -> QueryDict:
    found = said.copy()
    found.pop("format", None)
    return found


urlpatterns = [
    path("plans/<slug:key>/revisions/<int:number>/document/", RevisionDocumentView.as_view()),
    path("plans/<slug:key>/draft/document/", DraftDocumentView.as_view()),
]
