"""Cases over the API: the list, one with all that was said in it, and every act on it."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.matters.enums import Level
from consult.matters.forms import LONG
from consult.matters.steps import Wording
from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.enums import CaseOutcome, CasePart, CaseState
from consult.phase4_implementation.models import (
    Case,
    CaseAnswer,
    CaseEnd,
    CaseMove,
    CaseParty,
    CaseView,
)
from consult.phase4_implementation.queries import CaseRow, CasesAsked
from consult.phase4_implementation.steps import AnswerText
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile

CODE = r"^[1-9]\d{5}$"
UPLOAD = "The id of an upload of one's own."


class CasePartySerializer(serializers.ModelSerializer[CaseParty]):
    part = serializers.ChoiceField(choices=CasePart.choices)

    class Meta:
        model = CaseParty
        fields = ["jurisdiction", "part"]


class GivenAnswerSerializer(serializers.ModelSerializer[CaseAnswer]):
    class Meta:
        model = CaseAnswer
        fields = [
            "id",
            "jurisdiction",
            "cause_zh",
            "cause_en",
            "measure_zh",
            "measure_en",
            "done_on",
            "is_on_behalf",
            "at",
        ]


class NeighbourViewSerializer(serializers.ModelSerializer[CaseView]):
    class Meta:
        model = CaseView
        fields = ["id", "jurisdiction", "accepts", "text_zh", "text_en", "at"]


class CaseMoveSerializer(serializers.ModelSerializer[CaseMove]):
    class Meta:
        model = CaseMove
        fields = ["level", "due_at", "note", "at"]


class CaseEndSerializer(serializers.ModelSerializer[CaseEnd]):
    matter = serializers.CharField(source="matter.key", default=None, allow_null=True)

    class Meta:
        model = CaseEnd
        fields = ["outcome", "reason_zh", "reason_en", "matter", "at"]


class CaseRowSerializer(serializers.Serializer[Any]):
    """A case and where it stands: `turn` are the jurisdictions whose move it is; when there is
    none and the case is open, the joint office closes it."""

    number = serializers.IntegerField(source="case.number")
    warning = serializers.IntegerField(source="case.warning_id")
    item = serializers.CharField(source="reading.item.key")
    jurisdiction = serializers.CharField(source="reading.jurisdiction_id", allow_null=True)
    opened_at = serializers.DateTimeField(source="case.at")
    state = serializers.ChoiceField(choices=CaseState.choices, source="standing.state")
    level = serializers.ChoiceField(choices=Level.choices, source="standing.level")
    due_at = serializers.DateTimeField(source="standing.due_at", allow_null=True)
    is_late = serializers.BooleanField(source="standing.is_late")
    turn = serializers.ListField(child=serializers.CharField(), source="standing.turn")
    parties = CasePartySerializer(many=True)
    answers = GivenAnswerSerializer(many=True)
    views = NeighbourViewSerializer(many=True)
    moves = CaseMoveSerializer(many=True)
    end = CaseEndSerializer(allow_null=True)


class AnswerCaseSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.RegexField(CODE)
    cause_zh = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    cause_en = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    measure_zh = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    measure_en = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    done_on = serializers.DateField()
    file = serializers.UUIDField(default=None, allow_null=True, help_text=UPLOAD)


class ViewCaseSerializer(serializers.Serializer[Any]):
    accepts = serializers.BooleanField()
    text_zh = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    text_en = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    file = serializers.UUIDField(default=None, allow_null=True, help_text=UPLOAD)


class RaiseCaseSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=LONG)


class CloseCaseSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=CaseOutcome.choices)
    reason_zh = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    reason_en = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    file = serializers.UUIDField(default=None, allow_null=True, help_text=UPLOAD)


def load(request: Request, key: str, number: int) -> tuple[Plan, CaseRow]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_case(actor=request.actor, plan=plan, number=number)


def _answer(request: Request, key: str, number: int) -> Response:
    _plan, row = load(request, key, number)
    return Response(CaseRowSerializer(row).data)


def _file(request: Request, plan: Plan, values: dict[str, Any]) -> StoredFile | None:
    pk = values.pop("file")
    if pk is None:
        return None
    return take_upload(
        actor=request.actor, pk=pk, kinds=frozenset(Kind), plan_key=plan.key, field="file"
    )


class CaseListView(GenericAPIView):
    """The cases of a plan, newest first; `state`, `indicator`, `jurisdiction`, `level` narrow it."""

    queryset = Case.objects.none()
    serializer_class = CaseRowSerializer

    @extend_schema(operation_id="plans_cases_list", responses=CaseRowSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = request.query_params
        names = ("state", "indicator", "jurisdiction", "level")
        asked = CasesAsked(**{name: given.get(name, "") for name in names})
        rows = queries.listed_cases(actor=request.actor, plan=plan, asked=asked, order="-number")
        page = self.paginate_queryset(rows)  # type: ignore[arg-type]
        return self.get_paginated_response(CaseRowSerializer(page, many=True).data)


class CaseDetailView(APIView):
    """One case with all that was said in it."""

    @extend_schema(operation_id="plans_cases_retrieve", responses=CaseRowSerializer)
    def get(self, request: Request, key: str, number: int) -> Response:
        return _answer(request, key, number)


class CaseAnswersView(APIView):
    """Name cause, measure and date for one's own jurisdiction; the joint office for any."""

    @extend_schema(request=AnswerCaseSerializer, responses=CaseRowSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, row = load(request, key, number)
        values = values_of(AnswerCaseSerializer, request)
        said = AnswerText(
            cause=Wording(zh=values["cause_zh"], en=values["cause_en"]),
            measure=Wording(zh=values["measure_zh"], en=values["measure_en"]),
            done_on=values["done_on"],
            file=_file(request, plan, values),
        )
        actions.answer_case(
            actor=request.actor,
            plan=plan,
            case=row,
            jurisdiction=values["jurisdiction"],
            said=said,
        )
        return _answer(request, key, number)


class CaseViewsView(APIView):
    """Accept the measure as a neighbour, or ask for more."""

    @extend_schema(request=ViewCaseSerializer, responses=CaseRowSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, row = load(request, key, number)
        values = values_of(ViewCaseSerializer, request)
        actions.view_case(
            actor=request.actor,
            plan=plan,
            case=row,
            accepts=values["accepts"],
            text=Wording(zh=values["text_zh"], en=values["text_en"]),
            file=_file(request, plan, values),
        )
        return _answer(request, key, number)


class CaseRaiseView(APIView):
    """Pass the case on to the next step of the ladder."""

    @extend_schema(request=RaiseCaseSerializer, responses=CaseRowSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, row = load(request, key, number)
        values = values_of(RaiseCaseSerializer, request)
        actions.raise_case(actor=request.actor, plan=plan, case=row, **values)
        return _answer(request, key, number)


class CaseCloseView(APIView):
    """Close the case: struck off, handed over as a matter, or a false alarm."""

    @extend_schema(request=CloseCaseSerializer, responses=CaseRowSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, row = load(request, key, number)
        values = values_of(CloseCaseSerializer, request)
        ending = actions.Ending(
            outcome=values["outcome"],
            reason=Wording(zh=values["reason_zh"], en=values["reason_en"]),
            file=_file(request, plan, values),
        )
        actions.close_case(actor=request.actor, plan=plan, case=row, ending=ending)
        return _answer(request, key, number)


ONE = "plans/<slug:key>/cases/<int:number>/"
urlpatterns = [
    path("plans/<slug:key>/cases/", CaseListView.as_view(), name="cases"),
    path(ONE, CaseDetailView.as_view(), name="case"),
    path(f"{ONE}answers/", CaseAnswersView.as_view(), name="case-answers"),
    path(f"{ONE}views/", CaseViewsView.as_view(), name="case-views"),
    path(f"{ONE}raise/", CaseRaiseView.as_view(), name="case-raise"),
    path(f"{ONE}close/", CaseCloseView.as_view(), name="case-close"),
]
