"""The archive for programs: GET tells the catalogue, POST has a job make the package."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.archive.catalogue import Line
from consult.archive.package import one_language, preview
from consult.archive.queries import gaps, pieces_of, state_of
from consult.archive.starting import start_package
from plans.register.queries import get_plan
from plans.register.rules import require_draft_sight
from stakeholders.jobs.api import JobSerializer
from stakeholders.terms import clock


class ArchiveLineSerializer(serializers.Serializer[Line]):
    """A paper of the catalogue; `standing` other than held: it would not be in the package."""

    number = serializers.CharField()
    section = serializers.CharField(source="piece.section.value")
    path = serializers.CharField(source="piece.path")
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    day = serializers.CharField(source="piece.day")
    letter_number = serializers.CharField(source="piece.number")
    author = serializers.CharField(source="piece.author")
    openness = serializers.CharField(source="piece.openness")
    retention = serializers.CharField(source="retention.value")
    standing = serializers.CharField(source="standing.value")
    sealed_until = serializers.CharField(source="piece.sealed_until")


class ArchiveGapSerializer(serializers.Serializer[object]):
    code = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()


class ArchiveSerializer(serializers.Serializer[object]):
    """`entries` and `head`: the end of the record that the catalogue is of."""

    entries = serializers.IntegerField()
    head = serializers.CharField()
    missing = ArchiveGapSerializer(many=True)
    papers = ArchiveLineSerializer(many=True)


class ArchiveView(APIView):
    """What a package of the plan would hold, for whom the dossier is there."""

    @extend_schema(operation_id="plans_archive", responses=ArchiveSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        state = state_of(plan, at=clock.now())
        with one_language():
            lines = preview(pieces_of(state))
        found = {
            "entries": state.seq,
            "head": state.head,
            "missing": gaps(plan),
            "papers": lines,
        }
        return Response(ArchiveSerializer(found).data)

    @extend_schema(
        operation_id="plans_archive_package", request=None, responses={202: JobSerializer}
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        job = start_package(actor=request.actor, plan=plan)
        return Response(JobSerializer(job).data, status=202)


urlpatterns = [path("plans/<slug:key>/archive/", ArchiveView.as_view(), name="archive")]
