"""The import of a text for programs: send a file, correct rows, enter."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from plans.text import actions, queries
from plans.text.actions.importing import ACT
from plans.text.documents.structure import RowKind
from plans.text.enums import PROVISION_STRENGTHS
from plans.text.forms.importing import TEXTS
from plans.text.models import TextImport
from plans.text.previews import Line, Preview, preview
from plans.text.rules import ACTS
from stakeholders.files.actions import upload_file

TEXT: dict[str, Any] = {"required": False, "allow_blank": True}


class FileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField()
    takes_changes = serializers.BooleanField(default=True)


class TextFindingSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    place = serializers.IntegerField()
    text = serializers.CharField()


class LineSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    what = serializers.CharField()
    outcome = serializers.CharField()
    replaces = serializers.CharField()
    number = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    strength = serializers.CharField()
    reason = serializers.CharField()
    is_corrected = serializers.BooleanField()
    findings = TextFindingSerializer(many=True)
    faults = serializers.DictField(child=serializers.CharField())


class PreviewSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    edits = serializers.IntegerField()
    takes_changes = serializers.BooleanField()
    has_changes = serializers.BooleanField()
    may_enter = serializers.BooleanField()
    entered_at = serializers.DateTimeField(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    stale = serializers.ListField(child=serializers.CharField())
    findings = TextFindingSerializer(many=True)
    rows = LineSerializer(many=True)


class CorrectionSerializer(serializers.Serializer[Any]):
    """Only what changes; {} takes the file's own again."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in RowKind], required=False)
    reason = serializers.CharField(**TEXT, max_length=200)
    replaces = serializers.CharField(**TEXT, max_length=60)
    title_zh = serializers.CharField(**TEXT)
    title_en = serializers.CharField(**TEXT)
    text_zh = serializers.CharField(**TEXT, trim_whitespace=False)
    text_en = serializers.CharField(**TEXT, trim_whitespace=False)
    strength = serializers.ChoiceField(
        choices=[one.value for one in PROVISION_STRENGTHS], required=False
    )
    concerned = serializers.ListField(child=serializers.CharField(), required=False)


class EnterSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()


class ImportListView(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(request=FileSerializer, responses={201: PreviewSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require(ACT, ACTS, actor=request.actor, plan=plan)
        values = values_of(FileSerializer, request)
        stored = upload_file(
            actor=request.actor,
            upload=values["file"],
            kinds=TEXTS,
            plan_key=plan.key,
        )
        made = actions.start_import(
            actor=request.actor,
            plan=plan,
            file=stored,
            takes_changes=values["takes_changes"],
        )
        return Response(_shown(request, plan, made), status=201)


class ImportView(APIView):
    @extend_schema(responses=PreviewSerializer)
    def get(self, request: Request, key: str, pk: UUID) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require(ACT, ACTS, actor=request.actor, plan=plan)
        found = queries.get_import(actor=request.actor, plan=plan, pk=pk)
        return Response(_shown(request, plan, found))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, key: str, pk: UUID) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        actions.drop_import(actor=request.actor, plan=plan, pk=pk)
        return Response(status=204)


class ImportRowView(APIView):
    parser_classes = [JSONParser]

    @extend_schema(request=CorrectionSerializer, responses=PreviewSerializer)
    def put(self, request: Request, key: str, pk: UUID, row: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(CorrectionSerializer, request)
        found = actions.correct_row(
            actor=request.actor,
            plan=plan,
            pk=pk,
            row=row - 1,
            correction=values,
        )
        return Response(_shown(request, plan, found))


class ImportEnterView(APIView):
    @extend_schema(request=EnterSerializer, responses=PreviewSerializer)
    def post(self, request: Request, key: str, pk: UUID) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(EnterSerializer, request)
        found = actions.import_text(actor=request.actor, plan=plan, pk=pk, edits=values["edits"])
        return Response(_shown(request, plan, found))


def _shown(request: Request, plan: Plan, found: TextImport) -> Any:
    view = preview(actor=request.actor, plan=plan, text_import=found)
    return PreviewSerializer(_values(found, view)).data


def _values(found: TextImport, view: Preview) -> dict[str, object]:
    return {
        "id": found.pk,
        "edits": found.edits,
        "takes_changes": found.takes_changes,
        "has_changes": view.has_changes,
        "may_enter": view.may_enter and found.entered_at is None,
        "entered_at": found.entered_at,
        "counts": view.counts,
        "stale": view.stale,
        "findings": view.findings,
        "rows": [_line(line) for line in view.lines],
    }


def _line(line: Line) -> dict[str, object]:
    row, wording = line.row, line.wording
    return {
        "row": line.index + 1,
        "what": row.kind.value,
        "outcome": line.outcome.value,
        "replaces": line.replaces,
        "number": row.number,
        "title_zh": wording.title_zh if wording else row.title_zh,
        "title_en": wording.title_en if wording else row.title_en,
        "text_zh": row.text_zh,
        "text_en": row.text_en,
        "strength": wording.strength if wording else "",
        "reason": row.reason,
        "is_corrected": line.is_corrected,
        "findings": line.findings,
        "faults": {name: str(text) for name, text in line.faults.items()},
    }


urlpatterns = [
    path("plans/<slug:key>/imports/", ImportListView.as_view()),
    path("plans/<slug:key>/imports/<uuid:pk>/", ImportView.as_view()),
    path("plans/<slug:key>/imports/<uuid:pk>/rows/<int:row>/", ImportRowView.as_view()),
    path("plans/<slug:key>/imports/<uuid:pk>/enter/", ImportEnterView.as_view()),
]
