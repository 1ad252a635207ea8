"""Status reports over the API."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.matters.steps import Wording
from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.steps import Said
from plans.projects.models import Project
from plans.projects.queries import get_project, projects_of
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS

CODE = r"^[1-9]\d{5}$"


class StatusReportSerializer(serializers.ModelSerializer[StatusReport]):
    project = serializers.SlugField(source="project.key", max_length=20)
    milestone = serializers.IntegerField(
        source="milestone.number", required=False, allow_null=True, default=None
    )
    jurisdiction = serializers.RegexField(CODE, source="jurisdiction_id")
    file = serializers.UUIDField(
        source="file_id",
        required=False,
        allow_null=True,
        default=None,
        help_text="An upload of the acting person.",
    )
    matter = serializers.SerializerMethodField()

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
            "blockage_zh",
            "blockage_en",
            "evidence",
            "file",
            "matter",
            "is_on_behalf",
            "at",
        ]
        read_only_fields = ["id", "is_on_behalf", "at"]

    def get_matter(self, obj: StatusReport) -> str | None:
        """The key of the matter that its blockage became, or null."""
        return str(obj.taken_up.matter.key) if hasattr(obj, "taken_up") else None


class SideSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.CharField(source="jurisdiction.pk")
    report = StatusReportSerializer(allow_null=True)


class ProgressStepSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="milestone.number")
    owner = serializers.CharField(source="milestone.owner_id")
    due_on = serializers.DateField(source="milestone.due_on")
    weight = serializers.DecimalField(source="milestone.weight", max_digits=5, decimal_places=2)
    share_done = serializers.DecimalField(max_digits=5, decimal_places=2)
    is_disputed = serializers.BooleanField()
    sides = SideSerializer(many=True)


class ProgressSerializer(serializers.Serializer[Any]):
    """A project with what each party says; `percent` is null while the weights are not 100."""

    project = serializers.CharField(source="project.key")
    percent = serializers.DecimalField(max_digits=7, decimal_places=4, allow_null=True)
    weight = serializers.DecimalField(max_digits=7, decimal_places=2)
    is_disputed = serializers.BooleanField()
    sides = SideSerializer(many=True)
    steps = ProgressStepSerializer(many=True)


class BlockageTextsSerializer(serializers.Serializer[Any]):
    title_zh = serializers.CharField(max_length=120, required=False, allow_blank=True)
    title_en = serializers.CharField(max_length=200, required=False, allow_blank=True)
    description_zh = serializers.CharField(required=False, allow_blank=True)
    description_en = serializers.CharField(required=False, allow_blank=True)


class OpenedSerializer(serializers.Serializer[Any]):
    matter = serializers.CharField()


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
        code, upload = values.pop("jurisdiction_id"), values.pop("file_id")
        if upload is not None:
            values["file"] = take_upload(
                actor=request.actor, pk=upload, kinds=DOCUMENTS, plan_key=plan.key, field="file"
            )
        report = actions.report_status(
            actor=request.actor,
            project=project,
            milestone=milestone,
            jurisdiction=code,
            said=Said(**values),
        )
        return Response(StatusReportSerializer(report).data, status=status.HTTP_201_CREATED)


class ProgressListView(GenericAPIView):
    """How the projects of a plan stand: rolled up, and in the words of each party."""

    queryset = Project.objects.none()
    serializer_class = ProgressSerializer

    @extend_schema(operation_id="plans_progress_list", responses=ProgressSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(projects_of(actor=request.actor, plan=plan))
        boards = queries.boards_of(list(page or []))
        return self.get_paginated_response(ProgressSerializer(boards, many=True).data)


class BlockageListView(GenericAPIView):
    """The blockages parties name now, with the matter each became."""

    queryset = StatusReport.objects.none()
    serializer_class = StatusReportSerializer

    @extend_schema(operation_id="plans_blockages_list", responses=StatusReportSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found: Any = queries.open_blockages(actor=request.actor, plan=plan)
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(StatusReportSerializer(page, many=True).data)


class BlockageView(GenericAPIView):
    """A blockage taken up as a matter."""

    queryset = StatusReport.objects.none()
    serializer_class = BlockageTextsSerializer

    @extend_schema(
        operation_id="plans_statuses_to_matter",
        request=BlockageTextsSerializer,
        responses={201: OpenedSerializer},
    )
    def post(self, request: Request, key: str, project: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = get_project(actor=request.actor, plan=plan, key=project)
        report = queries.get_report(actor=request.actor, plan=plan, project=found, number=number)
        typed = BlockageTextsSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        said = typed.validated_data
        matter = actions.blockage_to_matter(
            actor=request.actor,
            report=report,
            title=Wording(zh=said.get("title_zh", ""), en=said.get("title_en", "")),
            description=Wording(
                zh=said.get("description_zh", report.blockage_zh),
                en=said.get("description_en", report.blockage_en),
            ),
        )
        return Response({"matter": matter.key}, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("plans/<slug:key>/progress/", ProgressListView.as_view(), name="progress"),
    path("plans/<slug:key>/blockages/", BlockageListView.as_view(), name="blockages"),
    path(
        "plans/<slug:key>/projects/<slug:project>/reports/<int:number>/matter/",
        BlockageView.as_view(),
        name="blockage_to_matter",
    ),
    path("plans/<slug:key>/statuses/", StatusReportListView.as_view(), name="statuses"),
]
