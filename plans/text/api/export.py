"""Files of the plan text for programs."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.queries import get_plan, get_revision
from plans.text.documents.files import KINDS
from plans.text.rules import require_draft_sight
from plans.text.serving import Asked, answer, asked, start_file
from stakeholders.files.api import described_files
from stakeholders.jobs.api import JobSerializer
from stakeholders.terms.errors import Conflict


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


class DocumentView(APIView):
    """A text as a file: GET answers it (409 for a large one), POST has a job make it."""

    content_negotiation_class = OneRenderer

    def wanted(self, request: Request, **given: Any) -> Asked:
        plan = get_plan(actor=request.actor, key=given["key"])
        number = given.get("number")
        if number is None:
            require_draft_sight(actor=request.actor, plan=plan)
        revision = None if number is None else get_revision(plan, number=number)
        said = request.query_params
        return asked(plan, revision=revision, kind=said.get("format", ""), said=_rest(said))

    def answer(self, request: Request, **given: Any) -> HttpResponse:
        wanted = self.wanted(request, **given)
        if wanted.is_large:
            raise Conflict(_("This text is large: ask with POST, and a job makes the file."))
        return answer(wanted)

    def start(self, request: Request, **given: Any) -> Response:
        job = start_file(actor=request.actor, wanted=self.wanted(request, **given))
        return Response(JobSerializer(job).data, status=202)


class RevisionDocumentView(DocumentView):
    """A revision's text as a file."""

    @extend_schema(
        operation_id="plans_revisions_document",
        parameters=PARAMETERS,
        responses=described_files(KINDS.values()),
    )
    def get(self, request: Request, key: str, number: int) -> HttpResponse:
        return self.answer(request, key=key, number=number)

    @extend_schema(
        operation_id="plans_revisions_document_job",
        parameters=PARAMETERS,
        request=None,
        responses={202: JobSerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        return self.start(request, key=key, number=number)


class DraftDocumentView(DocumentView):
    """The working draft as a file, for who makes the plan."""

    @extend_schema(
        operation_id="plans_draft_document",
        parameters=PARAMETERS,
        responses=described_files(KINDS.values()),
    )
    def get(self, request: Request, key: str) -> HttpResponse:
        return self.answer(request, key=key)

    @extend_schema(
        operation_id="plans_draft_document_job",
        parameters=PARAMETERS,
        request=None,
        responses={202: JobSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        return self.start(request, key=key)


def _rest(said: QueryDict) -> QueryDict:
    found = said.copy()
    found.pop("format", None)
    return found


urlpatterns = [
    path("plans/<slug:key>/revisions/<int:number>/document/", RevisionDocumentView.as_view()),
    path("plans/<slug:key>/draft/document/", DraftDocumentView.as_view()),
]
