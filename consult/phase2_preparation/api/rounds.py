"""Rounds for programs: the same acts and the same sight as the pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation import actions, queries
from consult.phase2_preparation.api.given import (
    LetterFields,
    OpinionFields,
    S,
    letter_given,
    opinions_of,
    round_given,
)
from consult.phase2_preparation.api.replies import ReplyMadeSerializer
from consult.phase2_preparation.enums import (
    ENTERED,
    Audience,
    RoundKind,
    Standing,
)
from consult.phase2_preparation.lengths import HOUR, OPENING
from consult.phase2_preparation.models import Round, RoundExtension
from plans.register.api.given import InstantField, values_of
from plans.register.queries import get_plan


class RoundSerializer(serializers.ModelSerializer[Round]):
    revision = serializers.IntegerField(source="revision.number")
    repeats = serializers.IntegerField(source="repeats.number", allow_null=True, default=None)

    class Meta:
        model = Round
        fields = [
            "number",
            "revision",
            "kind",
            "repeats",
            "opens_at",
            "opens_on",
            "opens_hour",
            "closes_at",
            "closes_on",
            "closes_hour",
            "zone",
            "only_changed",
            "is_sealed",
            "is_official",
            "letter_days",
            "place",
            "media",
            "note",
            "closed_at",
            "recalled_at",
            "recall_reason",
        ]


class InvitedSerializer(S):
    audience = serializers.ChoiceField(source="invitee.audience", choices=Audience.choices)
    jurisdiction = serializers.CharField(source="invitee.jurisdiction_id", allow_null=True)
    body = serializers.CharField(
        source="invitee.organization.key", allow_null=True, default=None, help_text="Its key."
    )
    standing = serializers.ChoiceField(choices=Standing.choices)
    deadline = InstantField()
    comments = serializers.IntegerField(allow_null=True)
    is_late = serializers.BooleanField()
    waits_for_letter = serializers.BooleanField()


class OpenRoundSerializer(S):
    kind = serializers.ChoiceField(choices=RoundKind.choices, default=RoundKind.CONSULTATION.value)
    opens_on = serializers.DateField(default=None, allow_null=True)
    opens_hour = serializers.TimeField(default=OPENING)
    closes_on = serializers.DateField(default=None, allow_null=True)
    closes_hour = serializers.TimeField(default=HOUR)
    zone = serializers.CharField(default="", allow_blank=True, max_length=40)
    repeats = serializers.IntegerField(default=None, allow_null=True)
    only_changed = serializers.BooleanField(default=False)
    is_sealed = serializers.BooleanField(default=False)
    is_official = serializers.BooleanField(default=False)
    letter_days = serializers.IntegerField(default=None, allow_null=True)
    place = serializers.CharField(default="", allow_blank=True, max_length=300)
    media = serializers.CharField(default="", allow_blank=True, max_length=300)
    note = serializers.CharField(default="", allow_blank=True, max_length=300)
    codes = serializers.ListField(
        child=serializers.CharField(max_length=6), default=None, allow_null=True
    )
    units = serializers.ListField(child=serializers.CharField(max_length=6), default=list)
    bodies = serializers.ListField(child=serializers.CharField(max_length=20), default=list)


class WhoFields(S):
    """One who was asked: a unit by its code or a body by its key."""

    code = serializers.CharField(default=None, allow_null=True, max_length=6)
    body = serializers.CharField(default=None, allow_null=True, max_length=20)


class ExtendSerializer(WhoFields):
    closes_on = serializers.DateField()
    closes_hour = serializers.TimeField(default=HOUR)
    reason = serializers.CharField(max_length=300)


class ExtensionSerializer(serializers.ModelSerializer[RoundExtension]):
    jurisdiction = serializers.CharField(
        source="invitee.jurisdiction_id", allow_null=True, default=None
    )
    body = serializers.CharField(source="invitee.organization.key", allow_null=True, default=None)

    class Meta:
        model = RoundExtension
        fields = ["jurisdiction", "body", "is_late", "from_at", "to_at", "reason", "at"]


class RecallSerializer(S):
    reason = serializers.CharField(max_length=300)


class EnterOpinionSerializer(LetterFields):
    source: Any = serializers.ChoiceField(choices=sorted(ENTERED))
    received_on = serializers.DateField(default=None, allow_null=True)
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


class ExtensionsView(generics.ListAPIView[RoundExtension]):
    """Every later end that was given in a round."""

    serializer_class = ExtensionSerializer
    queryset = RoundExtension.objects.none()

    def get_queryset(self) -> Any:
        _plan, one = round_given(self.request, self.kwargs["key"], self.kwargs["number"])
        return queries.extensions_of(one)


class AdmitLateView(APIView):
    @extend_schema(request=ExtendSerializer, responses=RoundSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        data = values_of(ExtendSerializer, request)
        one = actions.admit_late(actor=request.actor, plan=plan, one=one, **data)
        return Response(RoundSerializer(one).data)


class RecallView(APIView):
    @extend_schema(request=RecallSerializer, responses=RoundSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        data = values_of(RecallSerializer, request)
        one = actions.recall_round(actor=request.actor, plan=plan, one=one, **data)
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
            opinions=opinions_of(data),
            received_on=data["received_on"],
        )
        return Response(ReplyMadeSerializer(reply).data, status=201)


PLAN = "plans/<slug:key>/"
ROUND = PLAN + "rounds/<int:number>/"
urlpatterns = [
    path(PLAN + "rounds/", RoundsView.as_view(), name="rounds"),
    path(ROUND, RoundView.as_view(), name="round"),
    path(ROUND + "extend/", ExtendView.as_view(), name="round-extend"),
    path(ROUND + "extensions/", ExtensionsView.as_view(), name="round-extensions"),
    path(ROUND + "admit-late/", AdmitLateView.as_view(), name="round-admit-late"),
    path(ROUND + "recall/", RecallView.as_view(), name="round-recall"),
    path(ROUND + "close/", CloseView.as_view(), name="round-close"),
    path(ROUND + "opinions/", OpinionsView.as_view(), name="round-opinions"),
]
