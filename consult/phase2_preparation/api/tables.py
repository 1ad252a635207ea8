"""The adoption table for programs: GET answers the file, POST has a job make a large one."""

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation.adoption_table.asked import (
    KINDS,
    Asked,
    answer,
    asked,
    start_file,
)
from plans.register.queries import get_plan
from plans.text.api.export import OneRenderer
from stakeholders.files.api import described_files
from stakeholders.files.enums import MEDIA_TYPES
from stakeholders.jobs.api import JobSerializer
from stakeholders.terms.errors import Conflict

NAMES = (
    *("text", "outcome", "jurisdiction", "round", "chapter", "article", "source", "type"),
    *("answered", "open", "late", "mine", "item", "anonymous", "answers"),
)
PARAMETERS = [
    OpenApiParameter("format", str, required=True, enum=list(KINDS)),
    *(OpenApiParameter(name, str) for name in NAMES),
]


class AdoptionTableView(APIView):
    """The table with the filters and the sight of its page; 409 for a large one."""

    content_negotiation_class = OneRenderer

    def wanted(self, request: Request, key: str) -> Asked:
        plan = get_plan(actor=request.actor, key=key)
        said = request.query_params
        return asked(actor=request.actor, plan=plan, kind=said.get("format", ""), said=said)

    @extend_schema(
        operation_id="plans_adoption_table",
        parameters=PARAMETERS,
        responses=described_files(MEDIA_TYPES[one] for one in KINDS.values()),
    )
    def get(self, request: Request, key: str) -> HttpResponse:
        wanted = self.wanted(request, key)
        if wanted.is_large:
            raise Conflict(_("This table is large: ask with POST, and a job makes the file."))
        return answer(wanted)

    @extend_schema(
        operation_id="plans_adoption_table_job",
        parameters=PARAMETERS,
        request=None,
        responses={202: JobSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        job = start_file(wanted=self.wanted(request, key))
        return Response(JobSerializer(job).data, status=202)


urlpatterns = [
    path("plans/<slug:key>/adoption-table/", AdoptionTableView.as_view(), name="adoption-table"),
]
