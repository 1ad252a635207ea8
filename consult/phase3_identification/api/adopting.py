"""Partial adoption for programs: what can be adopted first, what cannot yet, what was, the act."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase3_identification import actions
from consult.phase3_identification.adopting import Candidate, offer, parts_said
from consult.phase3_identification.api.sign_offs import find_sign_off
from consult.phase3_identification.board import board
from consult.phase3_identification.queries import (
    adopted_entries,
    adoptions_of,
    has_ended,
    life_of,
    revision_at,
    sees,
)
from consult.phase3_identification.telling import NONE_OPEN
from plans.register.queries import get_plan
from stakeholders.terms import clock


class CandidateSerializer(serializers.Serializer[Any]):
    """`why`: what stands against it. `state` is sent back with the item to adopt it."""

    item = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    why = serializers.ListField(child=serializers.CharField())
    links = serializers.ListField(child=serializers.CharField())


class RevisionSaidSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    hash = serializers.CharField()


class AdoptionSerializer(serializers.Serializer[Any]):
    revision = RevisionSaidSerializer()
    statement = serializers.CharField()
    reason = serializers.CharField()
    items = serializers.ListField(child=serializers.CharField())
    at = serializers.DateTimeField()


class OfferSerializer(serializers.Serializer[Any]):
    """`why_not`: why nothing can be adopted first now; then `ready` and `waiting` are empty."""

    why_not = serializers.CharField(allow_null=True)
    ready = CandidateSerializer(many=True)
    waiting = CandidateSerializer(many=True)
    adopted = AdoptionSerializer(many=True)


class SeenItemSerializer(serializers.Serializer[Any]):
    item = serializers.CharField(max_length=60)
    state = serializers.CharField(max_length=60)


class AdoptSerializer(serializers.Serializer[Any]):
    items = SeenItemSerializer(many=True)
    reason = serializers.CharField(allow_blank=True)


class AdoptionView(APIView):
    @extend_schema(responses=OfferSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan, sign_off = find_sign_off(request, key)
        done = list(adoptions_of(sign_off))
        adopted = parts_said(done, adopted_entries(done))
        why_not: object = NONE_OPEN if has_ended(sign_off) or plan.frozen is None else None
        why_not = why_not or life_of(sign_off, at=clock.now()).why_not_adopt
        said: dict[str, object] = {"why_not": why_not, "ready": [], "waiting": []}
        if why_not is None:
            sight = sees(sign_off, actor=request.actor, at=clock.now())
            revision = revision_at(sign_off, plan=plan)
            state = board(sign_off=sign_off, revision=revision, sees=sight, with_positions=False)
            found = offer(plan=plan, sign_off=sign_off, state=state)
            said |= {"ready": _lines(found.ready), "waiting": _lines(found.waiting)}
        return Response(OfferSerializer({**said, "adopted": adopted}).data)

    @extend_schema(request=AdoptSerializer, responses={201: AdoptionSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = AdoptSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = actions.adopt_part(
            actor=request.actor,
            plan=plan,
            items={one["item"]: one["state"] for one in asked.validated_data["items"]},
            reason=asked.validated_data["reason"],
        )
        said = parts_said([made], adopted_entries([made]))[0]
        return Response(AdoptionSerializer(said).data, status=201)


def _lines(rows: list[Candidate]) -> list[dict[str, object]]:
    return [
        {
            "item": one.key,
            "number": one.row.number,
            "title": one.row.title,
            "state": one.mark,
            "why": [str(text) for text in one.why],
            "links": one.links,
        }
        for one in rows
    ]


urlpatterns = [
    path("plans/<slug:key>/sign-off/adoption/", AdoptionView.as_view()),
]
