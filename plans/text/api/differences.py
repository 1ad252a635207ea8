"""The working draft for programs: the same acts as the pages, the same refusals."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.queries import get_plan, get_revision
from plans.text.comparing import compare


class PieceSerializer(serializers.Serializer[Any]):
    mark = serializers.ChoiceField(choices=["same", "removed", "added"])
    text = serializers.CharField()


class DifferenceSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(source="reading.key")
    kind = serializers.CharField()
    text_zh = PieceSerializer(many=True)
    text_en = PieceSerializer(many=True)


class DifferencesView(APIView):
    @extend_schema(responses=DifferenceSerializer(many=True))
    def get(self, request: Request, key: str, before: int, after: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        old, new = (get_revision(plan, number=number) for number in (before, after))
        return Response(DifferenceSerializer(compare(plan=plan, old=old, new=new), many=True).data)


urlpatterns = [
    path("plans/<slug:key>/differences/<int:before>/<int:after>/", DifferencesView.as_view()),
]
