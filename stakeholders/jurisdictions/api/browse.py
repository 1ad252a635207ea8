"""Read-only doors for programs: the tree of units, the overlap of regions, the timeline."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.jurisdictions import queries
from stakeholders.jurisdictions.api.units import (
    JurisdictionSerializer,
    JurisdictionViewSet,
    RegionViewSet,
)
from stakeholders.jurisdictions.forms import OverlapForm
from stakeholders.jurisdictions.forms.units import ORDERS
from stakeholders.jurisdictions.overlap import Overlap, UnitRow, build
from stakeholders.jurisdictions.reading import platforms
from stakeholders.terms.columns import asked_order


class PlatformSerializer(serializers.Serializer[Any]):
    year = serializers.IntegerField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    # The name of a column; the class takes it up as a field before it could hide anything.
    source = serializers.CharField()  # type: ignore[assignment]
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


class TreeRowSerializer(serializers.Serializer[Any]):
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


class UnitViewSet(JurisdictionViewSet):
    """Administrative units by code; filters: `text`, `level`, `parent`."""

    @extend_schema(
        parameters=[OpenApiParameter("open", str), OpenApiParameter("sort", str)],
        responses=TreeRowSerializer(many=True),
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def tree(self, request: Request) -> Response:
        """The tree opened down to the unit `open`: what lies beside the way and one level below."""
        order = asked_order(request.query_params.get("sort", ""), ORDERS, default="code")
        rows = queries.open_tree(opened=request.query_params.get("open", ""), order=order)
        return Response(TreeRowSerializer(rows, many=True).data)


class CircleViewSet(RegionViewSet):
    """Coordination regions by key, with their members in the detail."""

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
