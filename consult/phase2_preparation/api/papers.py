"""Result sheets, the checklist and opinions of neighbours for programs: the same acts as the pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation.actions.checklists import (
    confirm_checklist_paper,
    file_checklist_paper,
    waive_checklist_paper,
)
from consult.phase2_preparation.actions.displays import finish_display, write_display
from consult.phase2_preparation.actions.neighbours import (
    answer_neighbour_opinion,
    file_neighbour_opinion,
)
from consult.phase2_preparation.api.given import LetterFields, S, letter_given
from consult.phase2_preparation.enums import NeighbourResult
from consult.phase2_preparation.queries.checklists import Standing, checklist, get_entry
from consult.phase2_preparation.queries.displays import get_display, sheets_of
from consult.phase2_preparation.queries.neighbours import get_opinion, shown_opinions
from consult.phase2_preparation.steps.papers import Issue, SheetText, Signed
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS
from stakeholders.files.models import StoredFile

SHEET = ("place_zh", "place_en", "main_zh", "main_en", "result_zh", "result_en", "attachments")


def _text() -> serializers.CharField:
    return serializers.CharField(default="", allow_blank=True, max_length=20_000)


class FileFields(S):
    file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


def file_given(request: Request, plan: Plan, data: dict[str, Any]) -> StoredFile | None:
    """The upload named, taken up. Invalid for one that is not the caller's."""
    if data["file"] is None:
        return None
    return take_upload(
        actor=request.actor, pk=data["file"], kinds=LETTERS, plan_key=plan.key, field="file"
    )


class IssueFields(S):
    document_number = serializers.CharField(max_length=80)
    issued_on = serializers.DateField()
    issuer = serializers.CharField(max_length=120)


def issue_of(data: dict[str, Any]) -> Issue:
    return Issue(number=data["document_number"], on=data["issued_on"], issuer=data["issuer"])


class WriteSheetSerializer(FileFields):
    place_zh = _text()
    place_en = _text()
    main_zh = _text()
    main_en = _text()
    result_zh = _text()
    result_en = _text()
    attachments = _text()
    base = serializers.IntegerField(default=None, allow_null=True, min_value=0)


class DisplaySheetSerializer(S):
    number = serializers.IntegerField()
    place_zh = serializers.CharField()
    place_en = serializers.CharField()
    main_zh = serializers.CharField()
    main_en = serializers.CharField()
    result_zh = serializers.CharField()
    result_en = serializers.CharField()
    attachments = serializers.CharField()
    document_number = serializers.CharField(
        source="finish.document_number", default=None, allow_null=True
    )
    at = serializers.DateTimeField()


class FinishSheetSerializer(IssueFields):
    number = serializers.IntegerField(min_value=1)


class PaperLineSerializer(S):
    paper = serializers.CharField(source="paper.key")
    name = serializers.CharField(source="paper.name")
    source: Any = serializers.CharField(source="paper.source")
    is_required = serializers.BooleanField()
    standing = serializers.ChoiceField(choices=[one.value for one in Standing])
    entry = serializers.IntegerField(source="entry.pk", default=None, allow_null=True)
    document_number = serializers.CharField(source="entry.document_number", default="")


class FilePaperSerializer(IssueFields, FileFields):
    chair = serializers.CharField(default="", allow_blank=True, max_length=60)
    signers = serializers.CharField(default="", allow_blank=True, max_length=500)


class WaiveSerializer(S):
    reason = serializers.CharField(max_length=500)


class ConfirmSerializer(S):
    agrees = serializers.BooleanField()
    reason = serializers.CharField(default="", allow_blank=True, max_length=500)


class WrittenSerializer(S):
    result = serializers.ChoiceField(choices=NeighbourResult.choices)
    letter_number = serializers.CharField()
    letter_on = serializers.DateField(allow_null=True)
    round = serializers.IntegerField(allow_null=True)
    opinion = serializers.IntegerField(source="opinion.pk", default=None, allow_null=True)
    comments = serializers.IntegerField()
    answered = serializers.IntegerField()


class NeighbourSerializer(S):
    jurisdiction = serializers.CharField(source="jurisdiction.code")
    is_answered = serializers.BooleanField()
    written = WrittenSerializer(many=True)


class FileOpinionSerializer(LetterFields):
    code = serializers.CharField(max_length=6)
    result = serializers.ChoiceField(choices=NeighbourResult.choices)
    text = _text()


class AnswerOpinionSerializer(LetterFields):
    text = serializers.CharField(max_length=20_000)


class PaperMadeSerializer(S):
    id = serializers.IntegerField()


def _made(row: Any) -> Response:
    return Response({"id": row.pk}, status=201)


