"""The life of a sign-off for programs: preconditions, recall, closing, former ones, reopening.

An override binds two persons and is given by form only; it is read here.
"""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase1_organization.queries import charter_in_force
from consult.phase3_identification import actions
from consult.phase3_identification.api.sign_offs import (
    ReasonSerializer,
    SignOffSerializer,
    find_sign_off,
    state_of,
)
from consult.phase3_identification.board import board
from consult.phase3_identification.models import ReopeningRequest
from consult.phase3_identification.queries import (
    ended_sign_offs,
    readiness,
    requests_of,
    revision_at,
    sees,
)
from consult.phase3_identification.queries.preconditions import Asked
from consult.phase3_identification.rules import ACTS
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.terms import clock


class MissingSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()


class PreconditionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    is_met = serializers.BooleanField()
    is_hard = serializers.BooleanField()
    missing = MissingSerializer(many=True)


class AskedSerializer(serializers.Serializer[Any]):
    party = serializers.CharField(source="party.jurisdiction_id")
    items = serializers.IntegerField()
    signatories = serializers.SerializerMethodField()

    def get_signatories(self, asked: Asked) -> int:
        return len(asked.signatories)


class ReadinessSerializer(serializers.Serializer[Any]):
    is_ready = serializers.BooleanField()
    preconditions = PreconditionSerializer(many=True)
    asked = AskedSerializer(many=True)


class ProposalSerializer(serializers.Serializer[Any]):
    proposal = serializers.CharField(help_text="Hash of what waits for the second person.")


class FormerSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    revision = serializers.CharField(source="end.revision.hash")
    outcome = serializers.CharField(source="end.outcome")
    opened_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(source="end.at")


class AskReopeningSerializer(ReasonSerializer):
    items = serializers.ListField(child=serializers.SlugField())


class RequestSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    party = serializers.CharField()
    items = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    is_accepted = serializers.BooleanField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)


class OverrideSerializer(serializers.Serializer[Any]):
    item = serializers.CharField()
    reason = serializers.CharField()
    mandates = serializers.ListField(child=serializers.IntegerField())
    at = serializers.DateTimeField()


def said_of(row: ReopeningRequest) -> dict[str, object]:
    answer = getattr(row, "answer", None)
    return {
        "id": row.pk,
        "party": str(row.jurisdiction_id),
        "items": [one.item.key for one in row.items.all()],
        "reason": row.reason,
        "at": row.at,
        "is_accepted": answer.is_accepted if answer else None,
        "answer": answer.reason if answer else "",
    }


class ReadinessView(APIView):
    """What has to hold before a sign-off opens, and who would be asked."""

    @extend_schema(responses=ReadinessSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require("sign_off.open", ACTS, actor=request.actor, plan=plan)
        found = readiness(plan, charter=charter_in_force(plan), at=clock.now())
        return Response(ReadinessSerializer(found).data)


def _now(request: Request, key: str) -> Response:
    plan, sign_off = find_sign_off(request, key)
    return Response(SignOffSerializer(state_of(sign_off, plan)).data)


class RecallView(APIView):
    @extend_schema(request=ReasonSerializer, responses=SignOffSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = ReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.recall_sign_off(actor=request.actor, plan=plan, **asked.validated_data)
        return _now(request, key)


class CloseEarlyView(APIView):
    @extend_schema(request=None, responses=SignOffSerializer)
    def post(self, request: Request, key: str) -> Response:
        actions.close_early(actor=request.actor, plan=get_plan(actor=request.actor, key=key))
        return _now(request, key)


class PrepareCloseView(APIView):
    """Where the charter asks for two: lay the close before a second person."""

    @extend_schema(request=None, responses={201: ProposalSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        proposal = actions.prepare_close(actor=request.actor, plan=plan)
        return Response(ProposalSerializer({"proposal": proposal.hash}).data, status=201)


class ConfirmCloseView(APIView):
    @extend_schema(request=ProposalSerializer, responses=SignOffSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = ProposalSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data["proposal"]
        actions.confirm_close(actor=request.actor, plan=plan, proposal_hash=wanted)
        return _now(request, key)


class RefuseCloseView(APIView):
    @extend_schema(request=ReasonSerializer, responses=SignOffSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = ReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.refuse_prepared_close(actor=request.actor, plan=plan, **asked.validated_data)
        return _now(request, key)


class FormerView(APIView):
    """The sign-offs of a plan that have ended, newest first."""

    @extend_schema(responses=FormerSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        return Response(FormerSerializer(ended_sign_offs(plan), many=True).data)


class ReopeningsView(APIView):
    """Requests of parties to reopen items of the newest sign-off."""

    @extend_schema(responses=RequestSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        _plan, sign_off = find_sign_off(request, key)
        rows = [said_of(row) for row in requests_of(sign_off)]
        return Response(RequestSerializer(rows, many=True).data)

    @extend_schema(request=AskReopeningSerializer, responses={201: RequestSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = AskReopeningSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = actions.ask_to_reopen(actor=request.actor, plan=plan, **asked.validated_data)
        return Response(RequestSerializer(said_of(row)).data, status=201)


class RefuseReopeningView(APIView):
    @extend_schema(request=ReasonSerializer, responses=RequestSerializer)
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = ReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        answer = actions.refuse_reopening(
            actor=request.actor, plan=plan, pk=pk, **asked.validated_data
        )
        return Response(RequestSerializer(said_of(answer.request)).data)


class OverridesView(APIView):
    """The overrides of the newest sign-off; they are given by form only."""

    @extend_schema(responses=OverrideSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan, sign_off = find_sign_off(request, key)
        sight = sees(sign_off, actor=request.actor, at=clock.now())
        state = board(sign_off=sign_off, revision=revision_at(sign_off, plan=plan), sees=sight)
        rows = [
            {
                "item": row.key,
                "reason": row.override.reason,
                "mandates": [row.override.mandate_id, row.override.second_id],
                "at": row.override.at,
            }
            for row in state.rows
            if row.override
        ]
        return Response(OverrideSerializer(rows, many=True).data)


BASE = "plans/<slug:key>/sign-off/"
urlpatterns = [
    path(f"{BASE}preconditions/", ReadinessView.as_view()),
    path(f"{BASE}recall/", RecallView.as_view()),
    path(f"{BASE}close-early/", CloseEarlyView.as_view()),
    path(f"{BASE}close/prepare/", PrepareCloseView.as_view()),
    path(f"{BASE}close/confirm/", ConfirmCloseView.as_view()),
    path(f"{BASE}close/refuse/", RefuseCloseView.as_view()),
    path(f"{BASE}former/", FormerView.as_view()),
    path(f"{BASE}reopening/", ReopeningsView.as_view()),
    path(f"{BASE}reopening/<int:pk>/refuse/", RefuseReopeningView.as_view()),
    path(f"{BASE}overrides/", OverridesView.as_view()),
]
