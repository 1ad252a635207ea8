"""Experts for programs: what the joint office does, and the opinions as the parties see them.

What an invited person does itself is done on its one page only.
"""

from typing import Any

from django.conf import settings
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation import rules
from consult.phase2_preparation.actions import experts, panels
from consult.phase2_preparation.actions.experts import Asked
from consult.phase2_preparation.actions.panels import Minuted
from consult.phase2_preparation.api.given import S, round_given
from consult.phase2_preparation.enums import (
    InvitationState,
    InvitedAs,
    OpinionResult,
    ShownAs,
)
from consult.phase2_preparation.models import CollectiveOpinion, ExpertInvitation, ExpertOpinion
from consult.phase2_preparation.queries import experts as queries
from consult.phase2_preparation.steps.experts import Person, Until
from plans.register.api.given import InstantField, values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS


class PersonFields(S):
    """Who is asked. Somebody with an account is named by its address alone."""

    audience: Any = serializers.ChoiceField(choices=InvitedAs.choices)
    name = serializers.CharField(default="", allow_blank=True, max_length=120)
    email = serializers.EmailField()
    field = serializers.CharField(default="", allow_blank=True, max_length=120)
    shown_as: Any = serializers.ChoiceField(choices=ShownAs.choices, default=ShownAs.NAME.value)


def person_of(plan: Plan, data: dict[str, Any]) -> Person:
    """An expert of the plan with that address, else a name and an address."""
    email = data["email"].lower()
    known = [m for m in queries.expert_choices(plan) if m.user.email.lower() == email]
    return Person(
        audience=data["audience"],
        user=known[0].user if known else None,
        name=data["name"],
        email=email,
        field=data["field"],
        organization=known[0].organization if known else None,
        shown_as=data["shown_as"],
    )


class InviteExpertSerializer(PersonFields):
    chapters = serializers.ListField(child=serializers.CharField(max_length=60), default=list)
    items = serializers.ListField(child=serializers.CharField(max_length=60), default=list)
    questions = serializers.CharField(default="", allow_blank=True, max_length=5_000)
    closes_at = InstantField(default=None, allow_null=True)


class ExpertUntilSerializer(S):
    closes_at = serializers.DateTimeField()


class DecideSuggestionSerializer(S):
    invite = serializers.BooleanField()


class ExpertInvitationSerializer(serializers.ModelSerializer[ExpertInvitation]):
    round = serializers.IntegerField(source="round.number", allow_null=True, default=None)
    state = serializers.SerializerMethodField()

    class Meta:
        model = ExpertInvitation
        fields = [
            "number",
            "round",
            "audience",
            "name",
            "email",
            "field",
            "shown_as",
            "closes_at",
            "sent_at",
            "opened_at",
            "state",
        ]

    def get_state(self, row: ExpertInvitation) -> str:
        return InvitationState(row.state).value


class ExpertOpinionSerializer(serializers.ModelSerializer[ExpertOpinion]):
    who = serializers.CharField(source="invitation.shown_name")
    round = serializers.IntegerField(source="reply.round.number")
    summary = serializers.CharField(source="reply.text")

    class Meta:
        model = ExpertOpinion
        fields = ["who", "round", "result", "summary", "at"]


class MinutedFields(S):
    held_on = serializers.DateField()
    place = serializers.CharField(max_length=200)
    result: Any = serializers.ChoiceField(choices=OpinionResult.choices)
    text = serializers.CharField(max_length=20_000)
    file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


class MemberFields(PersonFields):
    is_chair = serializers.BooleanField(default=False)
    closes_at = serializers.DateTimeField()


class CollectiveSerializer(serializers.ModelSerializer[CollectiveOpinion]):
    revision = serializers.IntegerField(source="revision.number")

    class Meta:
        model = CollectiveOpinion
        fields = ["number", "revision", "held_on", "place", "result", "text", "finished_at"]


class OpinionsGivenView(generics.ListAPIView[ExpertOpinion]):
    """The opinions handed in that the caller may read."""

    serializer_class = ExpertOpinionSerializer
    queryset = ExpertOpinion.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        return queries.visible_opinions(actor=self.request.actor, plan=plan)


