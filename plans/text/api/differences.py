"""Differences of revisions and versions for programs, a page at a time."""

from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.enums import ChangeKind
from plans.register.queries import get_item, get_plan, get_whole_revision
from plans.text.comparing import Comparison, between_versions, compare, compare_draft
from plans.text.queries import version_of
from plans.text.rules import require_draft_sight
from plans.text.shown import differences_of

KIND = OpenApiParameter("kind", OpenApiTypes.STR, enum=ChangeKind.values, many=True)
HASHES = [
    OpenApiParameter("from", OpenApiTypes.STR, required=True),
    OpenApiParameter("to", OpenApiTypes.STR, required=True),
]


class PieceSerializer(serializers.Serializer[Any]):
    mark = serializers.ChoiceField(choices=["same", "removed", "added"])
    text = serializers.CharField(trim_whitespace=False)
    is_moved = serializers.BooleanField()


class FieldChangeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(source="label")
    pieces = PieceSerializer(many=True)


class DifferenceSerializer(serializers.Serializer[Any]):
    """One item: the kind of its change, and the runs of its texts where they changed."""

    key = serializers.CharField(source="reading.key")
    kind = serializers.CharField()
    old_hash = serializers.CharField()
    new_hash = serializers.CharField()
    title_zh = PieceSerializer(many=True)
    title_en = PieceSerializer(many=True)
    text_zh = PieceSerializer(many=True)
    text_en = PieceSerializer(many=True)
    beside_the_text = FieldChangeSerializer(source="fields", many=True)


class DifferencesView(GenericAPIView):
    serializer_class = DifferenceSerializer

    @extend_schema(responses=DifferenceSerializer(many=True), parameters=[KIND])
    def get(self, request: Request, key: str, before: int, after: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        old, new = (get_whole_revision(plan, number=number) for number in (before, after))
        return self.answer(request, compare(old=old, new=new))

    def answer(self, request: Request, found: Comparison) -> Response:
        changed = found.of([kind.value for kind in ChangeKind if kind is not ChangeKind.UNCHANGED])
        kinds = request.query_params.getlist("kind")
        wanted: Any = [one for one in changed if not kinds or one.kind in kinds]
        page: Any = self.paginate_queryset(wanted)
        rows = DifferenceSerializer(differences_of(page), many=True)
        return self.get_paginated_response(rows.data)


class DraftDifferencesView(DifferencesView):
    @extend_schema(responses=DifferenceSerializer(many=True), parameters=[KIND])
    def get(self, request: Request, key: str, before: int) -> Response:  # type: ignore[override]
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        old = get_whole_revision(plan, number=before)
        return self.answer(request, compare_draft(plan=plan, old=old))


class ItemDifferencesView(APIView):
    @extend_schema(responses=DifferenceSerializer, parameters=HASHES)
    def get(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        held = get_item(plan, key=item)
        old, new = (
            version_of(plan, item=held.key, digest=request.query_params.get(name, ""))
            for name in ("from", "to")
        )
        change = between_versions(old, new, authentic=plan.authentic_language)
        return Response(DifferenceSerializer(differences_of([change])[0]).data)


PLAN = "plans/<slug:key>/"
urlpatterns = [
    path(f"{PLAN}differences/<int:before>/draft/", DraftDifferencesView.as_view()),
    path(f"{PLAN}differences/<int:before>/<int:after>/", DifferencesView.as_view()),
    path(f"{PLAN}items/<slug:item>/differences/", ItemDifferencesView.as_view()),
]
