"""Splitting, merging and replacing provisions for programs."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.api.given import values_of
from plans.register.queries import get_plan
from plans.text.actions import merge_provisions, replace_provision, split_provision


class SplitSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()
    titles = serializers.ListField(child=serializers.CharField())


class MergeSerializer(serializers.Serializer[Any]):
    others = serializers.ListField(child=serializers.SlugField())
    title_zh = serializers.CharField()
    title_en = serializers.CharField(default="", allow_blank=True)


class ReplaceSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField(default="", allow_blank=True)


class MadeSerializer(serializers.Serializer[Any]):
    """The keys of the new provisions."""

    items = serializers.ListField(child=serializers.SlugField())


class SplitView(APIView):
    @extend_schema(request=SplitSerializer, responses={201: MadeSerializer})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(SplitSerializer, request)
        made = split_provision(actor=request.actor, plan=plan, key=item, **values)
        return Response({"items": [one.item.key for one in made]}, status=201)


class MergeView(APIView):
    @extend_schema(request=MergeSerializer, responses={201: MadeSerializer})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(MergeSerializer, request)
        made = merge_provisions(actor=request.actor, plan=plan, key=item, **values)
        return Response({"items": [made.item.key]}, status=201)


class ReplaceView(APIView):
    @extend_schema(request=ReplaceSerializer, responses={201: MadeSerializer})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(ReplaceSerializer, request)
        made = replace_provision(actor=request.actor, plan=plan, key=item, **values)
        return Response({"items": [made.item.key]}, status=201)


urlpatterns = [
    path("plans/<slug:key>/provisions/<slug:item>/split/", SplitView.as_view()),
    path("plans/<slug:key>/provisions/<slug:item>/merge/", MergeView.as_view()),
    path("plans/<slug:key>/provisions/<slug:item>/replace/", ReplaceView.as_view()),
]