class InviteExpertView(APIView):
    @extend_schema(request=InviteExpertSerializer, responses={201: ExpertInvitationSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        rules.require("expert.invite", actor=request.actor, plan=plan)
        data = values_of(InviteExpertSerializer, request)
        until = Until(at=data["closes_at"], zone=one.zone) if data["closes_at"] else None
        asked = Asked(chapters=data["chapters"], items=data["items"], questions=data["questions"])
        row = experts.invite_expert(
            actor=request.actor,
            plan=plan,
            one=one,
            person=person_of(plan, data),
            asked=asked,
            until=until,
        )
        return Response(ExpertInvitationSerializer(row).data, status=201)


class _InvitationView(APIView):
    """What the joint office does with one invitation; others learn nothing of it."""

    act = ""

    def given(self, request: Request, key: str, number: int) -> tuple[Plan, ExpertInvitation]:
        plan = get_plan(actor=request.actor, key=key)
        rules.require(self.act, actor=request.actor, plan=plan)
        return plan, queries.get_invitation(plan, number=number)


class RemindExpertView(_InvitationView):
    act = "expert.remind"

    @extend_schema(request=None, responses=ExpertInvitationSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, row = self.given(request, key, number)
        row = experts.remind_expert(actor=request.actor, plan=plan, row=row)
        return Response(ExpertInvitationSerializer(row).data)


class RevokeExpertView(_InvitationView):
    act = "expert.revoke"

    @extend_schema(request=None, responses=ExpertInvitationSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, row = self.given(request, key, number)
        row = experts.revoke_expert(actor=request.actor, plan=plan, row=row)
        return Response(ExpertInvitationSerializer(row).data)


class ExtendExpertView(_InvitationView):
    act = "expert.extend"

    @extend_schema(request=ExpertUntilSerializer, responses=ExpertInvitationSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, row = self.given(request, key, number)
        at = values_of(ExpertUntilSerializer, request)["closes_at"]
        until = Until(at=at, zone=row.zone)
        row = experts.extend_expert(actor=request.actor, plan=plan, row=row, until=until)
        return Response(ExpertInvitationSerializer(row).data)


class EraseExpertView(_InvitationView):
    act = "expert.erase"

    @extend_schema(request=None, responses=ExpertInvitationSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, row = self.given(request, key, number)
        row = experts.erase_expert(actor=request.actor, plan=plan, row=row)
        return Response(ExpertInvitationSerializer(row).data)


class DecideSuggestionView(APIView):
    @extend_schema(request=DecideSuggestionSerializer, responses={204: None})
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("expert.decide_suggestion", actor=request.actor, plan=plan)
        experts.decide_suggestion(
            actor=request.actor,
            plan=plan,
            suggestion=queries.get_suggestion(plan, pk=pk),
            invite=values_of(DecideSuggestionSerializer, request)["invite"],
        )
        return Response(status=204)


class CollectiveListView(generics.ListAPIView[CollectiveOpinion]):
    """The common opinions of experts; POST writes a new one on the latest revision."""

    serializer_class = CollectiveSerializer
    queryset = CollectiveOpinion.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        return queries.visible_collective(actor=self.request.actor, plan=plan)

    @extend_schema(request=MinutedFields, responses={201: CollectiveSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("collective.write", actor=request.actor, plan=plan)
        one = panels.write_collective(
            actor=request.actor, plan=plan, minuted=minuted_given(request, plan)
        )
        return Response(CollectiveSerializer(one).data, status=201)


def minuted_given(request: Request, plan: Plan) -> Minuted:
    data = dict(values_of(MinutedFields, request))
    pk = data.pop("file")
    file = None
    if pk is not None:
        file = take_upload(
            actor=request.actor, pk=pk, kinds=DOCUMENTS, plan_key=plan.key, field="file"
        )
    return Minuted(**data, file=file)


def collective_given(
    request: Request, key: str, number: int, *, act: str
) -> tuple[Plan, CollectiveOpinion]:
    """The plan and its common opinion; Refused first for who may not do `act` at all."""
    plan = get_plan(actor=request.actor, key=key)
    rules.require(act, actor=request.actor, plan=plan)
    return plan, queries.get_collective(actor=request.actor, plan=plan, number=number)


class AddMemberView(APIView):
    @extend_schema(request=MemberFields, responses={201: ExpertInvitationSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = collective_given(request, key, number, act="collective.add_member")
        data = values_of(MemberFields, request)
        row = panels.add_member(
            actor=request.actor,
            plan=plan,
            one=one,
            person=person_of(plan, data),
            is_chair=data["is_chair"],
            until=Until(at=data["closes_at"], zone=settings.TIME_ZONE),
        )
        return Response(ExpertInvitationSerializer(row).data, status=201)


class EnterSignatureView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, key: str, number: int, member: int) -> Response:
        plan, one = collective_given(request, key, number, act="collective.enter_signature")
        row = queries.get_invitation(plan, number=member)
        panels.enter_signature(actor=request.actor, plan=plan, one=one, row=row)
        return Response(status=204)


class FinishCollectiveView(APIView):
    @extend_schema(request=None, responses=CollectiveSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = collective_given(request, key, number, act="collective.finish")
        one = panels.finish_collective(actor=request.actor, plan=plan, one=one)
        return Response(CollectiveSerializer(one).data)


PLAN = "plans/<slug:key>/"
EXPERTS = PLAN + "experts/"
ONE = EXPERTS + "<int:number>/"
COLLECTIVE = EXPERTS + "opinions/<int:number>/"
urlpatterns = [
    path(EXPERTS, OpinionsGivenView.as_view(), name="experts"),
    path(PLAN + "rounds/<int:number>/experts/", InviteExpertView.as_view(), name="expert-invite"),
    path(ONE + "remind/", RemindExpertView.as_view(), name="expert-remind"),
    path(ONE + "revoke/", RevokeExpertView.as_view(), name="expert-revoke"),
    path(ONE + "extend/", ExtendExpertView.as_view(), name="expert-extend"),
    path(ONE + "erase/", EraseExpertView.as_view(), name="expert-erase"),
    path(
        EXPERTS + "suggestions/<int:pk>/", DecideSuggestionView.as_view(), name="expert-suggestion"
    ),
    path(EXPERTS + "opinions/", CollectiveListView.as_view(), name="collective-list"),
    path(COLLECTIVE + "members/", AddMemberView.as_view(), name="collective-members"),
    path(
        COLLECTIVE + "members/<int:member>/sign/",
        EnterSignatureView.as_view(),
        name="collective-signature",
    ),
    path(COLLECTIVE + "finish/", FinishCollectiveView.as_view(), name="collective-finish"),
]
