"""Read-only doors for programs: units, regions, who is a neighbour, who is a member, overlap."""

import json
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.jurisdictions import queries
from stakeholders.jurisdictions.columns import asked_order
from stakeholders.jurisdictions.forms import OverlapForm
from stakeholders.jurisdictions.forms.units import ORDERS
from stakeholders.jurisdictions.models import Jurisdiction, Region, RegionMember
from stakeholders.jurisdictions.overlap import Overlap, UnitRow, build
from stakeholders.jurisdictions.reading import Platform, platforms


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
    neighbours = serializers.SerializerMethodField()
    regions = serializers.SerializerMethodField()

    class Meta(JurisdictionSerializer.Meta):
        fields = [*JurisdictionSerializer.Meta.fields, "boundary", "neighbours", "regions"]

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


class PlatformSerializer(serializers.Serializer[Platform]):
    year = serializers.IntegerField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    source = serializers.CharField()
    caveat_zh = serializers.CharField()
    caveat_en = serializers.CharField()


class UnitRowSerializer(JurisdictionSerializer):
    """A unit with its figures."""

    region_count = serializers.IntegerField()
    neighbour_count = serializers.IntegerField()
    below_count = serializers.IntegerField()

    class Meta(JurisdictionSerializer.Meta):
        fields = [
            *JurisdictionSerializer.Meta.fields,
            "region_count",
            "neighbour_count",
            "below_count",
        ]


class TreeRowSerializer(serializers.Serializer[queries.TreeRow]):
    depth = serializers.IntegerField()
    is_open = serializers.BooleanField()
    unit = UnitRowSerializer()


class OverlapRowSerializer(serializers.Serializer[UnitRow]):
    code = serializers.CharField()
    name = serializers.CharField()
    total = serializers.IntegerField()
    regions = serializers.SerializerMethodField()

    def get_regions(self, obj: UnitRow) -> dict[str, str]:
        """Region key -> "whole", or the parts that belong to it."""
        held = (cell for cell in obj.cells if cell.members)
        return {cell.region.pk: "whole" if cell.is_whole else cell.extent for cell in held}


class OverlapSerializer(serializers.Serializer[Overlap]):
    regions = serializers.SerializerMethodField()
    sums = serializers.ListField(child=serializers.IntegerField())
    rows = OverlapRowSerializer(many=True)

    def get_regions(self, obj: Overlap) -> list[str]:
        return [one.pk for one in obj.regions]


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

    @extend_schema(
        parameters=[OpenApiParameter("open", str), OpenApiParameter("sort", str)],
        responses=TreeRowSerializer(many=True),
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def tree(self, request: Request) -> Response:
        """The tree opened down to the unit `open`: what lies beside the way and one level below."""
        order = asked_order(request.query_params, ORDERS, default="code")
        rows = queries.open_tree(opened=request.query_params.get("open", ""), order=order)
        return Response(TreeRowSerializer(rows, many=True).data)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Jurisdiction]]:
        detail = self.action == "retrieve"
        return JurisdictionDetailSerializer if detail else JurisdictionSerializer


class RegionViewSet(viewsets.ReadOnlyModelViewSet[Region]):
    """Coordination regions by key, with their members in the detail."""

    permission_classes = [IsAuthenticated]
    queryset = Region.objects.all()
    lookup_value_regex = "[A-Za-z0-9-]+"

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Region]]:
        return RegionDetailSerializer if self.action == "retrieve" else RegionSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("level", str),
            OpenApiParameter("kind", str),
            OpenApiParameter("year", int),
            OpenApiParameter("least", int),
            OpenApiParameter("codes", str),
        ],
        responses=OverlapSerializer,
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def overlap(self, request: Request) -> Response:
        """Units by regions; filters as on the page: `level`, `kind`, `year`, `least`, `codes`.

        400 with the reason for a filter that makes no sense.
        """
        form = OverlapForm(request.query_params)
        filters = form.chosen()
        if form.errors:
            raise ValidationError(form.errors.get_json_data())
        regions = list(queries.regions_in_force(kind=filters.kind, year=filters.year))
        keys = [one.pk for one in regions]
        members = queries.memberships(keys, level=filters.level, codes=filters.codes)
        found = build(regions, members, least=filters.least, kept=filters.codes)
        return Response(OverlapSerializer(found).data)

    @extend_schema(responses=PlatformSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def timeline(self, request: Request) -> Response:
        """Platforms of coordination by year, each with its source and the caveat on it."""
        return Response(PlatformSerializer(platforms(), many=True).data)


routes = [("jurisdictions", JurisdictionViewSet), ("regions", RegionViewSet)]
