"""Plans, parties and revisions for programs."""

import json
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register import queries
from plans.register.actions import admit_body, create_plan, dismiss_body
from plans.register.api.family import seen_parent
from plans.register.api.given import values_of
from plans.register.enums import AuthenticLanguage, PlanKind
from plans.register.models import Party, Plan, Revision
from plans.register.rules import BODY_ROLES
from stakeholders.jurisdictions.models import Region
from stakeholders.people.models import Organization, User
from stakeholders.terms.actor import Role


class PlanSerializer(serializers.ModelSerializer[Plan]):
    frozen = serializers.IntegerField(source="frozen.number", default=None, allow_null=True)
    in_force = serializers.IntegerField(source="in_force.number", default=None, allow_null=True)

    class Meta:
        model = Plan
        fields = [
            "key",
            "title_zh",
            "title_en",
            "short_zh",
            "short_en",
            "kind",
            "region",
            "horizon_from",
            "horizon_until",
            "scope_zh",
            "scope_en",
            "authentic_language",
            "phase",
            "frozen",
            "in_force",
            "is_demonstration",
        ]


class NewPlanSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField(max_length=60)
    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    short_zh = serializers.CharField(max_length=60)
    short_en = serializers.CharField(max_length=80, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=PlanKind.choices)
    parent: Any = serializers.SlugField(
        default="", allow_blank=True, help_text="key of the upper plan"
    )
    authentic_language = serializers.ChoiceField(
        choices=AuthenticLanguage.choices, default=AuthenticLanguage.CHINESE.value
    )
    region = serializers.PrimaryKeyRelatedField(
        queryset=Region.objects.all(), allow_null=True, default=None
    )
    horizon_from = serializers.IntegerField(min_value=1990, max_value=2150)
    horizon_until = serializers.IntegerField(min_value=1990, max_value=2150)
    scope_zh = serializers.CharField(default="", allow_blank=True)
    scope_en = serializers.CharField(default="", allow_blank=True)
    joint_body = serializers.SlugRelatedField(
        slug_field="key", queryset=Organization.objects.all(), allow_null=True, default=None
    )
    coordinator = serializers.SlugRelatedField(
        slug_field="email", queryset=User.objects.filter(is_active=True)
    )
    coordinator_document = serializers.CharField(max_length=200)

    def validate_key(self, value: str) -> str:
        if value == "new":
            raise serializers.ValidationError("taken by a page of the site")
        return value


class PartySerializer(serializers.ModelSerializer[Party]):
    name_zh = serializers.CharField(source="jurisdiction.name_zh")
    name_en = serializers.CharField(source="jurisdiction.name_en_unique")

    class Meta:
        model = Party
        fields = ["jurisdiction", "name_zh", "name_en", "role", "must_sign", "weight", "joined_at"]


class RevisionSerializer(serializers.ModelSerializer[Revision]):
    class Meta:
        model = Revision
        fields = ["number", "stage", "hash", "published_at", "note_zh", "note_en"]


class ItemReadingSerializer(serializers.Serializer[Any]):
    """One item as a revision holds it."""

    key = serializers.CharField()
    kind = serializers.CharField()
    number = serializers.CharField()
    heading = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    strength = serializers.CharField()
    competence = serializers.CharField()
    theme = serializers.CharField()
    concerned = serializers.ListField(child=serializers.CharField())
    is_given = serializers.BooleanField()
    given_source = serializers.CharField()
    change = serializers.CharField()


class ItemPageSerializer(serializers.Serializer[Any]):
    """A page of items, as every list is paged: `?page=` asks for another one."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ItemReadingSerializer(many=True)


class RevisionDetailSerializer(RevisionSerializer):
    items = ItemPageSerializer()

    class Meta(RevisionSerializer.Meta):
        fields = [*RevisionSerializer.Meta.fields, "items"]


class PlanListView(generics.ListAPIView[Plan]):
    """The plans the token's mandate may see; POST opens one."""

    serializer_class = PlanSerializer
    queryset = Plan.objects.none()

    def get_queryset(self) -> QuerySet[Plan]:
        return queries.plan_rows(actor=self.request.actor)

    @extend_schema(request=NewPlanSerializer, responses={201: PlanSerializer})
    def post(self, request: Request) -> Response:
        given = values_of(NewPlanSerializer, request)
        parent = seen_parent(actor=request.actor, key=given.pop("parent"))
        plan = create_plan(actor=request.actor, parent=parent, **given)
        return Response(PlanSerializer(plan).data, status=201)


