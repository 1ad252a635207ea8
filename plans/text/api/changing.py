"""Chapters changed, provisions moved together, internal notes and saves, for programs."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.api.given import values_of
from plans.register.queries import get_plan
from plans.register.rules import require
from plans.text import actions, queries
from plans.text.api.drafting import ChapterSerializer, WordingSerializer
from plans.text.models import InternalNote
from plans.text.queries import Note, Save
from plans.text.rules import ACTS, note_holder, require_draft_sight
from plans.text.wording import wording_of
from stakeholders.terms.errors import NotVisible


class ChapterEditSerializer(serializers.Serializer[Any]):
    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    drafting = serializers.ListField(child=serializers.CharField(), default=list)


class ChapterMoveSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=1)


class MovesSerializer(serializers.Serializer[Any]):
    keys = serializers.ListField(child=serializers.SlugField(), allow_empty=False, max_length=5000)
    chapter = serializers.SlugField()
    position = serializers.IntegerField(min_value=1, allow_null=True, default=None)


class RenumberedSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField()
    old = serializers.IntegerField()
    new = serializers.IntegerField()


class NewNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(trim_whitespace=False)


class NoteSerializer(serializers.ModelSerializer[InternalNote]):
    is_open = serializers.SerializerMethodField()

    class Meta:
        model = InternalNote
        fields = ["id", "text", "at", "mandate_id", "is_open"]

    def get_is_open(self, note: InternalNote) -> bool:
        return not hasattr(note, "resolution")


class SaveSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()
    at = serializers.DateTimeField()
    mandate_id = serializers.IntegerField(allow_null=True)
    changed = serializers.ListField(child=serializers.CharField())
    wording = WordingSerializer()


class ChapterView(APIView):
    @extend_schema(request=ChapterEditSerializer, responses=ChapterSerializer)
    def put(self, request: Request, key: str, chapter: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(ChapterEditSerializer, request)
        found = actions.edit_chapter(actor=request.actor, plan=plan, key=chapter, **values)
        return Response(ChapterSerializer(found).data)


class ChapterMoveView(APIView):
    @extend_schema(request=ChapterMoveSerializer, responses=ChapterSerializer(many=True))
    def post(self, request: Request, key: str, chapter: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(ChapterMoveSerializer, request)
        actions.move_chapter(actor=request.actor, plan=plan, key=chapter, **values)
        return Response(ChapterSerializer(queries.chapters_of(plan), many=True).data)


class ChapterRemoveView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, key: str, chapter: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        actions.remove_chapter(actor=request.actor, plan=plan, key=chapter)
        return Response(status=204)


class MovesView(APIView):
    @extend_schema(request=MovesSerializer, responses=RenumberedSerializer(many=True))
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        values = values_of(MovesSerializer, request)
        before = queries.numbers_of(plan)
        actions.move_provisions(actor=request.actor, plan=plan, **values)
        changed = queries.renumbered(before, queries.numbers_of(plan))
        shown = [{"key": item, "old": old, "new": new} for item, old, new in changed]
        return Response(RenumberedSerializer(shown, many=True).data)


class NotesView(APIView):
    @extend_schema(responses=NoteSerializer(many=True))
    def get(self, request: Request, key: str, item: str) -> Response:
        """The notes of the caller's own party, or of the joint team."""
        plan = get_plan(actor=request.actor, key=key)
        require("note.add", ACTS, actor=request.actor, plan=plan)
        holder = note_holder(actor=request.actor, plan=plan)
        if holder is None:
            raise NotVisible
        found: list[Note] = queries.notes_of(queries.get_provision(plan, key=item), holder=holder)
        return Response(NoteSerializer([one.note for one in found], many=True).data)

    @extend_schema(request=NewNoteSerializer, responses={201: NoteSerializer})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(NewNoteSerializer, request)
        note = actions.add_note(actor=request.actor, plan=plan, key=item, **values)
        return Response(NoteSerializer(note).data, status=201)


class NoteResolveView(APIView):
    @extend_schema(request=None, responses=NoteSerializer)
    def post(self, request: Request, key: str, note: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        end = actions.resolve_note(actor=request.actor, plan=plan, note=note)
        return Response(NoteSerializer(end.note).data)


class SavesView(APIView):
    @extend_schema(responses=SaveSerializer(many=True))
    def get(self, request: Request, key: str, item: str) -> Response:
        """The newest saves of a provision's draft, and which fields each of them changed."""
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        saves, _has_more = queries.saves_of(queries.get_provision(plan, key=item))
        return Response(SaveSerializer([_shown(one) for one in saves], many=True).data)


def _shown(one: Save) -> dict[str, object]:
    return {
        "edits": one.edits,
        "at": one.save.at,
        "mandate_id": one.save.mandate_id,
        "changed": [change.name for change in one.changes],
        "wording": wording_of(one.save),
    }


urlpatterns = [
    path("plans/<slug:key>/chapters/<slug:chapter>/", ChapterView.as_view()),
    path("plans/<slug:key>/chapters/<slug:chapter>/move/", ChapterMoveView.as_view()),
    path("plans/<slug:key>/chapters/<slug:chapter>/remove/", ChapterRemoveView.as_view()),
    path("plans/<slug:key>/moves/", MovesView.as_view()),
    path("plans/<slug:key>/provisions/<slug:item>/notes/", NotesView.as_view()),
    path("plans/<slug:key>/provisions/<slug:item>/saves/", SavesView.as_view()),
    path("plans/<slug:key>/notes/<int:note>/resolve/", NoteResolveView.as_view()),
]
