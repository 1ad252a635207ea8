"""Parties that leave and join over the API. Notice, its recall and positions by form only: they
bind a jurisdiction, whose signatory signs in again first."""

from decimal import Decimal
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.phase1_organization import actions
from consult.phase1_organization.api.serializers import (
    CharterBallotEndSerializer,
    CharterReasonSerializer,
    OpenCharterBallotSerializer,
)
from consult.phase1_organization.membership import (
    accessions_of,
    get_accession,
    get_withdrawal,
    withdrawals_of,
)
from consult.phase1_organization.models import Accession, Withdrawal, WithdrawalEnd
from plans.register.queries import get_plan


class WithdrawalEndSerializer(serializers.ModelSerializer[WithdrawalEnd]):
    class Meta:
        model = WithdrawalEnd
        fields = ["has_left", "reason", "at"]


class WithdrawalSerializer(serializers.ModelSerializer[Withdrawal]):
    end = WithdrawalEndSerializer(default=None, allow_null=True, read_only=True)

    class Meta:
        model = Withdrawal
        fields = ["id", "jurisdiction", "reason", "letter_number", "at", "takes_effect_at", "end"]


class AccessionSerializer(serializers.ModelSerializer[Accession]):
    class Meta:
        model = Accession
        fields = ["number", "jurisdiction", "must_sign", "weight", "reason", "hash", "at"]


class ProposeAccessionSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.CharField(min_length=6, max_length=6)
    must_sign = serializers.BooleanField(default=True)
    weight = serializers.DecimalField(max_digits=9, decimal_places=3, default=Decimal(1))
    reason = serializers.CharField(max_length=4000)


class AccessionBallotSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    opened_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)
    is_sealed = serializers.BooleanField()


class PlanWithdrawals(GenericAPIView):
    """The notices of parties that leave, newest first."""

    serializer_class = WithdrawalSerializer

    @extend_schema(operation_id="withdrawals", responses=WithdrawalSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(withdrawals_of(plan))
        return self.get_paginated_response(WithdrawalSerializer(page, many=True).data)


class LeaveView(GenericAPIView):
    serializer_class = WithdrawalEndSerializer

    @extend_schema(operation_id="party_leave", request=None, responses=WithdrawalEndSerializer)
    def post(self, request: Request, key: str, pk: int) -> Response:
        withdrawal = get_withdrawal(get_plan(actor=request.actor, key=key), pk=pk)
        end = actions.leave(actor=request.actor, withdrawal=withdrawal)
        return Response(WithdrawalEndSerializer(end).data)


class PlanAccessions(GenericAPIView):
    """The proposals that a jurisdiction joins, newest first."""

    serializer_class = AccessionSerializer

    @extend_schema(operation_id="accessions", responses=AccessionSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(accessions_of(plan))
        return self.get_paginated_response(AccessionSerializer(page, many=True).data)

    @extend_schema(
        operation_id="accession_propose",
        request=ProposeAccessionSerializer,
        responses={201: AccessionSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = ProposeAccessionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        accession = actions.propose_accession(
            actor=request.actor,
            plan=plan,
            code=data["jurisdiction"],
            must_sign=data["must_sign"],
            weight=str(data["weight"]),
            reason=data["reason"],
        )
        return Response(AccessionSerializer(accession).data, status=status.HTTP_201_CREATED)


class AccessionBallots(GenericAPIView):
    serializer_class = OpenCharterBallotSerializer

    @extend_schema(
        operation_id="accession_ballot_open",
        request=OpenCharterBallotSerializer,
        responses={201: AccessionBallotSerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        accession = _load(request, key, number)
        given = OpenCharterBallotSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ballot = actions.open_accession_ballot(
            actor=request.actor, accession=accession, **given.validated_data
        )
        return Response(AccessionBallotSerializer(ballot).data, status=status.HTTP_201_CREATED)


class CloseAccessionBallot(GenericAPIView):
    serializer_class = CharterBallotEndSerializer

    @extend_schema(
        operation_id="accession_ballot_close", request=None, responses=CharterBallotEndSerializer
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        accession = _load(request, key, number)
        end = actions.close_accession_ballot(actor=request.actor, accession=accession)
        return Response(CharterBallotEndSerializer(end).data)


class CloseAccessionBallotEmpty(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="accession_ballot_close_without_result",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        accession = _load(request, key, number)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.close_accession_without_result(
            actor=request.actor, accession=accession, **given.validated_data
        )
        return Response(CharterBallotEndSerializer(end).data)


class RecallAccessionBallot(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="accession_ballot_recall",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        accession = _load(request, key, number)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.recall_accession_ballot(
            actor=request.actor, accession=accession, **given.validated_data
        )
        return Response(CharterBallotEndSerializer(end).data)


def _load(request: Request, key: str, number: int) -> Accession:
    return get_accession(get_plan(actor=request.actor, key=key), number=number)


PLAN = "plans/<slug:key>/"
ONE = f"{PLAN}accessions/<int:number>/ballots/"
urlpatterns = [
    path(f"{PLAN}withdrawals/", PlanWithdrawals.as_view()),
    path(f"{PLAN}withdrawals/<int:pk>/leave/", LeaveView.as_view()),
    path(f"{PLAN}accessions/", PlanAccessions.as_view()),
    path(ONE, AccessionBallots.as_view()),
    path(f"{ONE}close/", CloseAccessionBallot.as_view()),
    path(f"{ONE}close-without-result/", CloseAccessionBallotEmpty.as_view()),
    path(f"{ONE}recall/", RecallAccessionBallot.as_view()),
]
