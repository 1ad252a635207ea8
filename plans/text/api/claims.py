"""Editorial claims and defined terms for programs: the same acts as the pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register.api.given import values_of
from plans.register.queries import get_plan
from plans.text import actions, queries
from plans.text.enums import ClaimVerdict
from plans.text.models import ClaimConfirmation, DefinedTerm
from plans.text.rules import require_draft_sight


class ClaimAnswerSerializer(serializers.ModelSerializer[ClaimConfirmation]):
    jurisdiction: Any = serializers.CharField(source="jurisdiction_id", read_only=True)

    class Meta:
        model = ClaimConfirmation
        fields = ["jurisdiction", "verdict", "reason", "at"]
        read_only_fields = ["at"]


class ClaimSerializer(serializers.Serializer[Any]):
    item = serializers.CharField(source="item.key")
    jurisdiction = serializers.CharField(source="claim.jurisdiction_id", allow_null=True)
    draft = serializers.CharField(source="claim.hash")
    base = serializers.CharField(source="entry.version.hash")
    standing = serializers.CharField()
    answers = ClaimAnswerSerializer(many=True)


class NewClaimAnswerSerializer(serializers.Serializer[Any]):
    draft = serializers.CharField(help_text="The hash of the wording that was read.")
    verdict = serializers.ChoiceField(choices=ClaimVerdict.choices)
    reason = serializers.CharField(default="", allow_blank=True, max_length=500)


class TermSerializer(serializers.ModelSerializer[DefinedTerm]):
    class Meta:
        model = DefinedTerm
        fields = ["id", "term_zh", "term_en", "definition_zh", "definition_en", "added_at"]
        read_only_fields = ["id", "added_at"]


class ClaimListView(APIView):
    @extend_schema(responses=ClaimSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        return Response(ClaimSerializer(queries.claims_of(plan), many=True).data)


class ClaimAnswerView(APIView):
    @extend_schema(request=NewClaimAnswerSerializer, responses={201: ClaimAnswerSerializer})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(NewClaimAnswerSerializer, request)
        made = actions.answer_claim(actor=request.actor, plan=plan, key=item, **values)
        return Response(ClaimAnswerSerializer(made).data, status=201)


class TermListView(APIView):
    @extend_schema(responses=TermSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        return Response(TermSerializer(queries.terms_of(plan), many=True).data)

    @extend_schema(request=TermSerializer, responses={201: TermSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(TermSerializer, request)
        made = actions.add_term(actor=request.actor, plan=plan, **values)
        return Response(TermSerializer(made).data, status=201)


class TermRemoveView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, key: str, term: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        actions.remove_term(actor=request.actor, plan=plan, term=term)
        return Response(status=204)


PLAN = "plans/<slug:key>/"
urlpatterns = [
    path(f"{PLAN}claims/", ClaimListView.as_view()),
    path(f"{PLAN}claims/<slug:item>/", ClaimAnswerView.as_view()),
    path(f"{PLAN}terms/", TermListView.as_view()),
    path(f"{PLAN}terms/<int:term>/remove/", TermRemoveView.as_view()),
]
