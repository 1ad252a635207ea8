"""A round's comment form for programs: download it, send it filled in, look, enter."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.actions.sheets import ACT, OFFICE_ACT, require_door, require_sheet
from consult.phase2_preparation.api.given import LetterFields, S, letter_given, round_given
from consult.phase2_preparation.api.replies import ReplyMadeSerializer
from consult.phase2_preparation.comment_sheets.comparing import Outcome, Words
from consult.phase2_preparation.comment_sheets.files import MEDIA_TYPES
from consult.phase2_preparation.comment_sheets.words import EN, ZH
from consult.phase2_preparation.enums import ENTERED
from consult.phase2_preparation.forms.sheets import FORMS, MOST_SIZE
from consult.phase2_preparation.models import Round, SheetImport
from consult.phase2_preparation.queries.sheets import WORDS, get_sheet
from consult.phase2_preparation.sheet_answers import GB, answer_form
from consult.phase2_preparation.sheet_forms import WHATS
from consult.phase2_preparation.sheet_lines import SheetLine, SheetView, sheet_view
from plans.register.api.given import values_of
from plans.register.models import Plan
from stakeholders.files.actions import upload_file
from stakeholders.files.api import described_files


class SendSheetSerializer(S):
    file = serializers.FileField()
    source: Any = serializers.ChoiceField(
        choices=sorted(ENTERED),
        default="",
        allow_blank=True,
        help_text="Of a form that came by mail, for the joint office only.",
    )


class SheetFaultSerializer(S):
    cell = serializers.CharField()
    text = serializers.CharField()


class SheetRowSerializer(S):
    name = serializers.CharField()
    line = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=[one.value for one in Outcome])
    chosen = serializers.BooleanField()
    key = serializers.CharField()
    item = serializers.CharField()
    type = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    wording_zh = serializers.CharField()
    wording_en = serializers.CharField()
    faults = SheetFaultSerializer(many=True)


class MissingCommentSerializer(S):
    name = serializers.CharField()
    key = serializers.CharField()
    chosen = serializers.BooleanField()


class SheetSerializer(S):
    """What a form would do. `seen` is given back when it is entered."""

    id = serializers.UUIDField()
    seen = serializers.CharField()
    entered_at = serializers.DateTimeField(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    result = serializers.DictField(child=serializers.IntegerField())
    rows = SheetRowSerializer(many=True)
    missing = MissingCommentSerializer(many=True)


class ChooseSerializer(S):
    choices = serializers.DictField(
        child=serializers.BooleanField(), help_text="Name of a row -> whether it is entered."
    )


class EnterSheetSerializer(S):
    seen = serializers.CharField(max_length=100)
    whole = serializers.BooleanField(default=True)
    share = serializers.BooleanField(default=True)


class EnterSheetOpinionSerializer(LetterFields):
    seen = serializers.CharField(max_length=100)
    whole = serializers.BooleanField(default=True)


class SheetsView(APIView):
    """Sends a form filled in; nothing is written before it is entered."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=SendSheetSerializer, responses={201: SheetSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        data = values_of(SendSheetSerializer, request)
        if data["source"]:
            rules.require(OFFICE_ACT, actor=request.actor, plan=plan)
        else:
            code = request.actor.jurisdiction_code
            rules.require(ACT, actor=request.actor, plan=plan, code=code)
        stored = upload_file(
            actor=request.actor,
            upload=data["file"],
            kinds=FORMS,
            max_size=MOST_SIZE,
            plan_key=plan.key,
        )
        made = actions.start_sheet(
            actor=request.actor, plan=plan, one=one, file=stored, source=data["source"]
        )
        return Response(_shown(one, made), status=201)


class OneSheetView(APIView):
    @extend_schema(operation_id="plans_rounds_forms_retrieve", responses=SheetSerializer)
    def get(self, request: Request, key: str, number: int, pk: UUID) -> Response:
        _plan, one, found = _sheet(request, key, number, pk)
        return Response(_shown(one, found))

    @extend_schema(request=ChooseSerializer, responses=SheetSerializer)
    def put(self, request: Request, key: str, number: int, pk: UUID) -> Response:
        """Chooses rows otherwise than proposed."""
        plan, one, _found = _sheet(request, key, number, pk)
        data = values_of(ChooseSerializer, request)
        found = actions.choose_rows(actor=request.actor, plan=plan, one=one, pk=pk, **data)
        return Response(_shown(one, found))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, key: str, number: int, pk: UUID) -> Response:
        plan, one, _found = _sheet(request, key, number, pk)
        actions.drop_sheet(actor=request.actor, plan=plan, one=one, pk=pk)
        return Response(status=204)


