"""Charters and their ballots, for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.ballots.models import Ballot
from consult.ballots.queries import newest_positions, visible_positions
from consult.phase1_organization import actions
from consult.phase1_organization.api.serializers import (
    CharterBallotEndSerializer,
    CharterBallotSerializer,
    CharterReasonSerializer,
    CharterSerializer,
    OpenCharterBallotSerializer,
    ProposeSerializer,
)
from consult.phase1_organization.content import from_dict
from consult.phase1_organization.governing import names_of
from consult.phase1_organization.queries import (
    ballots_of,
    charter_in_force,
    charters_of,
    co_makers_of,
    get_charter,
)
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def _charter_context(plan: Plan) -> dict[str, object]:
    in_force = charter_in_force(plan)
    names = names_of(co_makers_of(plan))
    return {"in_force": in_force.pk if in_force else None, "names": names}


class PlanCharters(GenericAPIView):
    serializer_class = CharterSerializer

    @extend_schema(operation_id="charters", responses=CharterSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(charters_of(plan))
        rows = CharterSerializer(page, many=True, context=_charter_context(plan))
        return self.get_paginated_response(rows.data)

    @extend_schema(
        operation_id="charter_propose",
        request=ProposeSerializer,
        responses={201: CharterSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = ProposeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        charter = actions.propose_charter(
            actor=request.actor,
            plan=plan,
            content=from_dict(given.validated_data["content"]),
            note=given.validated_data["note"],
        )
        data = CharterSerializer(charter, context=_charter_context(plan)).data
        return Response(data, status=status.HTTP_201_CREATED)


class OneCharter(GenericAPIView):
    serializer_class = CharterSerializer

    @extend_schema(operation_id="charter", responses=CharterSerializer)
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        charter = get_charter(plan, number=number)
        return Response(CharterSerializer(charter, context=_charter_context(plan)).data)


class CharterBallots(GenericAPIView):
    """The ballots on one charter, newest first."""

    serializer_class = CharterBallotSerializer

    @extend_schema(operation_id="charter_ballots", responses=CharterBallotSerializer(many=True))
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        charter = get_charter(plan, number=number)
        page = self.paginate_queryset(ballots_of(plan).filter(subject_id=charter.version))
        return self.get_paginated_response(_ballots(list(page or []), actor=request.actor))

    @extend_schema(
        operation_id="charter_ballot_open",
        request=OpenCharterBallotSerializer,
        responses={201: CharterBallotSerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        charter = get_charter(get_plan(actor=request.actor, key=key), number=number)
        given = OpenCharterBallotSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ballot = actions.open_charter_ballot(
            actor=request.actor, charter=charter, **given.validated_data
        )
        return Response(_ballots([ballot], actor=request.actor)[0], status=status.HTTP_201_CREATED)


def _ballots(ballots: list[Ballot], *, actor: Actor) -> list[dict[str, object]]:
    held = newest_positions(ballots)
    seen = visible_positions(ballots, actor=actor, at=clock.now())
    for ballot in ballots:
        ballot.answered = sorted(code for pk, code in held if pk == ballot.pk)
        ballot.newest = [row for (pk, _code), row in sorted(seen.items()) if pk == ballot.pk]
    return [dict(CharterBallotSerializer(ballot).data) for ballot in ballots]


class CloseCharterBallot(GenericAPIView):
    serializer_class = CharterBallotEndSerializer

    @extend_schema(
        operation_id="charter_ballot_close", request=None, responses=CharterBallotEndSerializer
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        charter = get_charter(get_plan(actor=request.actor, key=key), number=number)
        end = actions.close_charter_ballot(actor=request.actor, charter=charter)
        return Response(CharterBallotEndSerializer(end).data)


class CloseCharterBallotEmpty(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="charter_ballot_close_without_result",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        charter = get_charter(get_plan(actor=request.actor, key=key), number=number)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.close_without_result(
            actor=request.actor, charter=charter, reason=given.validated_data["reason"]
        )
        return Response(CharterBallotEndSerializer(end).data)


class RecallCharterBallot(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="charter_ballot_recall",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        charter = get_charter(get_plan(actor=request.actor, key=key), number=number)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.recall_charter_ballot(
            actor=request.actor, charter=charter, reason=given.validated_data["reason"]
        )
        return Response(CharterBallotEndSerializer(end).data)


urlpatterns = [
    path("plans/<slug:key>/charters/", PlanCharters.as_view()),
    path("plans/<slug:key>/charters/<int:number>/", OneCharter.as_view()),
    path("plans/<slug:key>/charters/<int:number>/ballots/", CharterBallots.as_view()),
    path("plans/<slug:key>/charters/<int:number>/ballots/close/", CloseCharterBallot.as_view()),
    path(
        "plans/<slug:key>/charters/<int:number>/ballots/close-without-result/",
        CloseCharterBallotEmpty.as_view(),
    ),
    path("plans/<slug:key>/charters/<int:number>/ballots/recall/", RecallCharterBallot.as_view()),
]
