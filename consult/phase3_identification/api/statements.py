"""Common statements for programs: hash, number, signatures, and giving the number.

A signature binds a jurisdiction and is given by form only.
"""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase3_identification import actions
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.queries import (
    current_sign_off,
    get_statement,
    number_of,
    party_codes_of,
    statement_of,
    statements_of,
)
from consult.phase3_identification.stated import NO_STATEMENT
from plans.register.queries import get_plan
from stakeholders.terms.errors import Conflict


class SignatureSerializer(serializers.Serializer[Any]):
    party = serializers.CharField(source="jurisdiction_id")
    mandate = serializers.IntegerField(source="mandate_id")
    letter_number = serializers.CharField(allow_blank=True)
    letter_on = serializers.DateField(allow_null=True)
    at = serializers.DateTimeField()


class StatementSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    sign_off = serializers.IntegerField()
    is_part = serializers.BooleanField(help_text="Of the items that were adopted first.")
    revision = serializers.CharField(help_text="Hash of the revision whose text it is of.")
    hash = serializers.CharField()
    at = serializers.DateTimeField()
    number = serializers.CharField(allow_null=True)
    dated_on = serializers.DateField(allow_null=True)
    signatures = SignatureSerializer(many=True)
    unsigned = serializers.ListField(child=serializers.CharField())


class NumberSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=80)
    dated_on = serializers.DateField()


def state_of_statement(found: CommonStatement) -> dict[str, object]:
    numbered = number_of(found)
    signatures = list(found.signatures.all())
    signed = {str(row.jurisdiction_id) for row in signatures}
    return {
        "id": found.pk,
        "sign_off": found.sign_off_id,
        "is_part": found.is_part,
        "revision": found.revision.hash,
        "hash": found.hash,
        "at": found.at,
        "number": numbered.number if numbered else None,
        "dated_on": numbered.dated_on if numbered else None,
        "signatures": signatures,
        "unsigned": [code for code in party_codes_of(found) if code not in signed],
    }


class StatementsView(APIView):
    """Every statement of the plan, newest first: of the whole, and of parts adopted first."""

    @extend_schema(responses=StatementSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows = [state_of_statement(found) for found in statements_of(plan)]
        return Response(StatementSerializer(rows, many=True).data)


class StatementView(APIView):
    """The statement of the newest sign-off. 409 with the reason before it has closed and passed."""

    @extend_schema(responses=StatementSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = statement_of(current_sign_off(plan))
        if found is None:
            raise Conflict(NO_STATEMENT)
        found = get_statement(plan, pk=found.pk)
        return Response(StatementSerializer(state_of_statement(found)).data)


class OneStatementView(APIView):
    @extend_schema(responses=StatementSerializer)
    def get(self, request: Request, key: str, pk: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = get_statement(plan, pk=pk)
        return Response(StatementSerializer(state_of_statement(found)).data)


class NumberView(APIView):
    @extend_schema(request=NumberSerializer, responses={201: StatementSerializer})
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = NumberSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.number_statement(
            actor=request.actor, plan=plan, statement=pk, **asked.validated_data
        )
        found = get_statement(plan, pk=pk)
        return Response(StatementSerializer(state_of_statement(found)).data, status=201)


urlpatterns = [
    path("plans/<slug:key>/statement/", StatementView.as_view()),
    path("plans/<slug:key>/statements/", StatementsView.as_view()),
    path("plans/<slug:key>/statements/<int:pk>/", OneStatementView.as_view()),
    path("plans/<slug:key>/statements/<int:pk>/number/", NumberView.as_view()),
]
