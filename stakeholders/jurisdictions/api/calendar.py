"""The working-day calendar for programs."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.jurisdictions import actions, queries
from stakeholders.jurisdictions.enums import DayBasis
from stakeholders.jurisdictions.models import WorkdayOverride
from stakeholders.jurisdictions.reading import DayRow
from stakeholders.terms import clock
from stakeholders.terms.asked import asked_number


class MovedDaySerializer(serializers.Serializer[DayRow]):
    day = serializers.DateField()
    is_workday = serializers.BooleanField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    basis = serializers.ChoiceField(choices=DayBasis.choices)
    document_zh = serializers.CharField()
    effective_from = serializers.DateField()


@extend_schema_serializer(many=False)
class YearSerializer(serializers.Serializer[queries.CalendarYear]):
    """A year; `basis` is null where nothing is known of it but the ordinary week."""

    year = serializers.IntegerField()
    basis = serializers.ChoiceField(choices=DayBasis.choices, allow_null=True)
    workdays = serializers.IntegerField()
    moved = MovedDaySerializer(many=True)


class DaysSerializer(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()
    is_workday = serializers.BooleanField()
    name_zh = serializers.CharField(max_length=60)
    name_en = serializers.CharField(max_length=120, default="", allow_blank=True)
    basis = serializers.ChoiceField(choices=DayBasis.choices, default=DayBasis.OWN.value)
    document = serializers.CharField(max_length=200)
    effective_from = serializers.DateField()


class WorkdayViewSet(viewsets.ViewSet):
    """The days of one year that differ from the ordinary week. Administrators add to them."""

    permission_classes = [IsAuthenticated]
    queryset = WorkdayOverride.objects.none()

    @extend_schema(
        parameters=[OpenApiParameter("year", int, description="this year when left out")],
        responses=YearSerializer,
    )
    def list(self, request: Request) -> Response:
        today = timezone.localtime(clock.now()).date()
        asked = request.query_params.get("year", "")
        year = asked_number(asked, default=today.year)
        if not queries.FIRST_YEAR <= year <= queries.LAST_YEAR:
            raise serializers.ValidationError({"year": ["2000–2100"]})
        return Response(YearSerializer(queries.calendar_of(year, on=today)).data)

    @extend_schema(request=DaysSerializer, responses={201: DaysSerializer})
    def create(self, request: Request) -> Response:
        """Say that a stretch of days is worked or rested, from a day on."""
        given = DaysSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actions.enter_days(actor=request._request.actor, **given.validated_data)
        return Response(given.data, status=201)
