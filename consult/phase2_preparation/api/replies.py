"""Replies and their letters for programs."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation import actions, queries
from consult.phase2_preparation.api.given import LetterFields, S, letter_given, round_given
from consult.phase2_preparation.steps import Oral
from plans.register.api.given import InstantField, values_of
from plans.register.queries import get_plan
from stakeholders.files.api import described_files
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Invalid


class SubmitReplySerializer(LetterFields):
    is_nil = serializers.BooleanField(default=False)
    text = serializers.CharField(default="", allow_blank=True, max_length=5_000)
    oral_by = serializers.CharField(default="", allow_blank=True, max_length=120)
    oral_at = InstantField(default=None, allow_null=True)


def oral_of(data: dict[str, Any]) -> Oral | None:
    """An oral answer, given by both its fields or by none. Invalid for one of them."""
    by, at = data["oral_by"].strip(), data["oral_at"]
    if bool(by) != (at is not None):
        raise Invalid({"oral_by": _("Say both who gave the answer and when.")})
    return Oral(by=by, at=at) if by else None


class ReplyMadeSerializer(S):
    id = serializers.IntegerField(source="pk")
    is_nil = serializers.BooleanField()
    is_late = serializers.BooleanField(source="is_admitted_late")
    at = serializers.DateTimeField()


class ReplyView(APIView):
    """Submits the cleared comments of the token's jurisdiction, or says that it has none."""

    @extend_schema(request=SubmitReplySerializer, responses={201: ReplyMadeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        data = values_of(SubmitReplySerializer, request)
        reply = actions.submit_reply(
            actor=request.actor,
            plan=plan,
            one=one,
            letter=letter_given(request, plan, data),
            is_nil=data["is_nil"],
            text=data["text"],
            oral=oral_of(data),
        )
        return Response(ReplyMadeSerializer(reply).data, status=201)


class LetterView(APIView):
    """The letter that came with a reply, for who sees the reply."""

    @extend_schema(operation_id="plans_rounds_letter", responses=described_files())
    def get(self, request: Request, key: str, reply: int) -> HttpResponseBase:
        plan = get_plan(actor=request.actor, key=key)
        stored = queries.get_letter(actor=request.actor, plan=plan, reply=reply)
        return answer_file(stored, request=request._request)


PLAN = "plans/<slug:key>/"
urlpatterns = [
    path(PLAN + "rounds/<int:number>/reply/", ReplyView.as_view(), name="round-reply"),
    path(PLAN + "replies/<int:reply>/letter/", LetterView.as_view(), name="reply-letter"),
]
