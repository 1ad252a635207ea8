"""Indicators for programs: the same acts as the pages, the same refusals."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.indicators import actions, queries
from plans.indicators.measure import Measure
from plans.indicators.models import Definition, ReferenceValue
from plans.indicators.queries import Row
from plans.indicators.shown import paces_of
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import sees_draft

EMPTY: dict[str, Any] = {"default": "", "allow_blank": True}


YEAR: dict[str, Any] = {
    "min_value": 1990,
    "max_value": 2150,
    "allow_null": True,
    "default": None,
}


def _by_party(length: int) -> serializers.DictField:
    """Code of a jurisdiction -> its figure or word."""
    child = serializers.CharField(max_length=length, allow_blank=True)
    return serializers.DictField(child=child, default=dict)


class PathStepSerializer(serializers.Serializer[Any]):
    """What is due by the end of a year."""

    year = serializers.IntegerField()
    value = serializers.CharField(max_length=20)


class MeasureSerializer(serializers.Serializer[Any]):
    """Figures are decimal strings; choices and sums are checked by the act itself."""

    name_zh = serializers.CharField(max_length=120)
    name_en = serializers.CharField(max_length=160, **EMPTY)
    definition_zh = serializers.CharField(**EMPTY)
    definition_en = serializers.CharField(**EMPTY)
    unit = serializers.CharField(max_length=60)
    source = serializers.CharField(max_length=200, **EMPTY)  # type: ignore[assignment]
    period = serializers.CharField(max_length=10, **EMPTY)
    direction = serializers.CharField()
    aggregation = serializers.CharField()
    base_year = serializers.IntegerField(**YEAR)
    base_value = serializers.CharField(max_length=20, **EMPTY)
    base_shares = _by_party(20)
    target = serializers.CharField(max_length=20, **EMPTY)
    target_year = serializers.IntegerField(**YEAR)
    path = PathStepSerializer(many=True, default=list)
    warning = serializers.CharField(max_length=20, **EMPTY)
    limit = serializers.CharField(max_length=20, **EMPTY)
    basis_zh = serializers.CharField(max_length=500, **EMPTY)
    basis_en = serializers.CharField(max_length=500, **EMPTY)
    allocations = _by_party(20)
    floors = _by_party(20)
    ceilings = _by_party(20)
    weights = _by_party(20)
    weight_zh = serializers.CharField(max_length=200, **EMPTY)
    weight_en = serializers.CharField(max_length=200, **EMPTY)
    calibres = _by_party(300)
    guard = serializers.CharField(max_length=20, **EMPTY)
    strength = serializers.CharField(default="anticipatory")
    competence = serializers.CharField(default="county")
    concerned = serializers.ListField(child=serializers.CharField(), default=list)
    is_given = serializers.BooleanField(default=False)
    given_source = serializers.CharField(max_length=200, **EMPTY)


class IndicatorSerializer(serializers.Serializer[Any]):
    """An indicator of the working draft, or (`edits` null) of the newest revision for whom the
    draft is not there. `read_since`: from then on unit, direction and aggregation stay."""

    key = serializers.SlugField()
    number = serializers.CharField()
    edits = serializers.IntegerField(allow_null=True)
    read_since = serializers.DateTimeField(allow_null=True)
    measure = MeasureSerializer()


class NewIndicatorSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField(max_length=60)
    measure = MeasureSerializer()


class IndicatorEditSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()
    measure = MeasureSerializer()


class IndicatorRemoveSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()


class PaceSerializer(serializers.Serializer[Any]):
    """The mean change a year between the two figures, and when it reaches the target."""

    change = serializers.DecimalField(max_digits=18, decimal_places=6)
    years = serializers.DecimalField(max_digits=10, decimal_places=1, allow_null=True)
    year = serializers.IntegerField(allow_null=True)


class ReferenceValueSerializer(serializers.ModelSerializer[ReferenceValue]):
    """A published figure of an area; `pace` is computed here from its two years."""

    pace = serializers.SerializerMethodField()

    class Meta:
        model = ReferenceValue
        exclude = ("id",)

    @extend_schema_field(PaceSerializer(allow_null=True))
    def get_pace(self, value: ReferenceValue) -> dict[str, Any] | None:
        found = paces_of([value])
        return dict(PaceSerializer(found[0].pace).data) if found else None


class IndicatorListView(GenericAPIView[Definition]):
    """All indicators, page by page; POST defines one."""

    serializer_class = IndicatorSerializer

    @extend_schema(responses=IndicatorSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows: Any = queries.seen_rows(plan, sees_draft=sees_draft(actor=request.actor, plan=plan))
        page: Any = self.paginate_queryset(rows)
        shown = IndicatorSerializer([_shown(row) for row in page], many=True)
        return self.get_paginated_response(shown.data)

    @extend_schema(request=NewIndicatorSerializer, responses={201: IndicatorSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(NewIndicatorSerializer, request)
        made = actions.add_indicator(actor=request.actor, plan=plan, **values)
        return _answer(plan, made.item.key, status=201)


class IndicatorView(APIView):
    @extend_schema(responses=IndicatorSerializer)
    def get(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        sees = sees_draft(actor=request.actor, plan=plan)
        return _answer(plan, item, sees=sees)

    @extend_schema(request=IndicatorEditSerializer, responses=IndicatorSerializer)
    def put(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(IndicatorEditSerializer, request)
        actions.edit_indicator(actor=request.actor, plan=plan, key=item, **values)
        return _answer(plan, item)


class IndicatorReplaceView(APIView):
    @extend_schema(request=IndicatorEditSerializer, responses={201: IndicatorSerializer})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(IndicatorEditSerializer, request)
        made = actions.replace_indicator(actor=request.actor, plan=plan, key=item, **values)
        return _answer(plan, made.item.key, status=201)


class IndicatorRemoveView(APIView):
    @extend_schema(request=IndicatorRemoveSerializer, responses={204: None})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(IndicatorRemoveSerializer, request)
        actions.remove_indicator(actor=request.actor, plan=plan, key=item, **values)
        return Response(status=204)


class ReferenceValueListView(ListAPIView[ReferenceValue]):
    """Published figures of the wider region, the same beside every plan."""

    serializer_class = ReferenceValueSerializer

    def get_queryset(self) -> QuerySet[ReferenceValue]:
        return queries.reference_values()


def _values(kind: type[serializers.BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    values = values_of(kind, request)
    measure = dict(values["measure"])
    measure["concerned"] = tuple(measure["concerned"])
    measure["path"] = tuple((step["year"], step["value"]) for step in measure["path"])
    values["measure"] = Measure(**measure)
    return values


def _answer(plan: Plan, item: str, *, sees: bool = True, status: int = 200) -> Response:
    """Who writes sees the draft."""
    row = queries.seen_row(plan, key=item, sees_draft=sees)
    return Response(IndicatorSerializer(_shown(row)).data, status=status)


def _shown(row: Row) -> dict[str, object]:
    path = [{"year": year, "value": value} for year, value in row.measure.path]
    return {
        "key": row.key,
        "number": row.number,
        "edits": row.edits,
        "read_since": row.read_since,
        "measure": {**vars(row.measure), "path": path},
    }


urlpatterns = [
    path("plans/<slug:key>/indicators/", IndicatorListView.as_view()),
    path("plans/<slug:key>/indicators/<slug:item>/", IndicatorView.as_view()),
    path("plans/<slug:key>/indicators/<slug:item>/replace/", IndicatorReplaceView.as_view()),
    path("plans/<slug:key>/indicators/<slug:item>/remove/", IndicatorRemoveView.as_view()),
    path("reference-values/", ReferenceValueListView.as_view()),
]
