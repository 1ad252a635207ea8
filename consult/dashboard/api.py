"""The plan at a glance for programs: the same counts as the page."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.dashboard.queries import NextDate, glance_of
from consult.dashboard.tiles import tiles_of
from plans.register.queries import get_plan
from stakeholders.templatetags.in_language import in_language


class TilePartSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    count = serializers.IntegerField()


class TileSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    figure = serializers.IntegerField()
    parts = TilePartSerializer(many=True)


class NextDateSerializer(serializers.Serializer[NextDate]):
    on = serializers.DateField()
    number = serializers.CharField()
    title = serializers.SerializerMethodField()

    def get_title(self, one: NextDate) -> str:
        return str(one.text) or in_language(one, "title")


class DashboardSerializer(serializers.Serializer[Any]):
    tiles = TileSerializer(many=True)
    dates = NextDateSerializer(many=True)


class DashboardView(APIView):
    """How the plan stands: counts by state, and the next days."""

    @extend_schema(operation_id="plans_dashboard_retrieve", responses=DashboardSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = glance_of(actor=request.actor, plan=plan)
        shown = {"tiles": tiles_of(plan, found), "dates": found.dates}
        return Response(DashboardSerializer(shown).data)


urlpatterns = [path("plans/<slug:key>/dashboard/", DashboardView.as_view(), name="dashboard")]
