"""Duties for programs: one's own, what one waits for, and a plan's for its coordinators."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.desk import policy_api, queries
from consult.desk.actions import nudge
from consult.desk.enums import SENTENCE_LENGTH, When
from consult.desk.feeds import api as feeds
from consult.desk.kinds import DutyGroup
from consult.desk.lines import Line
from consult.desk.rules import require_oversight
from consult.desk.sifting import sieve_of
from plans.register.queries import get_plan
from stakeholders.terms import clock

QUICK = {
    "type": "object",
    "nullable": True,
    "description": "The form that does it with one click, to be posted as the page posts it.",
    "properties": {
        "label": {"type": "string"},
        "url": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


class DutySerializer(serializers.Serializer[Any]):
    key = serializers.CharField(source="duty.key")
    kind = serializers.CharField(source="duty.kind")
    group = serializers.CharField()
    plan = serializers.CharField(source="plan.key")
    title = serializers.CharField()
    url = serializers.CharField(source="duty.url")
    due_at = serializers.DateTimeField(source="duty.due_at", allow_null=True)
    since = serializers.DateTimeField(allow_null=True)
    when = serializers.CharField()
    days_left = serializers.IntegerField(
        source="calendar_days", allow_null=True, help_text="Below zero when the day is past."
    )
    workdays_left = serializers.IntegerField(
        source="days_left", allow_null=True, help_text="Null when overdue or without a date."
    )
    jurisdiction = serializers.CharField(source="duty.holder_code", allow_null=True)
    organization = serializers.IntegerField(source="duty.organization_id", allow_null=True)
    roles = serializers.SerializerMethodField()
    quick = serializers.SerializerMethodField()

    def get_roles(self, line: Line) -> list[str]:
        return sorted(line.duty.roles)

    @extend_schema_field(QUICK)
    def get_quick(self, line: Line) -> dict[str, object] | None:
        quick = line.quick
        if quick is None:
            return None
        return {"label": str(quick.label), "url": quick.url, "fields": dict(quick.fields)}


class AwaitedSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(source="awaited.kind")
    group = serializers.CharField()
    plan = serializers.CharField(source="plan.key")
    title = serializers.CharField(source="awaited.title")
    url = serializers.CharField(source="awaited.url")
    whom = serializers.CharField(source="awaited.whom")
    due_at = serializers.DateTimeField(source="awaited.due_at", allow_null=True)
    since = serializers.DateTimeField(source="awaited.since", allow_null=True)
    when = serializers.CharField()


FILTERS = [
    OpenApiParameter("plan", str, description="Key of a plan."),
    OpenApiParameter("group", str, enum=DutyGroup.values, description="Part of the work."),
    OpenApiParameter("when", str, enum=When.values, description="By the day."),
]


class OwnDuties(APIView):
    @extend_schema(
        responses=DutySerializer(many=True), parameters=FILTERS, operation_id="duties_list"
    )
    def get(self, request: Request) -> Response:
        """What waits for the mandate acted under, the earliest deadline first."""
        lines = queries.lines_of(actor=request._request.actor, now=clock.now())
        found = sieve_of(request.query_params).of(lines)
        return Response(DutySerializer(found, many=True).data)


class OwnAwaited(APIView):
    @extend_schema(
        responses=AwaitedSerializer(many=True), parameters=FILTERS, operation_id="awaited_list"
    )
    def get(self, request: Request) -> Response:
        """What the mandate acted under has done its part of and waits for, without who is late."""
        lines = queries.awaited_lines(actor=request._request.actor, now=clock.now())
        found = sieve_of(request.query_params).of(lines)
        return Response(AwaitedSerializer(found, many=True).data)


class PlanDuties(APIView):
    @extend_schema(responses=DutySerializer(many=True), operation_id="plan_duties_list")
    def get(self, request: Request, key: str) -> Response:
        """Every open duty of a plan's parties. For its coordinators."""
        actor = request._request.actor
        plan = get_plan(actor=actor, key=key)
        require_oversight(actor=actor, plan=plan)
        standings = queries.standings_of(plan=plan, actor=request._request.actor, now=clock.now())
        found = [line for standing in standings for line in standing.lines]
        return Response(DutySerializer(found, many=True).data)


class NudgeSerializer(serializers.Serializer[Any]):
    duty = serializers.CharField(
        max_length=160, default="", allow_blank=True, help_text="key of one duty"
    )
    unit = serializers.CharField(
        max_length=40,
        default="",
        allow_blank=True,
        help_text="all that this holder is overdue with: a code of six digits, body-5 or persons",
    )
    sentence = serializers.CharField(max_length=SENTENCE_LENGTH, default="", allow_blank=True)


class NudgedSerializer(serializers.Serializer[Any]):
    duties = serializers.IntegerField()
    people = serializers.IntegerField()


class Nudges(APIView):
    @extend_schema(request=NudgeSerializer, responses={201: NudgedSerializer})
    def post(self, request: Request, key: str) -> Response:
        """Remind by hand of one duty, or of all a holder is overdue with; once a working day."""
        given = NudgeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actor = request._request.actor
        done = nudge(actor=actor, plan=get_plan(actor=actor, key=key), **given.validated_data)
        return Response(NudgedSerializer(done).data, status=201)


urlpatterns = [
    path("awaited/", OwnAwaited.as_view(), name="awaited"),
    path("duties/", OwnDuties.as_view(), name="duties"),
    path("plans/<slug:key>/duties/", PlanDuties.as_view(), name="plan_duties"),
    *feeds.urlpatterns,
    *policy_api.urlpatterns,
    path("plans/<slug:key>/nudges/", Nudges.as_view(), name="plan_nudges"),
]
