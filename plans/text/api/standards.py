"""Common standards for programs: the same acts as the pages, the same refusals."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.api.given import values_of
from plans.register.queries import get_plan
from plans.register.rules import require
from plans.text import actions, queries
from plans.text.forms.standards import WORKBOOKS
from plans.text.models import Standard
from plans.text.norms import Norm, Source, norm_of
from plans.text.rules import ACTS, require_draft_sight
from plans.text.standard_previews import preview
from plans.text.standard_sheets import MOST_SIZE, read_stored
from stakeholders.files.actions import take_upload

EMPTY: dict[str, Any] = {"default": "", "allow_blank": True}


class SourceSerializer(serializers.Serializer[Any]):
    """`key` is the code of a party, `national`, or `x1`, `x2` and so on."""

    key = serializers.SlugField(max_length=20)
    value = serializers.CharField(max_length=200, **EMPTY)
    document = serializers.CharField(max_length=300, **EMPTY)
    name_zh = serializers.CharField(max_length=120, **EMPTY)
    name_en = serializers.CharField(max_length=160, **EMPTY)


class NormSerializer(serializers.Serializer[Any]):
    """Values are text as people write them; units, choices and rules are checked by the act."""

    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=200, **EMPTY)
    unit = serializers.CharField(max_length=60)
    strictness = serializers.CharField(**EMPTY)
    sources = SourceSerializer(many=True, default=list)
    agreed = serializers.CharField(max_length=200, **EMPTY)
    choice = serializers.CharField(default="other")
    reason_zh = serializers.CharField(max_length=1000, **EMPTY)
    reason_en = serializers.CharField(max_length=1000, **EMPTY)
    strength = serializers.CharField(default="guiding")
    competence = serializers.CharField(default="county")
    theme = serializers.CharField(default="standards", allow_blank=True)
    concerned = serializers.ListField(child=serializers.CharField(), default=list)


class StandardSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField()
    number = serializers.CharField(required=False)
    edits = serializers.IntegerField()
    norm = NormSerializer()


class NewStandardSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField(max_length=60, **EMPTY)
    norm = NormSerializer()


class StandardEditSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()
    norm = NormSerializer()


class StandardRemoveSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()


class StandardImportSerializer(serializers.Serializer[Any]):
    """`file` names an upload of one's own; without `confirm` nothing is saved."""

    file = serializers.UUIDField()
    confirm = serializers.BooleanField(default=False)


class CellErrorSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    column = serializers.CharField()
    text = serializers.CharField()


class StandardImportResultSerializer(serializers.Serializer[Any]):
    is_saved = serializers.BooleanField()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    faults = CellErrorSerializer(many=True)


class StandardListView(APIView):
    @extend_schema(responses=StandardSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        shown = [_shown(row.standard, row.number) for row in queries.standard_rows(plan)]
        return Response(StandardSerializer(shown, many=True).data)

    @extend_schema(request=NewStandardSerializer, responses={201: StandardSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(NewStandardSerializer, request)
        made = actions.add_standard(actor=request.actor, plan=plan, **values)
        return Response(StandardSerializer(_shown(made)).data, status=201)


class StandardView(APIView):
    @extend_schema(responses=StandardSerializer)
    def get(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        return Response(StandardSerializer(_shown(queries.get_standard(plan, key=item))).data)

    @extend_schema(request=StandardEditSerializer, responses=StandardSerializer)
    def put(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(StandardEditSerializer, request)
        actions.edit_standard(actor=request.actor, plan=plan, key=item, **values)
        return self.get(request, key, item)


class StandardRemoveView(APIView):
    @extend_schema(request=StandardRemoveSerializer, responses={204: None})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(StandardRemoveSerializer, request)
        actions.remove_standard(actor=request.actor, plan=plan, key=item, **values)
        return Response(status=204)


class StandardImportView(APIView):
    """What a workbook would do; with `confirm` it is done, all of it or nothing."""

    @extend_schema(
        request=StandardImportSerializer, responses={200: StandardImportResultSerializer}
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require("standard.import", ACTS, actor=request.actor, plan=plan)
        given = values_of(StandardImportSerializer, request)
        stored = take_upload(
            actor=request.actor, pk=given["file"], kinds=WORKBOOKS, max_size=MOST_SIZE
        )
        sheet = read_stored(stored.sha256)
        is_saved = given["confirm"]
        found = (
            actions.import_standards(actor=request.actor, plan=plan, sheet=sheet)
            if is_saved
            else preview(plan=plan, sheet=sheet)
        )
        answer = {
            "is_saved": is_saved,
            "added": found.added,
            "changed": len(found.changed) - found.added,
            "unchanged": found.unchanged,
            "faults": found.errors,
        }
        return Response(StandardImportResultSerializer(answer).data)


def _values(kind: type[serializers.BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    values = values_of(kind, request)
    norm = dict(values["norm"])
    norm["sources"] = tuple(Source(**one) for one in norm["sources"])
    norm["concerned"] = tuple(norm["concerned"])
    values["norm"] = Norm(**norm)
    return values


def _shown(standard: Standard, number: str = "") -> dict[str, object]:
    draft = standard.item.draft
    key = standard.item.key
    if not number:
        rows = queries.standard_rows(standard.item.plan)
        number = next((row.number for row in rows if row.key == key), "")
    return {"key": key, "number": number, "edits": draft.edits, "norm": norm_of(draft)}


urlpatterns = [
    path("plans/<slug:key>/standards/", StandardListView.as_view()),
    path("plans/<slug:key>/standards/import/", StandardImportView.as_view()),
    path("plans/<slug:key>/standards/<slug:item>/", StandardView.as_view()),
    path("plans/<slug:key>/standards/<slug:item>/remove/", StandardRemoveView.as_view()),
]
