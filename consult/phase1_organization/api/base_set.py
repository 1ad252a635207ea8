"""Base map and base figures and their ballot, for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.phase1_organization import actions
from consult.phase1_organization.api.serializers import (
    BaseFileSerializer,
    BaseSetSerializer,
    CharterBallotEndSerializer,
    CharterReasonSerializer,
    OpenCharterBallotSerializer,
)
from consult.phase1_organization.base_set import base_set, shown_to
from plans.register.queries import get_plan
from plans.text.rules import sees_draft


class BaseView(GenericAPIView):
    """Base map and base figures (底图底数): the files, and where their agreement stands."""

    serializer_class = BaseSetSerializer

    @extend_schema(operation_id="base", responses=BaseSetSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = base_set(plan)
        data = BaseSetSerializer(found).data
        seen = shown_to(found.attachments, sees_draft=sees_draft(actor=request.actor, plan=plan))
        return Response({**data, "attachments": BaseFileSerializer(seen, many=True).data})


class OpenBaseBallot(GenericAPIView):
    serializer_class = OpenCharterBallotSerializer

    @extend_schema(
        operation_id="base_ballot_open",
        request=OpenCharterBallotSerializer,
        responses={201: BaseSetSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = OpenCharterBallotSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actions.open_base_ballot(actor=request.actor, plan=plan, **given.validated_data)
        data = BaseSetSerializer(base_set(plan)).data
        return Response(data, status=status.HTTP_201_CREATED)


class CloseBaseBallot(GenericAPIView):
    serializer_class = CharterBallotEndSerializer

    @extend_schema(
        operation_id="base_ballot_close", request=None, responses=CharterBallotEndSerializer
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        end = actions.close_base_ballot(actor=request.actor, plan=plan)
        return Response(CharterBallotEndSerializer(end).data)


class CloseBaseBallotEmpty(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="base_ballot_close_without_result",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.close_base_without_result(
            actor=request.actor, plan=plan, **given.validated_data
        )
        return Response(CharterBallotEndSerializer(end).data)


class RecallBaseBallot(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="base_ballot_recall",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.recall_base_ballot(actor=request.actor, plan=plan, **given.validated_data)
        return Response(CharterBallotEndSerializer(end).data)


urlpatterns = [
    path("plans/<slug:key>/base/", BaseView.as_view()),
    path("plans/<slug:key>/base/ballots/", OpenBaseBallot.as_view()),
    path("plans/<slug:key>/base/ballots/close/", CloseBaseBallot.as_view()),
    path("plans/<slug:key>/base/ballots/close-without-result/", CloseBaseBallotEmpty.as_view()),
    path("plans/<slug:key>/base/ballots/recall/", RecallBaseBallot.as_view()),
]
