"""Indicators for programs: the same acts as the pages, the same refusals."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.indicators import actions, queries
from plans.indicators.measure import Measure, measure_of
from plans.indicators.models import Definition
from plans.register.api.given import values_of
from plans.register.queries import get_plan

EMPTY: dict[str, Any] = {"default": "", "allow_blank": True}


class MeasureSerializer(serializers.Serializer[Any]):
    """Figures are decimal strings; choices and sums are checked by the act itself."""

    name_zh = serializers.CharField(max_length=120)
    name_en = serializers.CharField(max_length=160, **EMPTY)
    definition_zh = serializers.CharField(**EMPTY)
    definition_en = serializers.CharField(**EMPTY)
    unit = serializers.CharField(max_length=60)
    source = serializers.CharField(max_length=200, **EMPTY)  # type: ignore[assignment]
    direction = serializers.CharField()
    aggregation = serializers.CharField()
    target = serializers.CharField(max_length=20, **EMPTY)
    target_year = serializers.IntegerField(
        min_value=1990, max_value=2150, allow_null=True, default=None
    )
    warning = serializers.CharField(max_length=20, **EMPTY)
    limit = serializers.CharField(max_length=20, **EMPTY)
    allocations = serializers.DictField(child=serializers.CharField(max_length=20), default=dict)
    strength = serializers.CharField(default="anticipatory")
    competence = serializers.CharField(default="county")
    concerned = serializers.ListField(child=serializers.CharField(), default=list)
    is_given = serializers.BooleanField(default=False)
    given_source = serializers.CharField(max_length=200, **EMPTY)


class IndicatorSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField()
    edits = serializers.IntegerField()
    measure = MeasureSerializer()


class NewIndicatorSerializer(serializers.Serializer[Any]):
    key = serializers.SlugField(max_length=60)
    measure = MeasureSerializer()


class IndicatorEditSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()
    measure = MeasureSerializer()


class IndicatorListView(APIView):
    @extend_schema(responses=IndicatorSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        shown = [_shown(one) for one in queries.definitions_of(plan)]
        return Response(IndicatorSerializer(shown, many=True).data)

    @extend_schema(request=NewIndicatorSerializer, responses={201: IndicatorSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(NewIndicatorSerializer, request)
        made = actions.add_indicator(actor=request.actor, plan=plan, **values)
        return Response(IndicatorSerializer(_shown(made)).data, status=201)


class IndicatorView(APIView):
    @extend_schema(responses=IndicatorSerializer)
    def get(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = queries.get_definition(plan, key=item)
        return Response(IndicatorSerializer(_shown(found)).data)

    @extend_schema(request=IndicatorEditSerializer, responses=IndicatorSerializer)
    def put(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = _values(IndicatorEditSerializer, request)
        actions.edit_indicator(actor=request.actor, plan=plan, key=item, **values)
        return self.get(request, key, item)


class IndicatorRemoveSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()


class IndicatorRemoveView(APIView):
    @extend_schema(request=IndicatorRemoveSerializer, responses={204: None})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(IndicatorRemoveSerializer, request)
        actions.remove_indicator(actor=request.actor, plan=plan, key=item, **values)
        return Response(status=204)


def _values(kind: type[serializers.BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    values = values_of(kind, request)
    measure = dict(values["measure"])
    measure["concerned"] = tuple(measure["concerned"])
    values["measure"] = Measure(**measure)
    return values


def _shown(definition: Definition) -> dict[str, object]:
    draft = definition.item.draft
    return {"key": definition.item.key, "edits": draft.edits, "measure": measure_of(draft)}


urlpatterns = [
    path("plans/<slug:key>/indicators/", IndicatorListView.as_view()),
    path("plans/<slug:key>/indicators/<slug:item>/", IndicatorView.as_view()),
    path("plans/<slug:key>/indicators/<slug:item>/remove/", IndicatorRemoveView.as_view()),
]
