"""Inside a party for programs: reading, writing, handing up and sending back what is prepared.

Taking the position itself binds the jurisdiction and is done by form only.
"""

import json

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.ballots.enums import PositionValue
from consult.phase3_identification import actions
from consult.phase3_identification.enums import PreparedState
from consult.phase3_identification.queries import (
    Prepared,
    own_sign_off,
    prepared_of,
    require_open,
)
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import canonical
from stakeholders.terms.errors import NotVisible


class PreparedConditionSerializer(serializers.Serializer):
    text = serializers.CharField()
    by = serializers.CharField(required=False, allow_blank=True, max_length=6)
    due_on = serializers.DateField(required=False)


class PreparedExceptionSerializer(serializers.Serializer):
    item = serializers.SlugField(max_length=60)
    value = serializers.ChoiceField(choices=PositionValue.choices)
    text = serializers.CharField(required=False, allow_blank=True)
    wording = serializers.CharField(required=False, allow_blank=True)
    scope = serializers.CharField(required=False, allow_blank=True, max_length=200)
    lifted_if_zh = serializers.CharField(required=False, allow_blank=True)
    lifted_if_en = serializers.CharField(required=False, allow_blank=True)
    text_en = serializers.CharField(required=False, allow_blank=True)
    review_on = serializers.DateField(required=False)
    conditions = PreparedConditionSerializer(many=True, required=False, default=list)


class PreparedWriteSerializer(serializers.Serializer):
    """The general value with its texts, the letter, exceptions and notes; `edits` is the save
    number read before, 0 where nothing is prepared yet."""

    value = serializers.ChoiceField(choices=PositionValue.choices, required=False)
    text = serializers.CharField(required=False, allow_blank=True)
    wording = serializers.CharField(required=False, allow_blank=True)
    letter_number = serializers.CharField(required=False, allow_blank=True, max_length=80)
    letter_on = serializers.DateField(required=False)
    issuer = serializers.CharField(required=False, allow_blank=True, max_length=120)
    decided_by = serializers.CharField(required=False, allow_blank=True, max_length=120)
    meeting = serializers.CharField(required=False, allow_blank=True, max_length=120)
    decided_on = serializers.DateField(required=False)
    conditions = PreparedConditionSerializer(many=True, required=False, default=list)
    exceptions = PreparedExceptionSerializer(many=True, required=False, default=list)
    notes = serializers.DictField(
        child=serializers.CharField(max_length=4_000), required=False, default=dict
    )
    advice = serializers.CharField(required=False, allow_blank=True, default="")
    edits = serializers.IntegerField(min_value=0, default=0)


class SeenSerializer(serializers.Serializer):
    edits = serializers.IntegerField(min_value=0)


class ReturnSerializer(SeenSerializer):
    reason = serializers.CharField()


class PreparedSerializer(serializers.Serializer):
    state = serializers.ChoiceField(choices=PreparedState.choices)
    edits = serializers.IntegerField()
    revision = serializers.CharField()
    content = serializers.JSONField()
    advice = serializers.CharField()
    reason = serializers.CharField()
    changed = serializers.ListField(child=serializers.CharField())
    is_ready = serializers.BooleanField()


def _state(found: Prepared) -> dict[str, object]:
    draft = found.draft
    return {
        "state": draft.state,
        "edits": draft.edits,
        "revision": draft.revision.hash,
        "content": draft.content,
        "advice": draft.advice,
        "reason": draft.reason,
        "changed": sorted(found.changed),
        "is_ready": found.is_ready,
    }


def _answer(request: Request, plan: Plan) -> Response:
    current = require_open(own_sign_off(actor=request.actor, plan=plan))
    found = prepared_of(actor=request.actor, sign_off=current, plan=plan)
    if found is None:
        raise NotVisible
    return Response(PreparedSerializer(_state(found)).data)


class PreparedView(APIView):
    @extend_schema(responses=PreparedSerializer)
    def get(self, request: Request, key: str) -> Response:
        return _answer(request, get_plan(actor=request.actor, key=key))

    @extend_schema(request=PreparedWriteSerializer, responses=PreparedSerializer)
    def put(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = PreparedWriteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        advice, edits = said.pop("advice"), said.pop("edits")
        actions.draft_position(
            actor=request.actor,
            plan=plan,
            content=json.loads(canonical.canonical(said)),
            advice=advice,
            edits=edits,
        )
        return _answer(request, plan)


class HandUpView(APIView):
    @extend_schema(request=SeenSerializer, responses=PreparedSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = SeenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.hand_up_position(actor=request.actor, plan=plan, **asked.validated_data)
        return _answer(request, plan)


class ReturnView(APIView):
    @extend_schema(request=ReturnSerializer, responses=PreparedSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = ReturnSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.return_position(actor=request.actor, plan=plan, **asked.validated_data)
        return _answer(request, plan)


BASE = "plans/<slug:key>/sign-off/prepared/"
urlpatterns = [
    path(BASE, PreparedView.as_view()),
    path(f"{BASE}hand-up/", HandUpView.as_view()),
    path(f"{BASE}return/", ReturnView.as_view()),
]
