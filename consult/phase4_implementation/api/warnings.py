"""Warnings over the API."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.phase4_implementation import queries
from consult.phase4_implementation.models import ThresholdWarning
from plans.register.queries import get_plan


class ThresholdWarningSerializer(serializers.ModelSerializer[ThresholdWarning]):
    item = serializers.CharField(source="reading.item.key", read_only=True)
    jurisdiction = serializers.CharField(
        source="reading.jurisdiction_id", read_only=True, allow_null=True
    )
    period = serializers.CharField(source="reading.period", read_only=True)
    value = serializers.CharField(source="reading.plain_value", read_only=True)

    class Meta:
        model = ThresholdWarning
        fields = [
            "id",
            "reading",
            "item",
            "jurisdiction",
            "period",
            "value",
            "level",
            "threshold",
            "at",
        ]


class ThresholdWarningListView(GenericAPIView):
    """Warnings of a plan, newest first."""

    queryset = ThresholdWarning.objects.none()
    serializer_class = ThresholdWarningSerializer

    @extend_schema(
        operation_id="plans_warnings_list", responses=ThresholdWarningSerializer(many=True)
    )
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(queries.warnings_of(actor=request.actor, plan=plan))
        return self.get_paginated_response(ThresholdWarningSerializer(page, many=True).data)


urlpatterns = [
    path("plans/<slug:key>/warnings/", ThresholdWarningListView.as_view(), name="warnings"),
]
