"""Amendments for programs: the same acts as the pages, the same refusals."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.text import actions, queries
from plans.text.collisions import FIELDS, Texts
from plans.text.enums import AmendmentState
from plans.text.models import Amendment
from plans.text.rules import require_draft_sight


class TextsSerializer(serializers.Serializer[Any]):
    """Title and text in both languages; limits are checked by the act itself."""

    title_zh = serializers.CharField()
    title_en = serializers.CharField(default="", allow_blank=True)
    text_zh = serializers.CharField(trim_whitespace=False)
    text_en = serializers.CharField(trim_whitespace=False, default="", allow_blank=True)


class AmendmentSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="amendment.number")
    item = serializers.CharField(source="amendment.item.key")
    base = serializers.CharField(source="amendment.base_hash")
    texts = TextsSerializer(source="amendment.texts")
    reason = serializers.CharField(source="amendment.reason")
    jurisdiction = serializers.CharField(source="amendment.jurisdiction_id", allow_null=True)
    at = serializers.DateTimeField(source="amendment.at")
    state = serializers.ChoiceField(choices=AmendmentState.choices)
    moved_on = serializers.BooleanField()
    collisions = serializers.SerializerMethodField()

    def get_collisions(self, proposal: queries.Proposal) -> list[int]:
        return [one.number for one in proposal.collisions]


class NewAmendmentSerializer(serializers.Serializer[Any]):
    item = serializers.SlugField()
    base = serializers.CharField(max_length=80, default="", allow_blank=True)
    texts = TextsSerializer()
    reason = serializers.CharField(trim_whitespace=False)


class ApplySerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()
    texts = TextsSerializer(default=None, allow_null=True)


class DeclineSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(allow_blank=True)


class AmendmentFilterSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=AmendmentState.choices, required=False)
    item = serializers.CharField(required=False)
    party = serializers.CharField(required=False, help_text='a code, or "joint"')


class AmendmentListView(GenericAPIView[Amendment]):
    serializer_class = AmendmentSerializer

    @extend_schema(parameters=[AmendmentFilterSerializer], responses=AmendmentSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = _load(request, key)
        asked = AmendmentFilterSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = queries.amendments_of(plan, **asked.validated_data)
        page: Any = self.paginate_queryset(found)
        rows = AmendmentSerializer(queries.proposals(list(page)), many=True)
        return self.get_paginated_response(rows.data)

    @extend_schema(request=NewAmendmentSerializer, responses={201: AmendmentSerializer})
    def post(self, request: Request, key: str) -> Response:
        """Without a `base` the wording is proposed against the draft as it stands."""
        plan = _load(request, key)
        values = values_of(NewAmendmentSerializer, request)
        item = queries.get_provision(plan, key=values["item"]).item
        values["base"] = values["base"] or queries.base_hash_of(item)
        values["texts"] = _texts(values["texts"])
        made = actions.propose_amendment(actor=request.actor, plan=plan, **values)
        return Response(_shown(plan, made.number), status=201)


class AmendmentView(APIView):
    @extend_schema(responses=AmendmentSerializer)
    def get(self, request: Request, key: str, number: int) -> Response:
        return Response(_shown(_load(request, key), number))


class ApplyView(APIView):
    """409 where the draft moved on: send `texts` put together knowingly, with its `edits`."""

    @extend_schema(request=ApplySerializer, responses=AmendmentSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = _load(request, key)
        values = values_of(ApplySerializer, request)
        texts = _texts(values["texts"]) if values["texts"] else None
        actions.apply_amendment(
            actor=request.actor, plan=plan, number=number, edits=values["edits"], texts=texts
        )
        return Response(_shown(plan, number))


class DeclineView(APIView):
    @extend_schema(request=DeclineSerializer, responses=AmendmentSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = _load(request, key)
        values = values_of(DeclineSerializer, request)
        actions.decline_amendment(actor=request.actor, plan=plan, number=number, **values)
        return Response(_shown(plan, number))


class WithdrawView(APIView):
    @extend_schema(request=None, responses=AmendmentSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = _load(request, key)
        actions.withdraw_amendment(actor=request.actor, plan=plan, number=number)
        return Response(_shown(plan, number))


def _load(request: Request, key: str) -> Plan:
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    return plan


def _texts(values: dict[str, str]) -> Texts:
    return Texts(**{name: values[name].replace("\r\n", "\n") for name in FIELDS})


def _shown(plan: Plan, number: int) -> dict[str, Any]:
    found = queries.get_amendment(plan, number=number)
    return dict(AmendmentSerializer(queries.proposals([found])[0]).data)


urlpatterns = [
    path("plans/<slug:key>/amendments/", AmendmentListView.as_view()),
    path("plans/<slug:key>/amendments/<int:number>/", AmendmentView.as_view()),
    path("plans/<slug:key>/amendments/<int:number>/apply/", ApplyView.as_view()),
    path("plans/<slug:key>/amendments/<int:number>/decline/", DeclineView.as_view()),
    path("plans/<slug:key>/amendments/<int:number>/withdraw/", WithdrawView.as_view()),
]
