"""Readings over the API."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.models import PERIOD, Reading
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS

CODE = r"^[1-9]\d{5}$"


class ReadingSerializer(serializers.ModelSerializer[Reading]):
    item = serializers.SlugField(source="item.key", max_length=60)
    jurisdiction = serializers.RegexField(
        CODE, source="jurisdiction_id", required=False, allow_null=True, default=None
    )
    period = serializers.CharField(max_length=7, validators=[PERIOD])
    value = serializers.DecimalField(max_digits=18, decimal_places=6, normalize_output=True)
    file = serializers.UUIDField(source="file_id", required=False, allow_null=True, default=None)
    seen = serializers.IntegerField(write_only=True, required=False, allow_null=True, default=None)
    warning = serializers.SerializerMethodField()

    class Meta:
        model = Reading
        fields = [
            "id",
            "item",
            "jurisdiction",
            "period",
            "value",
            "evidence",
            "file",
            "reason",
            "seen",
            "is_on_behalf",
            "warning",
            "at",
        ]
        read_only_fields = ["id", "is_on_behalf", "at"]

    def get_warning(self, obj: Reading) -> str | None:
        """The level of the threshold crossed, or null."""
        return str(obj.warning.level) if hasattr(obj, "warning") else None


class ReadingListView(GenericAPIView):
    """Readings of the indicators of a plan, newest first, corrected ones included."""

    queryset = Reading.objects.none()
    serializer_class = ReadingSerializer

    @extend_schema(operation_id="plans_readings_list", responses=ReadingSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(queries.all_readings(actor=request.actor, plan=plan))
        return self.get_paginated_response(ReadingSerializer(page, many=True).data)

    @extend_schema(operation_id="plans_readings_create", responses={201: ReadingSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        typed = ReadingSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(typed.validated_data)
        upload = values.pop("file_id")
        file = upload and take_upload(
            actor=request.actor, pk=upload, kinds=DOCUMENTS, plan_key=plan.key
        )
        reading = actions.report_reading(
            file=file or None,
            actor=request.actor,
            plan=plan,
            item=values.pop("item")["key"],
            jurisdiction=values.pop("jurisdiction_id"),
            **values,
        )
        return Response(ReadingSerializer(reading).data, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("plans/<slug:key>/readings/", ReadingListView.as_view(), name="readings"),
]
