"""The sign-off for programs: reading, opening, closing, ending."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase3_identification import actions
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    revision_at,
    statement_of,
)
from plans.register.api.given import InstantField
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.errors import NotVisible


class OpenSerializer(serializers.Serializer):
    closes_at = InstantField(required=False, allow_null=True, default=None)
    is_sealed = serializers.BooleanField(default=False)


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField()


class SignOffSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    revision = serializers.CharField()
    charter = serializers.IntegerField()
    opened_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)
    is_sealed = serializers.BooleanField()
    outcome = serializers.CharField(allow_null=True)
    statement = serializers.CharField(allow_null=True)


def state_of(sign_off: SignOff, plan: Plan) -> dict[str, object]:
    found = statement_of(sign_off)
    return {
        "id": sign_off.pk,
        "revision": revision_at(sign_off, plan=plan).hash,
        "charter": sign_off.charter_number,
        "opened_at": sign_off.opened_at,
        "closes_at": sign_off.closes_at,
        "is_sealed": sign_off.is_sealed,
        "outcome": sign_off.end.outcome if has_ended(sign_off) else None,
        "statement": found.hash if found else None,
    }


def find_sign_off(request: Request, key: str) -> tuple[Plan, SignOff]:
    plan = get_plan(actor=request.actor, key=key)
    sign_off = current_sign_off(plan)
    if sign_off is None:
        raise NotVisible
    return plan, sign_off


class SignOffView(APIView):
    @extend_schema(responses=SignOffSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan, sign_off = find_sign_off(request, key)
        return Response(SignOffSerializer(state_of(sign_off, plan)).data)

    @extend_schema(request=OpenSerializer, responses={201: SignOffSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = OpenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        sign_off = actions.open_sign_off(actor=request.actor, plan=plan, **asked.validated_data)
        return Response(SignOffSerializer(state_of(sign_off, plan)).data, status=201)


class CloseView(APIView):
    @extend_schema(request=None, responses=SignOffSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        actions.close_sign_off(actor=request.actor, plan=plan)
        return Response(SignOffSerializer(state_of(find_sign_off(request, key)[1], plan)).data)


class EndView(APIView):
    @extend_schema(request=ReasonSerializer, responses=SignOffSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = ReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.end_without_result(actor=request.actor, plan=plan, **asked.validated_data)
        return Response(SignOffSerializer(state_of(find_sign_off(request, key)[1], plan)).data)


urlpatterns = [
    path("plans/<slug:key>/sign-off/", SignOffView.as_view()),
    path("plans/<slug:key>/sign-off/close/", CloseView.as_view()),
    path("plans/<slug:key>/sign-off/end/", EndView.as_view()),
]
