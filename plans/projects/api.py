"""The register of joint projects over the API: the same actions as the pages."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from plans.projects import actions, queries
from plans.projects.enums import ProjectRole, ProjectTheme
from plans.projects.models import KnownProject, Milestone, Project
from plans.projects.sheet import Share, Sheet
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.people.models import Organization


class ShareSerializer(serializers.Serializer[Any]):
    code = serializers.RegexField(r"^[1-9]\d{5}$", source="jurisdiction_id")
    role = serializers.ChoiceField(choices=ProjectRole.choices)
    cost_share = serializers.DecimalField(
        max_digits=5, decimal_places=2, required=False, allow_null=True
    )
    benefit_share = serializers.DecimalField(
        max_digits=5, decimal_places=2, required=False, allow_null=True
    )
    basis_zh = serializers.CharField(max_length=120, required=False, allow_blank=True)
    basis_en = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ProjectSerializer(serializers.ModelSerializer[Project]):
    parties = ShareSerializer(many=True)
    known: Any = serializers.SlugRelatedField(read_only=True, allow_null=True, slug_field="key")
    provisions: Any = serializers.SlugRelatedField(many=True, read_only=True, slug_field="key")
    lead_body: Any = serializers.SlugRelatedField(read_only=True, allow_null=True, slug_field="key")

    class Meta:
        model = Project
        fields = [
            "key",
            "name_zh",
            "name_en",
            "theme",
            "description_zh",
            "description_en",
            "place_zh",
            "place_en",
            "budget",
            "year_from",
            "year_until",
            "lead_body",
            "known",
            "provisions",
            "parties",
            "edits",
        ]


class SheetSerializer(serializers.Serializer[Any]):
    """A project as it is written; `key` when it is added, `edits` when it is replaced."""

    key = serializers.SlugField(max_length=20, required=False)
    edits = serializers.IntegerField(required=False)
    name_zh = serializers.CharField(max_length=120)
    name_en = serializers.CharField(max_length=200, required=False, allow_blank=True)
    theme = serializers.ChoiceField(choices=ProjectTheme.choices)
    description_zh = serializers.CharField(required=False, allow_blank=True)
    description_en = serializers.CharField(required=False, allow_blank=True)
    place_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    place_en = serializers.CharField(max_length=300, required=False, allow_blank=True)
    budget = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False, allow_null=True
    )
    year_from = serializers.IntegerField(min_value=1990, max_value=2150)
    year_until = serializers.IntegerField(min_value=1990, max_value=2150)
    lead_body = serializers.SlugRelatedField(
        queryset=Organization.objects.all(), slug_field="key", required=False, allow_null=True
    )
    known = serializers.SlugRelatedField(
        queryset=queries.known_projects(), slug_field="key", required=False, allow_null=True
    )
    provisions = serializers.ListField(child=serializers.SlugField(), required=False)
    parties = ShareSerializer(many=True)

    def sheet(self) -> Sheet:
        values = {k: v for k, v in self.validated_data.items() if k not in {"key", "edits"}}
        parties = [
            Share(code=one.pop("jurisdiction_id"), **one)
            for one in map(dict, values.pop("parties"))
        ]
        provisions = tuple(values.pop("provisions", ()))
        return Sheet(parties=tuple(parties), provisions=provisions, **values)


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    owner = serializers.RegexField(r"^[1-9]\d{5}$", source="owner_id")

    class Meta:
        model = Milestone
        fields = ["number", "title_zh", "title_en", "owner", "due_on", "weight"]
        read_only_fields = ["number"]


class MilestoneChangeSerializer(MilestoneSerializer):
    """A milestone as it shall stand; `changes` is how many changes of it the caller saw."""

    changes = serializers.IntegerField(min_value=0, write_only=True)
    reason = serializers.CharField(allow_blank=True, write_only=True)

    class Meta(MilestoneSerializer.Meta):
        fields = [*MilestoneSerializer.Meta.fields, "changes", "reason"]


class MilestoneReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(allow_blank=True)


class NeedsSerializer(serializers.Serializer[Any]):
    """Project and number of the milestones that come first: PJ1.2."""

    needs = serializers.ListField(child=serializers.CharField(max_length=30))


class KnownProjectSerializer(serializers.ModelSerializer[KnownProject]):
    jurisdictions: Any = serializers.SlugRelatedField(many=True, read_only=True, slug_field="code")

    class Meta:
        model = KnownProject
        fields = [
            "key",
            "name_zh",
            "name_en",
            "theme",
            "description_zh",
            "description_en",
            "facts_zh",
            "facts_en",
            "source",
            "jurisdictions",
        ]


class ProjectListView(GenericAPIView):
    """The joint projects of a plan."""

    queryset = Project.objects.none()
    serializer_class = ProjectSerializer

    @extend_schema(operation_id="plans_projects_list", responses=ProjectSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = queries.projects_of(actor=request.actor, plan=plan).prefetch_related("provisions")
        page = self.paginate_queryset(found)
        return self.get_paginated_response(ProjectSerializer(page, many=True).data)

    @extend_schema(
        operation_id="plans_projects_create",
        request=SheetSerializer,
        responses={201: ProjectSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        typed = SheetSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        number = _needed(typed, "key")
        project = actions.add_project(
            actor=request.actor, plan=plan, key=number, sheet=typed.sheet()
        )
        return Response(_shown(request, plan, project.key), status=status.HTTP_201_CREATED)


class ProjectView(GenericAPIView):
    """One joint project."""

    queryset = Project.objects.none()
    serializer_class = ProjectSerializer

    @extend_schema(operation_id="plans_projects_retrieve", responses=ProjectSerializer)
    def get(self, request: Request, key: str, project: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        return Response(_shown(request, plan, project))

    @extend_schema(
        operation_id="plans_projects_update", request=SheetSerializer, responses=ProjectSerializer
    )
    def put(self, request: Request, key: str, project: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = queries.get_project(actor=request.actor, plan=plan, key=project)
        typed = SheetSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        edits = _needed(typed, "edits")
        actions.edit_project(actor=request.actor, project=found, edits=edits, sheet=typed.sheet())
        return Response(_shown(request, plan, project))


class MilestoneListView(GenericAPIView):
    """The milestones of one joint project."""

    queryset = Milestone.objects.none()
    serializer_class = MilestoneSerializer

    @extend_schema(
        operation_id="plans_projects_milestones_list", responses=MilestoneSerializer(many=True)
    )
    def get(self, request: Request, key: str, project: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = queries.get_project(actor=request.actor, plan=plan, key=project)
        page = self.paginate_queryset(queries.milestones_of(found))
        return self.get_paginated_response(MilestoneSerializer(page, many=True).data)

    @extend_schema(
        operation_id="plans_projects_milestones_create", responses={201: MilestoneSerializer}
    )
    def post(self, request: Request, key: str, project: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = queries.get_project(actor=request.actor, plan=plan, key=project)
        typed = MilestoneSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        values = dict(typed.validated_data)
        owner = values.pop("owner_id")
        milestone = actions.add_milestone(actor=request.actor, project=found, owner=owner, **values)
        return Response(MilestoneSerializer(milestone).data, status=status.HTTP_201_CREATED)


class MilestoneView(GenericAPIView):
    """One milestone: changed with a reason, or taken out."""

    queryset = Milestone.objects.none()
    serializer_class = MilestoneChangeSerializer

    @extend_schema(
        operation_id="plans_projects_milestones_update",
        request=MilestoneChangeSerializer,
        responses=MilestoneSerializer,
    )
    def put(self, request: Request, key: str, project: str, number: int) -> Response:
        milestone = _milestone(request, key, project, number)
        typed = MilestoneChangeSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        values = dict(typed.validated_data)
        changes, reason = values.pop("changes"), values.pop("reason")
        words = actions.Words(owner=values.pop("owner_id"), **values)
        milestone = actions.edit_milestone(
            actor=request.actor, milestone=milestone, changes=changes, words=words, reason=reason
        )
        return Response(MilestoneSerializer(milestone).data)


class MilestoneRemovalView(GenericAPIView):
    """A milestone taken out, with the reason."""

    queryset = Milestone.objects.none()
    serializer_class = MilestoneReasonSerializer

    @extend_schema(
        operation_id="plans_projects_milestones_remove",
        request=MilestoneReasonSerializer,
        responses={204: None},
    )
    def post(self, request: Request, key: str, project: str, number: int) -> Response:
        milestone = _milestone(request, key, project, number)
        typed = MilestoneReasonSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        actions.remove_milestone(actor=request.actor, milestone=milestone, **typed.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MilestoneNeedsView(GenericAPIView):
    """Which milestones of the plan come before one."""

    queryset = Milestone.objects.none()
    serializer_class = NeedsSerializer

    @extend_schema(
        operation_id="plans_projects_milestones_link",
        request=NeedsSerializer,
        responses=MilestoneSerializer,
    )
    def put(self, request: Request, key: str, project: str, number: int) -> Response:
        milestone = _milestone(request, key, project, number)
        typed = NeedsSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        actions.link_milestone(actor=request.actor, milestone=milestone, **typed.validated_data)
        return Response(MilestoneSerializer(milestone).data)


class KnownProjectListView(GenericAPIView):
    """The known projects; `jurisdiction` and `theme` narrow them."""

    queryset = KnownProject.objects.none()
    serializer_class = KnownProjectSerializer

    @extend_schema(operation_id="known_projects_list", responses=KnownProjectSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = queries.known_projects(
            jurisdiction=request.query_params.get("jurisdiction", ""),
            theme=request.query_params.get("theme", ""),
        )
        page = self.paginate_queryset(found)
        return self.get_paginated_response(KnownProjectSerializer(page, many=True).data)


def _milestone(request: Request, key: str, project: str, number: int) -> Milestone:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_project(actor=request.actor, plan=plan, key=project)
    return queries.get_milestone(found, number=number)


def _shown(request: Request, plan: Plan, key: str) -> dict[str, Any]:
    found = queries.get_project(actor=request.actor, plan=plan, key=key)
    return dict(ProjectSerializer(found).data)


def _needed(typed: SheetSerializer, name: str) -> Any:
    """The value of a field that this operation needs. ValidationError where it is missing."""
    value = typed.validated_data.get(name)
    if value is None:
        raise serializers.ValidationError({name: _("This field is required.")})
    return value


urlpatterns = [
    path("plans/<slug:key>/projects/", ProjectListView.as_view(), name="projects"),
    path("plans/<slug:key>/projects/<slug:project>/", ProjectView.as_view(), name="project"),
    path(
        "plans/<slug:key>/projects/<slug:project>/milestones/",
        MilestoneListView.as_view(),
        name="milestones",
    ),
    path(
        "plans/<slug:key>/projects/<slug:project>/milestones/<int:number>/",
        MilestoneView.as_view(),
        name="milestone",
    ),
    path(
        "plans/<slug:key>/projects/<slug:project>/milestones/<int:number>/remove/",
        MilestoneRemovalView.as_view(),
        name="milestone_remove",
    ),
    path(
        "plans/<slug:key>/projects/<slug:project>/milestones/<int:number>/needs/",
        MilestoneNeedsView.as_view(),
        name="milestone_needs",
    ),
    path("known-projects/", KnownProjectListView.as_view(), name="known_projects"),
]
