"""The changes of the text in force for programs. The signatory's word on an adjustment is form only."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.workflow import actions
from consult.workflow.enums import ChangeStep, ChangeWay, Standing
from consult.workflow.models import TextChangeStep
from consult.workflow.queries.changes import changes_of, get_change
from consult.workflow.rules import require_by_program
from plans.register.api.given import values_of
from plans.register.api.plans import RevisionSerializer
from plans.register.models import Plan
from plans.register.queries import get_plan


class TextChangeStepSerializer(serializers.ModelSerializer[TextChangeStep]):
    step = serializers.ChoiceField(choices=ChangeStep.choices)
    jurisdiction = serializers.CharField(source="jurisdiction_id", allow_null=True)
    revision = serializers.IntegerField(source="revision.number", default=None, allow_null=True)

    class Meta:
        model = TextChangeStep
        fields = ["step", "jurisdiction", "wording_hash", "revision", "reason", "at"]


class TextChangeSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="row.number")
    way = serializers.ChoiceField(choices=ChangeWay.choices)
    items = serializers.ListField(child=serializers.CharField(), source="row.items")
    reason_zh = serializers.CharField(source="row.reason_zh")
    reason_en = serializers.CharField(source="row.reason_en")
    letter = serializers.CharField(source="row.letter")
    jurisdiction = serializers.CharField(source="row.jurisdiction_id", allow_null=True)
    standing = serializers.ChoiceField(choices=Standing.choices, source="state.standing")
    steps = TextChangeStepSerializer(many=True)


class OpenTextChangeSerializer(serializers.Serializer[Any]):
    way = serializers.ChoiceField(choices=ChangeWay.choices)
    items = serializers.ListField(child=serializers.CharField(max_length=60), max_length=1000)
    reason_zh = serializers.CharField(max_length=4000)
    reason_en = serializers.CharField(max_length=4000, default="", allow_blank=True)
    letter = serializers.CharField(max_length=120, default="", allow_blank=True)
    jurisdiction = serializers.RegexField(r"^[1-9]\d{5}$", default=None, allow_null=True)


class AnswerTextChangeSerializer(serializers.Serializer[Any]):
    wording = serializers.CharField(max_length=80)
    confirms = serializers.BooleanField()
    reason = serializers.CharField(max_length=4000, default="", allow_blank=True)


class WithdrawTextChangeSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=4000)


class TextChangesView(GenericAPIView[Any]):
    """The changes of the text in force, newest first; opening one."""

    @extend_schema(
        operation_id="plans_text_changes_list", responses=TextChangeSerializer(many=True)
    )
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found: Any = changes_of(plan)
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(TextChangeSerializer(page, many=True).data)

    @extend_schema(request=OpenTextChangeSerializer, responses={201: TextChangeSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(OpenTextChangeSerializer, request)
        made = actions.open_text_change(actor=request.actor, plan=plan, **values)
        return _shown(plan, made.number, status=201)


class TextChangeView(APIView):
    @extend_schema(operation_id="plans_text_changes_retrieve", responses=TextChangeSerializer)
    def get(self, request: Request, key: str, number: int) -> Response:
        return _shown(get_plan(actor=request.actor, key=key), number)


class PutForwardView(APIView):
    """Put the wording of a correction or an adjustment to the parties it concerns."""

    @extend_schema(request=None, responses={201: TextChangeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        actions.put_forward(actor=request.actor, plan=plan, number=number)
        return _shown(plan, number, status=201)


class AnswerCorrectionView(APIView):
    """A party's word on a correction; that on an adjustment binds it and is given by form only."""

    @extend_schema(request=AnswerTextChangeSerializer, responses={201: TextChangeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_by_program(get_change(plan, number=number).way)
        values = values_of(AnswerTextChangeSerializer, request)
        actions.answer_text_change(actor=request.actor, plan=plan, number=number, **values)
        return _shown(plan, number, status=201)


class EnforceView(APIView):
    """Put a confirmed correction or adjustment in force."""

    @extend_schema(request=None, responses={201: RevisionSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        revision = actions.enforce(actor=request.actor, plan=plan, number=number)
        return Response(RevisionSerializer(revision).data, status=201)


class WithdrawTextChangeView(APIView):
    @extend_schema(request=WithdrawTextChangeSerializer, responses={201: TextChangeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(WithdrawTextChangeSerializer, request)
        actions.withdraw_text_change(actor=request.actor, plan=plan, number=number, **values)
        return _shown(plan, number, status=201)


def _shown(plan: Plan, number: int, status: int = 200) -> Response:
    found: Any = get_change(plan, number=number)
    return Response(TextChangeSerializer(found).data, status=status)


ROOM = "plans/<slug:key>/text-changes/"
urlpatterns = [
    path(ROOM, TextChangesView.as_view()),
    path(f"{ROOM}<int:number>/", TextChangeView.as_view()),
    path(f"{ROOM}<int:number>/put/", PutForwardView.as_view()),
    path(f"{ROOM}<int:number>/answer/", AnswerCorrectionView.as_view()),
    path(f"{ROOM}<int:number>/enforce/", EnforceView.as_view()),
    path(f"{ROOM}<int:number>/withdraw/", WithdrawTextChangeView.as_view()),
]
