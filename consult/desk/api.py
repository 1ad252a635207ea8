"""Duties for programs: one's own, and a plan's for its coordinators."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.desk import queries
from consult.desk.rules import require_oversight
from plans.register.queries import get_plan
from stakeholders.terms import clock
from stakeholders.terms.duty import Duty


class DutySerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    jurisdiction = serializers.CharField(source="holder_code", allow_null=True)
    organization = serializers.IntegerField(source="organization_id", allow_null=True)
    roles = serializers.SerializerMethodField()

    def get_roles(self, duty: Duty) -> list[str]:
        return sorted(duty.roles)


class OwnDuties(APIView):
    @extend_schema(responses=DutySerializer(many=True), operation_id="duties_list")
    def get(self, request: Request) -> Response:
        """What waits for the mandate acted under, the earliest deadline first."""
        found = queries.duties_of(actor=request._request.actor, now=clock.now())
        return Response(DutySerializer(found, many=True).data)


class PlanDuties(APIView):
    @extend_schema(responses=DutySerializer(many=True), operation_id="plan_duties_list")
    def get(self, request: Request, key: str) -> Response:
        """Every open duty of a plan's parties. For its coordinators."""
        actor = request._request.actor
        plan = get_plan(actor=actor, key=key)
        require_oversight(actor=actor, plan=plan)
        standings = queries.standings_of(plan=plan, actor=request._request.actor, now=clock.now())
        found = [line.duty for standing in standings for line in standing.lines]
        return Response(DutySerializer(found, many=True).data)


urlpatterns = [
    path("duties/", OwnDuties.as_view(), name="duties"),
    path("plans/<slug:key>/duties/", PlanDuties.as_view(), name="plan_duties"),
]
