"""The working draft for programs: the same acts as the pages, the same refusals."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.api.given import values_of
from plans.register.queries import get_plan
from plans.text import actions, queries
from plans.text.merging import Outcome, merge_wordings
from plans.text.models import Chapter, Provision
from plans.text.rules import require_draft_sight
from plans.text.wording import Wording, wording_of
from stakeholders.terms.errors import Conflict

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


class ConflictSerializer(serializers.Serializer[Any]):
    """Somebody saved meanwhile: their draft, the one both began from, and both put together."""

    detail = serializers.CharField()
    edits = serializers.IntegerField()
    theirs = WordingSerializer()
    base = WordingSerializer(allow_null=True)
    proposed = WordingSerializer()
    overlapping = serializers.ListField(child=serializers.CharField())


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
        values = values_of(ChapterSerializer, request)
        chapter = actions.add_chapter(actor=request.actor, plan=plan, **values)
        return Response(ChapterSerializer(chapter).data, status=201)


class ProvisionListView(GenericAPIView[Provision]):
    serializer_class = ProvisionSerializer

    @extend_schema(responses=ProvisionSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        page: Any = self.paginate_queryset(queries.NumberedDraft(plan))  # type: ignore[arg-type]
        shown = [_shown(one.provision, one.number) for one in page]
        return self.get_paginated_response(ProvisionSerializer(shown, many=True).data)

    @extend_schema(request=NewProvisionSerializer, responses={201: ProvisionSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(NewProvisionSerializer, request)
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

    @extend_schema(
        request=EditSerializer, responses={200: ProvisionSerializer, 409: ConflictSerializer}
    )
    def put(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(EditSerializer, request)
        values["wording"] = _wording(values["wording"])
        try:
            actions.edit_provision(actor=request.actor, plan=plan, key=item, **values)
        except Conflict as conflict:
            found = queries.get_provision(plan, key=item)
            edits, mine = values["edits"], values["wording"]
            body = _conflict(conflict, found=found, edits=edits, mine=mine)
            return Response(ConflictSerializer(body).data, status=409)
        return self.get(request, key, item)


class RemoveView(APIView):
    @extend_schema(request=RemoveSerializer, responses={204: None})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(RemoveSerializer, request)
        actions.remove_provision(actor=request.actor, plan=plan, key=item, **values)
        return Response(status=204)


class MoveView(APIView):
    @extend_schema(request=MoveSerializer, responses=ProvisionSerializer)
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(MoveSerializer, request)
        moved = actions.move_provision(actor=request.actor, plan=plan, key=item, **values)
        return Response(ProvisionSerializer(_shown(moved)).data)


def _conflict(
    conflict: Conflict, *, found: Provision, edits: int, mine: Wording
) -> dict[str, object]:
    draft: Any = conflict.theirs  # the draft as it stands now
    save = queries.save_at(found, edits=edits)
    theirs, base = wording_of(draft), wording_of(save) if save else None
    proposed, rows = merge_wordings(base=base or theirs, theirs=theirs, mine=mine)
    return {
        "detail": str(conflict.text),
        "edits": draft.edits,
        "theirs": theirs,
        "base": base,
        "proposed": proposed,
        "overlapping": [row.name for row in rows if row.outcome is Outcome.OVERLAP],
    }


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
