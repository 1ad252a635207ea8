"""Answers that come by letter, from a body or a symposium, and letters that follow, for programs."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.actions import Said
from consult.phase2_preparation.api.given import (
    LetterFields,
    OpinionFields,
    S,
    letter_given,
    opinions_of,
    round_given,
)
from consult.phase2_preparation.api.replies import ReplyMadeSerializer
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.api import described_files
from stakeholders.files.serving import answer_file


class AnswerFields(LetterFields):
    is_nil = serializers.BooleanField(default=False)
    text = serializers.CharField(default="", allow_blank=True, max_length=5_000)
    opinions = OpinionFields(many=True, default=list)


class EnterAnswerSerializer(AnswerFields):
    """The unit by its code or the body by its key."""

    code = serializers.CharField(default=None, allow_null=True, max_length=6)
    body = serializers.CharField(default=None, allow_null=True, max_length=20)
    received_on = serializers.DateField(default=None, allow_null=True)


class SymposiumSerializer(S):
    held_on = serializers.DateField()
    place = serializers.CharField(max_length=200)
    participants = serializers.CharField(max_length=5_000)
    text = serializers.CharField(default="", allow_blank=True, max_length=5_000)
    minutes = serializers.UUIDField(help_text="The id of an upload of one's own.")
    opinions = OpinionFields(many=True)


class LetterMadeSerializer(S):
    number = serializers.CharField()
    on = serializers.DateField()
    at = serializers.DateTimeField()


def said_of(request: Request, plan: Plan, data: dict[str, Any]) -> Said:
    return Said(
        opinions=opinions_of(data),
        is_nil=data["is_nil"],
        text=data["text"],
        letter=letter_given(request, plan, data),
        received_on=data.get("received_on"),
    )


class EnterAnswerView(APIView):
    """Enters the answer of a unit or body that is no party, with its letter."""

    @extend_schema(request=EnterAnswerSerializer, responses={201: ReplyMadeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        rules.require("round.enter_answer", actor=request.actor, plan=plan)
        data = values_of(EnterAnswerSerializer, request)
        reply = actions.enter_answer(
            actor=request.actor,
            plan=plan,
            one=one,
            said=said_of(request, plan, data),
            code=data["code"],
            body=data["body"],
        )
        return Response(ReplyMadeSerializer(reply).data, status=201)


class AnswerBodyView(APIView):
    """Answers for the invited body the token acts for."""

    @extend_schema(request=AnswerFields, responses={201: ReplyMadeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        said = said_of(request, plan, values_of(AnswerFields, request))
        reply = actions.answer_for_body(actor=request.actor, plan=plan, one=one, said=said)
        return Response(ReplyMadeSerializer(reply).data, status=201)


class SymposiumView(APIView):
    """Enters the minutes of a symposium with the opinions raised there."""

    @extend_schema(request=SymposiumSerializer, responses={201: ReplyMadeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        rules.require("round.enter_symposium", actor=request.actor, plan=plan)
        data = values_of(SymposiumSerializer, request)
        paper = dict.fromkeys(("letter_number", "issuer"), "") | {"letter_on": None}
        said = Said(
            opinions=opinions_of(data),
            text=data["text"],
            letter=letter_given(request, plan, {**paper, "letter_file": data["minutes"]}),
        )
        meeting = {name: data[name] for name in ("held_on", "place", "participants")}
        reply = actions.enter_symposium(
            actor=request.actor, plan=plan, one=one, said=said, **meeting
        )
        return Response(ReplyMadeSerializer(reply).data, status=201)


class LaterLetterView(APIView):
    """The letter that followed an answer; POST adds it."""

    @extend_schema(operation_id="plans_replies_later_letter", responses=described_files())
    def get(self, request: Request, key: str, reply: int) -> HttpResponseBase:
        plan = get_plan(actor=request.actor, key=key)
        stored = queries.get_later_letter(actor=request.actor, plan=plan, reply=reply)
        return answer_file(stored, request=request._request)

    @extend_schema(request=LetterFields, responses={201: LetterMadeSerializer})
    def post(self, request: Request, key: str, reply: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = queries.get_reply(actor=request.actor, plan=plan, pk=reply)
        code = found.jurisdiction_id
        rules.require("reply.add_letter", actor=request.actor, plan=plan, code=code)
        data = values_of(LetterFields, request)
        row = actions.add_letter(
            actor=request.actor,
            plan=plan,
            reply=found,
            letter=letter_given(request, plan, data),
        )
        return Response(LetterMadeSerializer(row).data, status=201)


PLAN = "plans/<slug:key>/"
ROUND = PLAN + "rounds/<int:number>/"
urlpatterns = [
    path(ROUND + "answers/", EnterAnswerView.as_view(), name="round-answers"),
    path(ROUND + "our-answer/", AnswerBodyView.as_view(), name="round-answer-body"),
    path(ROUND + "symposia/", SymposiumView.as_view(), name="round-symposia"),
    path(
        PLAN + "replies/<int:reply>/later-letter/",
        LaterLetterView.as_view(),
        name="reply-later-letter",
    ),
]
