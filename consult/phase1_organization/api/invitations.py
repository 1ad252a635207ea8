"""Inviting jurisdictions and answering, for programs."""

from django.http import HttpResponseBase
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase1_organization import actions
from consult.phase1_organization.api.serializers import (
    AnswerSerializer,
    InvitationSerializer,
    InviteSerializer,
    ReplySerializer,
)
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.queries import (
    asked,
    get_answer,
    get_invitation,
    invitations_of,
    invitations_to,
)
from consult.phase1_organization.steps import Asking, Reply
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.api import described_files
from stakeholders.files.enums import LETTERS
from stakeholders.files.serving import answer_file
from stakeholders.terms import clock
from stakeholders.terms.errors import NotVisible


def _invitations(rows: list[Invitation]) -> list[Invitation]:
    """The rows with the state and answer their serializer reads."""
    newest = {row.pk: row for row in rows}
    for one in asked(rows, at=clock.now()):
        newest[one.invitation.pk].state = one.state
        newest[one.invitation.pk].newest_answer = one.answer
    return rows


class MyInvitations(GenericAPIView):
    """Invitations to the jurisdiction one speaks for."""

    serializer_class = InvitationSerializer

    @extend_schema(operation_id="my_invitations", responses=InvitationSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(invitations_to(actor=request.actor))
        rows = InvitationSerializer(_invitations(list(page or [])), many=True)
        return self.get_paginated_response(rows.data)


class AnswerInvitation(GenericAPIView):
    serializer_class = ReplySerializer

    @extend_schema(
        operation_id="invitation_answer",
        request=ReplySerializer,
        responses={201: AnswerSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        invitation = get_invitation(actor=request.actor, pk=pk)
        given = ReplySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        letter = given.validated_data["letter_file"]
        stored = letter and take_upload(
            actor=request.actor,
            pk=letter,
            kinds=LETTERS,
            plan_key=invitation.plan.key,
            field="letter_file",
        )
        answer = actions.answer_invitation(
            actor=request.actor,
            invitation=invitation,
            reply=Reply(**{**given.validated_data, "letter_file": stored}),
        )
        return Response(AnswerSerializer(answer).data, status=status.HTTP_201_CREATED)


class AnswerLetter(APIView):
    """The letter that came with an answer, for who sees the answer."""

    @extend_schema(operation_id="invitation_letter", responses=described_files())
    def get(self, request: Request, key: str, pk: int) -> HttpResponseBase:
        stored = get_answer(actor=request.actor, key=key, pk=pk).letter_file
        if stored is None:
            raise NotVisible
        return answer_file(stored, request=request._request)


class PlanInvitations(GenericAPIView):
    serializer_class = InvitationSerializer

    @extend_schema(operation_id="plan_invitations", responses=InvitationSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(invitations_of(plan))
        data = InvitationSerializer(_invitations(list(page or [])), many=True).data
        return self.get_paginated_response(data)

    @extend_schema(
        operation_id="invitation_send",
        request=InviteSerializer,
        responses={201: InvitationSerializer(many=True)},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = InviteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        rows = actions.invite(
            actor=request.actor,
            plan=plan,
            invitations=[
                Asking(
                    code=row["jurisdiction"],
                    role=row["role"],
                    answer_by=row["answer_by"],
                    must_sign=row["must_sign"],
                    weight=str(row["weight"]),
                    message=row["message"],
                )
                for row in given.validated_data["invitations"]
            ],
        )
        data = InvitationSerializer(_invitations(rows), many=True).data
        return Response(data, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("invitations/", MyInvitations.as_view()),
    path("invitations/<int:pk>/answers/", AnswerInvitation.as_view()),
    path("plans/<slug:key>/answers/<int:pk>/letter/", AnswerLetter.as_view()),
    path("plans/<slug:key>/invitations/", PlanInvitations.as_view()),
]
