"""Rounds for programs: the same acts and the same sight as the pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation import actions, queries
from consult.phase2_preparation.actions import Opinion
from consult.phase2_preparation.api.given import (
    LetterFields,
    RemarkFields,
    S,
    letter_given,
    remark_of,
    round_given,
)
from consult.phase2_preparation.api.replies import ReplyMadeSerializer
from consult.phase2_preparation.enums import (
    ENTERED,
    RoundKind,
    Standing,
)
from consult.phase2_preparation.lengths import HOUR
from consult.phase2_preparation.models import Round
from plans.register.api.given import values_of
from plans.register.queries import get_plan


class RoundSerializer(serializers.ModelSerializer[Round]):
    revision = serializers.IntegerField(source="revision.number")

    class Meta:
        model = Round
        fields = [
            "number",
            "revision",
            "kind",
            "opens_at",
            "closes_at",
            "closes_on",
            "closes_hour",
            "zone",
            "only_changed",
            "is_sealed",
            "note",
            "closed_at",
        ]


class InvitedSerializer(S):
    jurisdiction = serializers.CharField(source="invitee.jurisdiction_id")
    standing = serializers.ChoiceField(choices=Standing.choices)
    deadline = serializers.DateTimeField()
    comments = serializers.IntegerField(allow_null=True)


class OpenRoundSerializer(S):
    kind = serializers.ChoiceField(choices=RoundKind.choices, default=RoundKind.CONSULTATION.value)
    closes_on = serializers.DateField(default=None, allow_null=True)
    closes_hour = serializers.TimeField(default=HOUR)
    only_changed = serializers.BooleanField(default=False)
    is_sealed = serializers.BooleanField(default=False)
    note = serializers.CharField(default="", allow_blank=True, max_length=300)
    codes = serializers.ListField(
        child=serializers.CharField(max_length=6), default=None, allow_null=True
    )


class ExtendSerializer(S):
    code = serializers.CharField(default=None, allow_null=True, max_length=6)
    closes_on = serializers.DateField()
    closes_hour = serializers.TimeField(default=HOUR)
    reason = serializers.CharField(max_length=300)


class OpinionFields(RemarkFields):
    item = serializers.CharField(default="", allow_blank=True)


class EnterOpinionSerializer(LetterFields):
    source: Any = serializers.ChoiceField(choices=sorted(ENTERED))
    opinions = OpinionFields(many=True)


class RoundsView(generics.ListAPIView[Round]):
    """The rounds of a plan; POST opens one on the latest revision."""

    serializer_class = RoundSerializer
    queryset = Round.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        return queries.rounds_of(plan)

    @extend_schema(request=OpenRoundSerializer, responses={201: RoundSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(OpenRoundSerializer, request)
        one = actions.open_round(actor=request.actor, plan=plan, **data)
        return Response(RoundSerializer(one).data, status=201)


class RoundView(APIView):
    """Who was asked in a round and who has answered, as far as the caller may know."""

    @extend_schema(operation_id="plans_rounds_invited_list", responses=InvitedSerializer(many=True))
    def get(self, request: Request, key: str, number: int) -> Response:
        _plan, one = round_given(request, key, number)
        rows = queries.progress(actor=request.actor, one=one)
        return Response(InvitedSerializer(many=True, instance=rows).data)


class ExtendView(APIView):
    @extend_schema(request=ExtendSerializer, responses=RoundSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        data = values_of(ExtendSerializer, request)
        one = actions.extend_round(actor=request.actor, plan=plan, one=one, **data)
        return Response(RoundSerializer(one).data)


class CloseView(APIView):
    @extend_schema(request=None, responses=RoundSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        one = actions.close_round(actor=request.actor, plan=plan, one=one)
        return Response(RoundSerializer(one).data)


class OpinionsView(APIView):
    @extend_schema(request=EnterOpinionSerializer, responses={201: ReplyMadeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        data = values_of(EnterOpinionSerializer, request)
        reply = actions.enter_opinion(
            actor=request.actor,
            plan=plan,
            one=one,
            source=data["source"],
            letter=letter_given(request, plan, data),
            opinions=[
                Opinion(remark=remark_of(given), item_key=given["item"])
                for given in data["opinions"]
            ],
        )
        return Response(ReplyMadeSerializer(reply).data, status=201)


PLAN = "plans/<slug:key>/"
ROUND = PLAN + "rounds/<int:number>/"
urlpatterns = [
    path(PLAN + "rounds/", RoundsView.as_view(), name="rounds"),
    path(ROUND, RoundView.as_view(), name="round"),
    path(ROUND + "extend/", ExtendView.as_view(), name="round-extend"),
    path(ROUND + "close/", CloseView.as_view(), name="round-close"),
    path(ROUND + "opinions/", OpinionsView.as_view(), name="round-opinions"),
]