class DisplayView(APIView):
    """The versions of the result sheet of a display round; POST writes the next one."""

    @extend_schema(operation_id="plans_display_list", responses=DisplaySheetSerializer(many=True))
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        one = get_display(plan, number=number)
        rows = sheets_of(actor=request.actor, one=one)
        return Response(DisplaySheetSerializer(many=True, instance=rows).data)

    @extend_schema(request=WriteSheetSerializer, responses={201: DisplaySheetSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(WriteSheetSerializer, request)
        row = write_display(
            actor=request.actor,
            plan=plan,
            one=get_display(plan, number=number),
            text=SheetText(**{name: data[name] for name in SHEET}),
            file=file_given(request, plan, data),
            base=data["base"],
        )
        return Response(DisplaySheetSerializer(row).data, status=201)


class DisplayFinishView(APIView):
    @extend_schema(request=FinishSheetSerializer, responses={201: PaperMadeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(FinishSheetSerializer, request)
        row = finish_display(
            actor=request.actor,
            plan=plan,
            one=get_display(plan, number=number),
            number=data["number"],
            issue=issue_of(data),
        )
        return _made(row)


class ChecklistView(APIView):
    """The papers that the plan's kind needs, and how each stands."""

    @extend_schema(operation_id="plans_checklist_list", responses=PaperLineSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        return Response(PaperLineSerializer(many=True, instance=checklist(plan)).data)


class PaperFileView(APIView):
    @extend_schema(request=FilePaperSerializer, responses={201: PaperMadeSerializer})
    def post(self, request: Request, key: str, paper: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(FilePaperSerializer, request)
        row = file_checklist_paper(
            actor=request.actor,
            plan=plan,
            paper=paper,
            issue=issue_of(data),
            signed=Signed(chair=data["chair"], signers=data["signers"]),
            file=file_given(request, plan, data),
        )
        return _made(row)


class PaperWaiveView(APIView):
    @extend_schema(request=WaiveSerializer, responses={201: PaperMadeSerializer})
    def post(self, request: Request, key: str, paper: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(WaiveSerializer, request)
        return _made(waive_checklist_paper(actor=request.actor, plan=plan, paper=paper, **data))


class PaperConfirmView(APIView):
    @extend_schema(request=ConfirmSerializer, responses={201: PaperMadeSerializer})
    def post(self, request: Request, key: str, entry: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(ConfirmSerializer, request)
        found = get_entry(plan, pk=entry)
        return _made(confirm_checklist_paper(actor=request.actor, plan=plan, entry=found, **data))


class NeighboursView(APIView):
    """What each consulted neighbour wrote and whether it is answered; POST files an opinion."""

    @extend_schema(operation_id="plans_neighbours_list", responses=NeighbourSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows = shown_opinions(actor=request.actor, plan=plan)
        return Response(NeighbourSerializer(many=True, instance=rows).data)

    @extend_schema(request=FileOpinionSerializer, responses={201: PaperMadeSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(FileOpinionSerializer, request)
        row = file_neighbour_opinion(
            actor=request.actor,
            plan=plan,
            code=data["code"],
            result=data["result"],
            text=data["text"],
            letter=letter_given(request, plan, data),
        )
        return _made(row)


class NeighbourAnswerView(APIView):
    @extend_schema(request=AnswerOpinionSerializer, responses={201: PaperMadeSerializer})
    def post(self, request: Request, key: str, opinion: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(AnswerOpinionSerializer, request)
        row = answer_neighbour_opinion(
            actor=request.actor,
            plan=plan,
            opinion=get_opinion(actor=request.actor, plan=plan, pk=opinion),
            text=data["text"],
            letter=letter_given(request, plan, data),
        )
        return _made(row)


PLAN = "plans/<slug:key>/"
DISPLAY = PLAN + "rounds/<int:number>/display/"
CHECKLIST = PLAN + "checklist/"
urlpatterns = [
    path(DISPLAY, DisplayView.as_view(), name="display"),
    path(DISPLAY + "finish/", DisplayFinishView.as_view(), name="display-finish"),
    path(CHECKLIST, ChecklistView.as_view(), name="checklist"),
    path(CHECKLIST + "<slug:paper>/file/", PaperFileView.as_view(), name="paper-file"),
    path(CHECKLIST + "<slug:paper>/waive/", PaperWaiveView.as_view(), name="paper-waive"),
    path(
        CHECKLIST + "entries/<int:entry>/confirm/",
        PaperConfirmView.as_view(),
        name="paper-confirm",
    ),
    path(PLAN + "neighbours/", NeighboursView.as_view(), name="neighbours"),
    path(
        PLAN + "neighbours/<int:opinion>/answer/",
        NeighbourAnswerView.as_view(),
        name="neighbour-answer",
    ),
]
