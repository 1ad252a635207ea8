"""The heads of a plan's record for programs."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register import queries
from stakeholders.record.models import HeadTold


class HeadToldSerializer(serializers.ModelSerializer[HeadTold]):
    class Meta:
        model = HeadTold
        fields = ["seq", "hash", "root", "at"]


class FoundSerializer(serializers.Serializer[Any]):
    hash = serializers.CharField()
    number = serializers.IntegerField(help_text="of the entry; 0: the record knows no such hash")
    is_root = serializers.BooleanField(help_text="the root over so many entries, as it was told")
    told_at = serializers.DateTimeField(source="told.at", default=None, allow_null=True)


class PresentHeadSerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    hash = serializers.CharField()
    compared = FoundSerializer(many=True)


class Heads(generics.ListAPIView[HeadTold]):
    """The heads told to the parties, the newest first."""

    serializer_class = HeadToldSerializer

    def get_queryset(self) -> QuerySet[HeadTold]:
        if getattr(self, "swagger_fake_view", False):
            return HeadTold.objects.none()
        plan = queries.get_plan(actor=self.request._request.actor, key=self.kwargs["key"])
        return queries.heads_of(plan)


class PresentHead(APIView):
    @extend_schema(
        parameters=[OpenApiParameter("head", str, description="a head or root from a mail")],
        responses=PresentHeadSerializer,
        operation_id="plan_record_head",
    )
    def get(self, request: Request, key: str) -> Response:
        """The present end of the record, and what a given hash is in it."""
        plan = queries.get_plan(actor=request._request.actor, key=key)
        seq, digest = queries.present_head(plan)
        asked = queries.find_heads(plan, text=request.query_params.get("head", ""))
        row = {"seq": seq, "hash": digest, "compared": asked}
        return Response(PresentHeadSerializer(row).data)


urlpatterns = [
    path("plans/<slug:key>/record/heads/", Heads.as_view(), name="record_heads"),
    path("plans/<slug:key>/record/head/", PresentHead.as_view(), name="record_head"),
]