class PlanView(APIView):
    @extend_schema(responses=PlanSerializer)
    def get(self, request: Request, key: str) -> Response:
        return Response(PlanSerializer(queries.get_plan(actor=request.actor, key=key)).data)


class PartyListView(APIView):
    @extend_schema(responses=PartySerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        parties = queries.parties_of(plan).defer("jurisdiction__boundary")
        return Response(PartySerializer(parties, many=True).data)


class RevisionListView(APIView):
    @extend_schema(responses=RevisionSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        return Response(RevisionSerializer(queries.revisions_of(plan), many=True).data)


class BodySerializer(serializers.Serializer[Any]):
    organization = serializers.SlugRelatedField(
        slug_field="key", queryset=Organization.objects.all()
    )
    role = serializers.ChoiceField(choices=[role.value for role in BODY_ROLES])


class BodyReadingSerializer(serializers.Serializer[Any]):
    organization = serializers.CharField(source="organization.key")
    role = serializers.CharField()


class BodyListView(APIView):
    """The bodies that take part in a plan without being parties."""

    @extend_schema(responses=BodyReadingSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        return Response(BodyReadingSerializer(queries.bodies_of(plan), many=True).data)

    @extend_schema(request=BodySerializer, responses={204: None})
    def post(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        admitted = values_of(BodySerializer, request)
        admit_body(
            actor=request.actor,
            plan=plan,
            organization=admitted["organization"],
            role=Role(admitted["role"]),
        )
        return Response(status=204)


class DismissBodySerializer(BodySerializer):
    reason = serializers.CharField(max_length=2000)


class BodyDismissView(APIView):
    """Ends the part of a body in a plan, with a reason."""

    @extend_schema(request=DismissBodySerializer, responses={204: None})
    def post(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        given = values_of(DismissBodySerializer, request)
        dismiss_body(
            actor=request.actor,
            plan=plan,
            organization=given["organization"],
            role=Role(given["role"]),
            reason=given["reason"],
        )
        return Response(status=204)


class GrantSerializer(serializers.Serializer[Any]):
    """What the people of one holder may do on a plan in one role."""

    holder = serializers.CharField(help_text="the code of a jurisdiction, or org- and a number")
    organization = serializers.CharField(source="organization.key", default=None, allow_null=True)
    role = serializers.CharField()
    grants = serializers.ListField(child=serializers.CharField())


class GrantListView(APIView):
    """Who was granted what on a plan."""

    @extend_schema(responses=GrantSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        return Response(GrantSerializer(queries.grants_of(plan), many=True).data)


class RevisionView(generics.GenericAPIView[Revision]):
    """A revision with a page of its items."""

    serializer_class = RevisionDetailSerializer

    @extend_schema(responses=RevisionDetailSerializer, parameters=[OpenApiParameter("page", int)])
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        revision = queries.get_revision(plan, number=number)
        entries: Any = queries.entries_of(revision)
        page: Any = self.paginate_queryset(entries)
        rows = ItemReadingSerializer([queries.reading_of(one) for one in page], many=True).data
        items = self.get_paginated_response(rows).data
        return Response({**RevisionSerializer(revision).data, "items": items})


class ManifestView(APIView):
    """The manifest whose canonical text the revision's hash covers."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        revision = queries.get_revision(plan, number=number)
        return Response({"hash": revision.hash, "manifest": json.loads(revision.manifest)})


urlpatterns = [
    path("plans/", PlanListView.as_view()),
    path("plans/<slug:key>/", PlanView.as_view()),
    path("plans/<slug:key>/parties/", PartyListView.as_view()),
    path("plans/<slug:key>/bodies/", BodyListView.as_view()),
    path("plans/<slug:key>/bodies/dismiss/", BodyDismissView.as_view()),
    path("plans/<slug:key>/grants/", GrantListView.as_view()),
    path("plans/<slug:key>/revisions/", RevisionListView.as_view()),
    path("plans/<slug:key>/revisions/<int:number>/", RevisionView.as_view()),
    path("plans/<slug:key>/revisions/<int:number>/manifest/", ManifestView.as_view()),
]
