"""The reminder policy of a plan, for programs."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.desk.actions import set_reminders
from consult.desk.policies import policy_of
from consult.desk.windows import Policy
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan


class SetRemindersSerializer(serializers.Serializer[Any]):
    """Days are working days. `base` is the number of the policy that was read."""

    before = serializers.ListField(
        child=serializers.IntegerField(), help_text="Before the day of the deadline, falling."
    )
    every = serializers.IntegerField(help_text="Once it is overdue.")
    office_after = serializers.IntegerField(help_text="Overdue days from which the office is told.")
    escalate_after = serializers.IntegerField(
        allow_null=True, help_text="Overdue days after which each higher step is told; null: never."
    )
    hour = serializers.TimeField(help_text="In the time zone of the site.")
    base = serializers.IntegerField(min_value=0)


class RemindersSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="0 for the policy of the site.")
    since = serializers.DateTimeField(allow_null=True)
    before = serializers.ListField(child=serializers.IntegerField(), source="policy.before")
    every = serializers.IntegerField(source="policy.every")
    office_after = serializers.IntegerField(source="policy.office_after")
    escalate_after = serializers.IntegerField(source="policy.escalate_after", allow_null=True)
    hour = serializers.TimeField(source="policy.hour", format="%H:%M")


def _answer(plan: Plan) -> Response:
    return Response(RemindersSerializer(policy_of(plan)).data)


class Reminders(APIView):
    @extend_schema(responses=RemindersSerializer)
    def get(self, request: Request, key: str) -> Response:
        """The reminder policy that counts for the plan."""
        return _answer(get_plan(actor=request._request.actor, key=key))

    @extend_schema(request=SetRemindersSerializer, responses=RemindersSerializer)
    def put(self, request: Request, key: str) -> Response:
        """Set the policy that counts from now on. For the joint office."""
        actor = request._request.actor
        plan = get_plan(actor=actor, key=key)
        values = values_of(SetRemindersSerializer, request)
        base, before = values.pop("base"), tuple(values.pop("before"))
        set_reminders(actor=actor, plan=plan, policy=Policy(before=before, **values), base=base)
        return _answer(plan)


urlpatterns = [path("plans/<slug:key>/reminders/", Reminders.as_view(), name="plan_reminders")]
