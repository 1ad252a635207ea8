"""How the indicators of a plan stand, over the API: the list and one of them with its trend."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.phase4_implementation import outlook, queries
from consult.phase4_implementation.enums import IndicatorState, Outlook
from consult.phase4_implementation.series import Series
from consult.phase4_implementation.standings import Standing
from plans.register.queries import get_plan


class IndicatorStandingSerializer(serializers.Serializer[Any]):
    """An indicator by the newest readings; decimals are strings."""

    key = serializers.CharField(source="indicator.key")
    number = serializers.CharField(source="indicator.number")
    name_zh = serializers.CharField(source="indicator.name_zh")
    name_en = serializers.CharField(source="indicator.name_en")
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    period = serializers.CharField()
    value = serializers.CharField(source="value_text")
    is_computed = serializers.BooleanField()
    target = serializers.CharField(source="indicator.measure.target")
    target_year = serializers.IntegerField(source="indicator.measure.target_year", allow_null=True)
    beyond = serializers.SerializerMethodField()

    def get_beyond(self, obj: Standing) -> list[str]:
        """Codes of the jurisdictions beyond a threshold."""
        return [one.code for one in obj.beyond if one.code]


class WholeSerializer(serializers.Serializer[object]):
    period = serializers.CharField()
    value = serializers.CharField(source="value_text")
    computed = serializers.CharField(source="computed_text")
    differs = serializers.BooleanField()


class IndicatorCourseSerializer(serializers.Serializer[object]):
    key = serializers.CharField()
    wholes = WholeSerializer(many=True)
    outlook = serializers.ChoiceField(choices=Outlook.choices)
    outlook_text = serializers.CharField()
    year = serializers.IntegerField(allow_null=True)
    pace = serializers.CharField()
    newest_pace = serializers.CharField()


class IndicatorStandingListView(GenericAPIView):
    """How each indicator stands by its newest readings."""

    serializer_class = IndicatorStandingSerializer

    @extend_schema(
        operation_id="plans_indicator_standings_list",
        responses=IndicatorStandingSerializer(many=True),
    )
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows = queries.standings_of(queries.indicators_of(plan))
        page = self.paginate_queryset(rows)  # type: ignore[arg-type]
        return self.get_paginated_response(IndicatorStandingSerializer(page, many=True).data)


class IndicatorCourseView(GenericAPIView):
    """The whole area by period, and where its pace leads."""

    serializer_class = IndicatorCourseSerializer

    @extend_schema(
        operation_id="plans_indicator_course_retrieve", responses=IndicatorCourseSerializer
    )
    def get(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        series = queries.full_series(queries.get_indicator(plan, key=item))
        return Response(IndicatorCourseSerializer(_course(series)).data)


def _course(series: Series) -> dict[str, Any]:
    one = series.indicator
    trend = outlook.trend_for(series.line, one=one, target=one.target)
    return {
        "key": one.key,
        "wholes": series.wholes,
        "outlook": trend.outlook,
        "outlook_text": str(outlook.words_of(trend, target=one.target)),
        "year": trend.year,
        "pace": outlook.number(trend.pace),
        "newest_pace": outlook.number(trend.newest_pace),
    }


urlpatterns = [
    path(
        "plans/<slug:key>/indicator-standings/",
        IndicatorStandingListView.as_view(),
        name="indicator_standings",
    ),
    path(
        "plans/<slug:key>/indicator-standings/<slug:item>/",
        IndicatorCourseView.as_view(),
        name="indicator_course",
    ),
]