class EnterSheetView(APIView):
    @extend_schema(request=EnterSheetSerializer, responses=SheetSerializer)
    def post(self, request: Request, key: str, number: int, pk: UUID) -> Response:
        plan, one, _found = _sheet(request, key, number, pk)
        data = values_of(EnterSheetSerializer, request)
        found = actions.enter_sheet(actor=request.actor, plan=plan, one=one, pk=pk, **data)
        return Response(_shown(one, found))


class EnterSheetOpinionView(APIView):
    @extend_schema(request=EnterSheetOpinionSerializer, responses={201: ReplyMadeSerializer})
    def post(self, request: Request, key: str, number: int, pk: UUID) -> Response:
        plan, one, _found = _sheet(request, key, number, pk)
        data = values_of(EnterSheetOpinionSerializer, request)
        reply = actions.enter_sheet_opinion(
            actor=request.actor,
            plan=plan,
            one=one,
            pk=pk,
            seen=data["seen"],
            whole=data["whole"],
            letter=letter_given(request, plan, data),
        )
        return Response(ReplyMadeSerializer(reply).data, status=201)


class SheetFileView(APIView):
    """A form as a file: empty, with the own drafts, or compiled with the dispositions."""

    @extend_schema(
        operation_id="plans_rounds_forms_document",
        parameters=[
            OpenApiParameter("what", str, "path", enum=list(WHATS)),
            OpenApiParameter("kind", str, "path", enum=list(MEDIA_TYPES)),
            OpenApiParameter("language", str, enum=[ZH, EN]),
            OpenApiParameter("encoding", str, enum=[GB], description="Of a csv file."),
        ],
        responses=described_files(MEDIA_TYPES.values()),
    )
    def get(self, request: Request, key: str, number: int, what: str, kind: str) -> HttpResponse:
        plan, one = round_given(request, key, number)
        said = request.query_params
        return answer_form(
            actor=request.actor,
            plan=plan,
            one=one,
            what=what,
            kind=kind,
            language=said.get("language", ZH),
            encoding=said.get("encoding", ""),
        )


def _sheet(request: Request, key: str, number: int, pk: UUID) -> tuple[Plan, Round, SheetImport]:
    plan, one = round_given(request, key, number)
    require_door(actor=request.actor, plan=plan)
    found = get_sheet(actor=request.actor, one=one, pk=pk)
    require_sheet(actor=request.actor, plan=plan, sheet=found)
    return plan, one, found


def _shown(one: Round, found: SheetImport) -> Any:
    view: SheetView = sheet_view(one=one, sheet=found)
    values = {
        "id": found.pk,
        "seen": view.seen,
        "entered_at": found.entered_at,
        "counts": view.counts,
        "result": found.result,
        "rows": [_row(line) for line in view.lines],
        "missing": [
            {"name": one.name, "key": one.held.key, "chosen": one.is_chosen} for one in view.missing
        ],
    }
    return SheetSerializer(values).data


def _row(line: SheetLine) -> dict[str, object]:
    words: Words = line.planned.words
    return {
        "name": line.name,
        "line": line.number,
        "outcome": line.outcome.value,
        "chosen": line.is_chosen,
        "key": line.planned.key,
        "item": words.item,
        "type": words.type,
        **{name: getattr(words, name) for name in WORDS},
        "faults": [{"cell": fault.place, "text": str(fault.text)} for fault in line.faults],
    }


ROUND = "plans/<slug:key>/rounds/<int:number>/"
FORM = ROUND + "forms/<uuid:pk>/"
urlpatterns = [
    path(ROUND + "forms/", SheetsView.as_view(), name="round-forms"),
    path(ROUND + "forms/<slug:what>.<slug:kind>", SheetFileView.as_view(), name="form-file"),
    path(FORM, OneSheetView.as_view(), name="form"),
    path(FORM + "enter/", EnterSheetView.as_view(), name="form-enter"),
    path(FORM + "opinion/", EnterSheetOpinionView.as_view(), name="form-opinion"),
]
