"""Doors for programs: units, regions, who is a neighbour, who is a member; renaming a unit."""

import json
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.jurisdictions import actions, queries
from stakeholders.jurisdictions.api.succession import FormerNameSerializer, RenameSerializer
from stakeholders.jurisdictions.models import Jurisdiction, Region, RegionMember


class JurisdictionSerializer(serializers.ModelSerializer[Jurisdiction]):
    class Meta:
        model = Jurisdiction
        fields = [
            "code",
            "name_zh",
            "name_en",
            "name_en_unique",
            "short_zh",
            "short_en",
            "type_zh",
            "type_en",
            "level",
            "parent",
            "path",
            "is_municipality",
            "lon",
            "lat",
            "area_km2",
            "valid_from",
            "valid_until",
            "successor",
        ]


class NeighbourSerializer(serializers.Serializer[queries.Neighbour]):
    code = serializers.CharField(source="jurisdiction.code")
    name_zh = serializers.CharField(source="jurisdiction.name_zh")
    name_en = serializers.CharField(source="jurisdiction.name_en_unique")
    level = serializers.CharField()
    relation = serializers.CharField()
    shared_km = serializers.DecimalField(max_digits=8, decimal_places=1)


class MembershipSerializer(serializers.ModelSerializer[RegionMember]):
    class Meta:
        model = RegionMember
        fields = ["region", "code", "jurisdiction", "role", "is_whole", "extent_zh", "extent_en"]


class JurisdictionDetailSerializer(JurisdictionSerializer):
    boundary = serializers.SerializerMethodField()
    former_names = FormerNameSerializer(many=True, read_only=True)
    neighbours = serializers.SerializerMethodField()
    regions = serializers.SerializerMethodField()

    class Meta(JurisdictionSerializer.Meta):
        fields = [
            *JurisdictionSerializer.Meta.fields,
            "boundary",
            "former_names",
            "neighbours",
            "regions",
        ]

    def get_boundary(self, obj: Jurisdiction) -> dict[str, Any] | None:
        return json.loads(obj.boundary) if obj.boundary else None

    def get_neighbours(self, obj: Jurisdiction) -> list[dict[str, Any]]:
        found = queries.neighbours(obj.code)
        return [dict(NeighbourSerializer(one).data) for one in found]

    def get_regions(self, obj: Jurisdiction) -> list[dict[str, Any]]:
        return list(MembershipSerializer(queries.regions_of(obj.code), many=True).data)


class RegionSerializer(serializers.ModelSerializer[Region]):
    class Meta:
        model = Region
        fields = [
            "key",
            "year",
            "year_ended",
            "name_zh",
            "name_en",
            "kind",
            "convened_by_zh",
            "convened_by_en",
            "members_status",
            "source",
            "note_zh",
            "note_en",
        ]


class RegionDetailSerializer(RegionSerializer):
    members = serializers.SerializerMethodField()

    class Meta(RegionSerializer.Meta):
        fields = [*RegionSerializer.Meta.fields, "members"]

    def get_members(self, obj: Region) -> list[dict[str, Any]]:
        return list(MembershipSerializer(queries.members(obj.key), many=True).data)


class JurisdictionViewSet(viewsets.ReadOnlyModelViewSet[Jurisdiction]):
    """Administrative units by code; filters: `text`, `level`, `parent`."""

    permission_classes = [IsAuthenticated]
    queryset = Jurisdiction.objects.all()
    lookup_value_regex = r"\d{6}"

    def get_queryset(self) -> QuerySet[Jurisdiction]:
        if self.action == "retrieve":
            return Jurisdiction.objects.all()
        asked = self.request.query_params
        filters = {name: asked.get(name, "") for name in ("text", "level", "parent")}
        return queries.find_jurisdictions(**filters)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Jurisdiction]]:
        detail = self.action == "retrieve"
        return JurisdictionDetailSerializer if detail else JurisdictionSerializer

    @extend_schema(request=RenameSerializer, responses={201: FormerNameSerializer})
    @action(detail=True, methods=["post"])
    def rename(self, request: Request, pk: str) -> Response:
        """Give the unit a new name from a day on."""
        given = RenameSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        day, document = values.pop("day"), values.pop("document")
        row = actions.rename(
            actor=request._request.actor, code=pk, names=values, day=day, document=document
        )
        return Response(FormerNameSerializer(row).data, status=201)


class RegionViewSet(viewsets.ReadOnlyModelViewSet[Region]):
    """Coordination regions by key, with their members in the detail."""

    permission_classes = [IsAuthenticated]
    queryset = Region.objects.all()
    lookup_value_regex = "[A-Za-z0-9-]+"

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Region]]:
        return RegionDetailSerializer if self.action == "retrieve" else RegionSerializer
