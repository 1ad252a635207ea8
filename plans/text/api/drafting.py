"""The working draft for programs: the same acts as the pages, the same refusals."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.queries import get_plan
from plans.text import actions, queries
from plans.text.models import Chapter, Provision
from plans.text.rules import require_draft_sight
from plans.text.wording import Wording, wording_of

EMPTY: dict[str, Any] = {"default": "", "allow_blank": True}


class ChapterSerializer(serializers.ModelSerializer[Chapter]):
    class Meta:
        model = Chapter
        fields = ["key", "position", "title_zh", "title_en", "drafting"]
        read_only_fields = ["position"]


class WordingSerializer(serializers.Serializer[Any]):
    """A provision's wording; limits and choices are checked by the act itself."""

    title_zh = serializers.CharField()
    title_en = serializers.CharField(**EMPTY)
    text_zh = serializers.CharField(trim_whitespace=False)
    text_en = serializers.CharField(trim_whitespace=False, **EMPTY)
    strength = serializers.CharField(default="guiding")
    competence = serializers.CharField(default="county")
    theme = serializers.CharField(**EMPTY)
    pillar = serializers.CharField(**EMPTY)
    function = serializers.CharField(**EMPTY)
    demand = serializers.ListField(child=serializers.CharField(), default=list)
    lead = serializers.CharField(**EMPTY, max_length=60)
    due = serializers.CharField(**EMPTY)
    evidence = serializers.CharField(**EMPTY)
    links = serializers.ListField(child=serializers.SlugField(), default=list)
    classification = serializers.CharField(default="open")
    concerned = serializers.ListField(child=serializers.CharField(), default=list)
    is_given = serializers.BooleanField(default=False)
    given_source = serializers.CharField(**EMPTY, max_length=200)
    change_claim = serializers.CharField(**EMPTY)


class ProvisionSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField()
    number = serializers.IntegerField()
    chapter = serializers.SlugField()
    position = serializers.IntegerField()
    edits = serializers.IntegerField()
    wording = WordingSerializer()


class NewProvisionSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField(max_length=60, **EMPTY)
    chapter = serializers.SlugField()
    position = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    wording = WordingSerializer()


class EditSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()
    wording = WordingSerializer()


class RemoveSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()


class MoveSerializer(serializers.Serializer[Any]):
    chapter = serializers.SlugField()
    position = serializers.IntegerField(min_value=1, allow_null=True, default=None)


class ChapterListView(APIView):
    @extend_schema(responses=ChapterSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        return Response(ChapterSerializer(queries.chapters_of(plan), many=True).data)

    @extend_schema(request=ChapterSerializer, responses={201: ChapterSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(ChapterSerializer, request)
        chapter = actions.add_chapter(actor=request.actor, plan=plan, **values)
        return Response(ChapterSerializer(chapter).data, status=201)


class ProvisionListView(APIView):
    @extend_schema(responses=ProvisionSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        shown = [_shown(one.provision, one.number) for one in queries.articles(plan)]
        return Response(ProvisionSerializer(shown, many=True).data)

    @extend_schema(request=NewProvisionSerializer, responses={201: ProvisionSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(NewProvisionSerializer, request)
        values["wording"] = _wording(values["wording"])
        made = actions.add_provision(actor=request.actor, plan=plan, **values)
        return Response(ProvisionSerializer(_shown(made)).data, status=201)


class ProvisionView(APIView):
    @extend_schema(responses=ProvisionSerializer)
    def get(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        found = queries.get_provision(plan, key=item)
        return Response(ProvisionSerializer(_shown(found)).data)

    @extend_schema(request=EditSerializer, responses=ProvisionSerializer)
    def put(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(EditSerializer, request)
        values["wording"] = _wording(values["wording"])
        actions.edit_provision(actor=request.actor, plan=plan, key=item, **values)
        return self.get(request, key, item)


class RemoveView(APIView):
    @extend_schema(request=RemoveSerializer, responses={204: None})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(RemoveSerializer, request)
        actions.remove_provision(actor=request.actor, plan=plan, key=item, **values)
        return Response(status=204)


class MoveView(APIView):
    @extend_schema(request=MoveSerializer, responses=ProvisionSerializer)
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(MoveSerializer, request)
        moved = actions.move_provision(actor=request.actor, plan=plan, key=item, **values)
        return Response(ProvisionSerializer(_shown(moved)).data)


def _values(kind: type[serializers.BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    data = kind(data=request.data)
    data.is_valid(raise_exception=True)
    return dict(data.validated_data)


def _wording(values: dict[str, Any]) -> Wording:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Wording(**fields)


def _shown(provision: Provision, number: int | None = None) -> dict[str, object]:
    draft = provision.item.draft
    if number is None:
        found = queries.articles(provision.item.plan)
        number = next((one.number for one in found if one.provision.pk == provision.pk), 0)
    return {
        "key": provision.item.key,
        "number": number,
        "chapter": provision.chapter.key,
        "position": provision.position,
        "edits": draft.edits,
        "wording": wording_of(draft),
    }


urlpatterns = [
    path("plans/<slug:key>/chapters/", ChapterListView.as_view()),
    path("plans/<slug:key>/provisions/", ProvisionListView.as_view()),
    path("plans/<slug:key>/provisions/<slug:item>/", ProvisionView.as_view()),
    path("plans/<slug:key>/provisions/<slug:item>/remove/", RemoveView.as_view()),
    path("plans/<slug:key>/provisions/<slug:item>/move/", MoveView.as_view()),
]
