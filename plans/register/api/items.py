"""Items and their versions for programs."""

import json
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register import queries
from plans.register.api.plans import ItemReadingSerializer
from plans.register.models import Item
from plans.register.reading import read
from plans.register.rules import sees_draft
from plans.register.shown import item_shown


class ItemRowSerializer(serializers.ModelSerializer[Item]):
    """An item as it was last published; the fields are empty for one never published."""

    title_zh = serializers.SerializerMethodField()
    number = serializers.CharField(source="last_number", allow_null=True)
    revision = serializers.IntegerField(source="last_revision", allow_null=True)
    hash = serializers.CharField(source="last_hash", allow_null=True)
    versions = serializers.IntegerField(source="size")

    class Meta:
        model = Item
        fields = ["key", "kind", "title_zh", "number", "revision", "hash", "versions"]

    @extend_schema_field(str)
    def get_title_zh(self, row: Any) -> str:
        return read(json.loads(row.last_content)).title_zh if row.last_content else ""


class HeldSerializer(serializers.Serializer[Any]):
    """A revision that holds a version, and under which number."""

    revision = serializers.IntegerField(source="revision.number")
    stage = serializers.CharField(source="revision.stage")
    number = serializers.CharField()
    change = serializers.CharField()


class VersionSerializer(serializers.Serializer[Any]):
    hash = serializers.CharField(source="version.hash")
    created_at = serializers.DateTimeField(source="version.created_at")
    content = serializers.CharField(source="version.content", help_text="canonical JSON text")
    held_by = HeldSerializer(many=True, source="entries")


class KinSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    kind = serializers.CharField()


class ItemSerializer(serializers.Serializer[Any]):
    """One item: as published, as drafted (for those who see the draft), and its versions."""

    key = serializers.CharField(source="item.key")
    kind = serializers.CharField(source="item.kind")
    published = ItemReadingSerializer(allow_null=True)
    draft = ItemReadingSerializer(source="working", allow_null=True)
    versions = VersionSerializer(many=True)
    predecessors = KinSerializer(many=True, source="origins")
    successors = KinSerializer(many=True, source="continuations")


class ItemListView(generics.ListAPIView[Item]):
    """The items of a plan; those never published only for who sees the working draft."""

    serializer_class = ItemRowSerializer
    queryset = Item.objects.none()

    def get_queryset(self) -> QuerySet[Item]:
        plan = queries.get_plan(actor=self.request.actor, key=self.kwargs["key"])
        sees = sees_draft(actor=self.request.actor, plan=plan)
        return queries.item_rows(plan, sees_draft=sees)


class ItemView(APIView):
    @extend_schema(responses=ItemSerializer)
    def get(self, request: Request, key: str, item: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        sees = sees_draft(actor=request.actor, plan=plan)
        found = queries.visible_item(plan, key=item, sees_draft=sees)
        shown = item_shown(plan=plan, item=found, sees_draft=sees)
        return Response(ItemSerializer(shown).data)


urlpatterns = [
    path("plans/<slug:key>/items/", ItemListView.as_view()),
    path("plans/<slug:key>/items/<slug:item>/", ItemView.as_view()),
]
