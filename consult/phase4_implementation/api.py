"""Reports, readings and warnings over the API: the same actions as the pages."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.models import PERIOD, Reading, StatusReport, ThresholdWarning
from consult.phase4_implementation.steps import Said
from plans.projects.queries import get_project
from plans.register.queries import get_plan

CODE = r"^[1-9]\d{5}$"


class StatusReportSerializer(serializers.ModelSerializer[StatusReport]):
    project = serializers.SlugField(source="project.key", max_length=20)
    milestone = serializers.IntegerField(
        source="milestone.number", required=False, allow_null=True, default=None
    )
    jurisdiction = serializers.RegexField(CODE, source="jurisdiction_id")

    class Meta:
        model = StatusReport
        fields = [
            "id",
            "project",
            "milestone",
            "jurisdiction",
            "progress",
            "percent",
            "text_zh",
            "text_en",
            "evidence",
            "is_on_behalf",
            "at",
        ]
        read_only_fields = ["id", "is_on_behalf", "at"]


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


class ReadingSerializer(serializers.ModelSerializer[Reading]):
    item = serializers.SlugField(source="item.key", max_length=60)
    jurisdiction = serializers.RegexField(
        CODE, source="jurisdiction_id", required=False, allow_null=True, default=None
    )
    period = serializers.CharField(max_length=7, validators=[PERIOD])
    value = serializers.DecimalField(max_digits=18, decimal_places=6, normalize_output=True)
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
            "is_on_behalf",
            "warning",
            "at",
        ]
        read_only_fields = ["id", "is_on_behalf", "at"]

    def get_warning(self, obj: Reading) -> str | None:
        """The level of the threshold crossed, or null."""
        return str(obj.warning.level) if hasattr(obj, "warning") else None


class StatusReportListView(GenericAPIView):
    """Status reports of the projects of a plan, newest first."""

    queryset = StatusReport.objects.none()
    serializer_class = StatusReportSerializer

    @extend_schema(operation_id="plans_statuses_list", responses=StatusReportSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(queries.reports_of(actor=request.actor, plan=plan))
        return self.get_paginated_response(StatusReportSerializer(page, many=True).data)

    @extend_schema(operation_id="plans_statuses_create", responses={201: StatusReportSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        typed = StatusReportSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(typed.validated_data)
        number = values.pop("milestone")["number"]
        project = get_project(actor=request.actor, plan=plan, key=values.pop("project")["key"])
        milestone = project.milestones.filter(number=number).first()
        if number is not None and milestone is None:
            raise serializers.ValidationError(
                {"milestone": _("The project has no milestone of this number.")}
            )
        code = values.pop("jurisdiction_id")
        report = actions.report_status(
            actor=request.actor,
            project=project,
            milestone=milestone,
            jurisdiction=code,
            said=Said(**values),
        )
        return Response(StatusReportSerializer(report).data, status=status.HTTP_201_CREATED)


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
        reading = actions.report_reading(
            actor=request.actor,
            plan=plan,
            item=values.pop("item")["key"],
            jurisdiction=values.pop("jurisdiction_id"),
            **values,
        )
        return Response(ReadingSerializer(reading).data, status=status.HTTP_201_CREATED)


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
    path("plans/<slug:key>/statuses/", StatusReportListView.as_view(), name="statuses"),
    path("plans/<slug:key>/readings/", ReadingListView.as_view(), name="readings"),
    path("plans/<slug:key>/warnings/", ThresholdWarningListView.as_view(), name="warnings"),
]
