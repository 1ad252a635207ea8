"""Tables of readings over the API: what each row would do, and taking them over."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.enums import RowState
from consult.phase4_implementation.rules import own, require
from plans.register.queries import get_plan


class RowFaultSerializer(serializers.Serializer[object]):
    cell = serializers.CharField()
    text = serializers.CharField()


class ReadingRowSerializer(serializers.Serializer[Any]):
    """A row of the table and what it would do."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=RowState.choices)
    said = serializers.DictField(child=serializers.CharField())
    faults = RowFaultSerializer(many=True)


class ReadingImportSerializer(serializers.Serializer[object]):
    """`file`: an upload of one's own; `seen`: id of the newest reading when it was looked at."""

    file = serializers.UUIDField()
    is_partial = serializers.BooleanField(default=False)
    seen = serializers.IntegerField(required=False, allow_null=True, default=None)


class ReadingsTakenSerializer(serializers.Serializer[object]):
    readings = serializers.ListField(child=serializers.IntegerField())
    warnings = serializers.ListField(child=serializers.IntegerField())
    left = serializers.IntegerField()


class ReadingImportView(GenericAPIView):
    """An uploaded table of readings is taken over in one act."""

    serializer_class = ReadingImportSerializer

    @extend_schema(
        operation_id="plans_readings_import",
        request=ReadingImportSerializer,
        responses={201: ReadingsTakenSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require("reading.import", **own(request.actor), plan=plan)
        typed = ReadingImportSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        said = dict(typed.validated_data)
        file = queries.get_table(actor=request.actor, pk=said.pop("file"))
        taken = actions.import_readings(actor=request.actor, plan=plan, file=file, **said)
        answer = {
            "readings": [one.pk for one in taken.readings],
            "warnings": [one.pk for one in taken.warnings],
            "left": taken.left,
        }
        return Response(answer, status=status.HTTP_201_CREATED)


class ReadingPreviewView(GenericAPIView):
    """What each row of an uploaded table would do; nothing is entered."""

    serializer_class = ReadingRowSerializer

    @extend_schema(operation_id="plans_readings_preview", responses=ReadingRowSerializer(many=True))
    def get(self, request: Request, key: str, file: UUID) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require("reading.import", **own(request.actor), plan=plan)
        stored = queries.get_table(actor=request.actor, pk=file)
        rows = queries.rows_of_table(actor=request.actor, plan=plan, file=stored)
        page = self.paginate_queryset(rows)  # type: ignore[arg-type]
        return self.get_paginated_response(ReadingRowSerializer(page, many=True).data)


urlpatterns = [
    path("plans/<slug:key>/readings/import/", ReadingImportView.as_view(), name="reading_import"),
    path(
        "plans/<slug:key>/readings/import/<uuid:file>/",
        ReadingPreviewView.as_view(),
        name="reading_preview",
    ),
]
