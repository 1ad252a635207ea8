"""Matters for programs: the library, a plan's matters, and every act of their pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.matters import actions, queries
from consult.matters.enums import StandValue, Theme
from consult.matters.models import Matter, Stand
from consult.matters.queries import Asked
from consult.matters.steps import Wording
from plans.register.api.given import values_of
from plans.register.queries import get_plan
from stakeholders.terms import clock


class MatterSerializer(serializers.ModelSerializer[Matter]):
    jurisdictions: Any = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    items: Any = serializers.SlugRelatedField(slug_field="key", many=True, read_only=True)

    class Meta:
        model = Matter
        fields = [
            "key",
            "title_zh",
            "title_en",
            "description_zh",
            "description_en",
            "theme",
            "matter_type",
            "facts_zh",
            "facts_en",
            "source",
            "jurisdictions",
            "level",
            "opened_at",
            "due_at",
            "closed_at",
            "outcome",
            "review_on",
            "items",
        ]


class OpenMatterSerializer(serializers.Serializer[Any]):
    title_zh = serializers.CharField(max_length=120)
    title_en = serializers.CharField(max_length=200, default="", allow_blank=True)
    description_zh = serializers.CharField(default="", allow_blank=True)
    description_en = serializers.CharField(default="", allow_blank=True)
    facts_zh = serializers.CharField(default="", allow_blank=True)
    facts_en = serializers.CharField(default="", allow_blank=True)
    theme = serializers.ChoiceField(choices=Theme.choices, default="", allow_blank=True)
    codes = serializers.ListField(child=serializers.CharField(max_length=6))
    drawn_from = serializers.ListField(
        child=serializers.CharField(max_length=20),
        default=list,
        help_text="Keys of entries of the library that the matter takes up.",
    )


class TakeStandSerializer(serializers.Serializer[Any]):
    value = serializers.ChoiceField(choices=StandValue.choices)
    text_zh = serializers.CharField(default="", allow_blank=True)
    text_en = serializers.CharField(default="", allow_blank=True)


class StandSerializer(serializers.ModelSerializer[Stand]):
    class Meta:
        model = Stand
        fields = ["jurisdiction", "value", "text_zh", "text_en", "at"]


class LibraryView(generics.ListAPIView[Matter]):
    """The library of real cross-border matters; `text` and `theme` narrow it."""

    serializer_class = MatterSerializer
    queryset = Matter.objects.none()

    def get_queryset(self) -> Any:
        asked = self.request.query_params
        return queries.catalogue(text=asked.get("text", ""), theme=asked.get("theme", ""))


class RegisterMatterSerializer(MatterSerializer):
    plan: Any = serializers.SlugRelatedField(slug_field="key", read_only=True)

    class Meta(MatterSerializer.Meta):
        fields = ["plan", *MatterSerializer.Meta.fields]


class RegisterView(generics.ListAPIView[Matter]):
    """The matters of all plans the token sees, and the library (plan: null). `text`, `plan`
    (a key, or "library"), `theme`, `jurisdiction`, `other`, `level`, `state` and `mine` narrow it."""

    serializer_class = RegisterMatterSerializer
    queryset = Matter.objects.none()

    def get_queryset(self) -> Any:
        given = self.request.query_params
        names = ("text", "plan", "theme", "jurisdiction", "other", "level", "state")
        asked = Asked(
            **{name: given.get(name, "") for name in names}, mine=given.get("mine") in ("1", "true")
        )
        return queries.register(actor=self.request.actor, asked=asked, at=clock.now())


class PlanMattersView(generics.ListAPIView[Matter]):
    """The matters of a plan; POST opens one."""

    serializer_class = MatterSerializer
    queryset = Matter.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        return queries.visible_matters(actor=self.request.actor, plan=plan)

    @extend_schema(request=OpenMatterSerializer, responses={201: MatterSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(OpenMatterSerializer, request)
        matter = actions.open_matter(
            actor=request.actor,
            plan=plan,
            title=Wording(zh=data["title_zh"], en=data["title_en"]),
            description=Wording(zh=data["description_zh"], en=data["description_en"]),
            facts=Wording(zh=data["facts_zh"], en=data["facts_en"]),
            theme=data["theme"],
            codes=data["codes"],
            drawn_from=[queries.get_library_matter(key=key) for key in data["drawn_from"]],
        )
        return Response(MatterSerializer(matter).data, status=201)


class MatterView(APIView):
    """One matter of a plan."""

    @extend_schema(responses=MatterSerializer)
    def get(self, request: Request, key: str, matter: str) -> Response:
        _plan, found = load(request, key, matter)
        return Response(MatterSerializer(found).data)


class StandsView(APIView):
    """The stands that count; POST takes one for the token's jurisdiction."""

    @extend_schema(responses=StandSerializer(many=True))
    def get(self, request: Request, key: str, matter: str) -> Response:
        _plan, found = load(request, key, matter)
        rows = [c.newest for c in queries.stands_of(found) if c.newest]
        return Response(StandSerializer(rows, many=True).data)

    @extend_schema(request=TakeStandSerializer, responses={201: StandSerializer})
    def post(self, request: Request, key: str, matter: str) -> Response:
        plan, found = load(request, key, matter)
        data = values_of(TakeStandSerializer, request)
        stand = actions.take_stand(
            actor=request.actor,
            plan=plan,
            matter=found,
            value=data["value"],
            text=Wording(zh=data["text_zh"], en=data["text_en"]),
        )
        return Response(StandSerializer(stand).data, status=201)


def load(request: Request, key: str, matter: str) -> Any:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_matter(actor=request.actor, plan=plan, key=matter)


PLAN = "plans/<slug:key>/matters/"
urlpatterns = [
    path("matters/", LibraryView.as_view(), name="matters-library"),
    path("matters/register/", RegisterView.as_view(), name="matters-register"),
    path(PLAN, PlanMattersView.as_view(), name="matters"),
    path(PLAN + "<slug:matter>/", MatterView.as_view(), name="matter"),
    path(PLAN + "<slug:matter>/stands/", StandsView.as_view(), name="matter-stands"),
]
