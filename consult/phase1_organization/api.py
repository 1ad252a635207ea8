"""The joint organization over the API: the same actions. Positions are taken in the form only."""

from django.http import HttpResponseBase
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.ballots.models import Ballot
from consult.ballots.queries import newest_positions, visible_positions
from consult.phase1_organization import actions
from consult.phase1_organization.base_set import base_set, shown_to
from consult.phase1_organization.content import from_dict
from consult.phase1_organization.governing import names_of
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.queries import (
    asked,
    ballots_of,
    charter_in_force,
    charters_of,
    co_makers_of,
    get_answer,
    get_charter,
    get_invitation,
    invitations_of,
    invitations_to,
)
from consult.phase1_organization.serializers import (
    AnswerSerializer,
    BaseFileSerializer,
    BaseSetSerializer,
    CharterBallotEndSerializer,
    CharterBallotSerializer,
    CharterReasonSerializer,
    CharterSerializer,
    InvitationSerializer,
    InviteSerializer,
    OpenCharterBallotSerializer,
    ProposeSerializer,
    ReplySerializer,
)
from consult.phase1_organization.steps import Asking, Reply
from consult.phase1_organization.trial_api import TryCharter
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.text.rules import sees_draft
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS
from stakeholders.files.serving import answer_file
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
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

    @extend_schema(operation_id="invitation_letter", responses={200: OpenApiTypes.BINARY})
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


def _charter_context(plan: Plan) -> dict[str, object]:
    in_force = charter_in_force(plan)
    names = names_of(co_makers_of(plan))
    return {"in_force": in_force.pk if in_force else None, "names": names}


class PlanCharters(GenericAPIView):
    serializer_class = CharterSerializer

    @extend_schema(operation_id="charters", responses=CharterSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(charters_of(plan))
        rows = CharterSerializer(page, many=True, context=_charter_context(plan))
        return self.get_paginated_response(rows.data)

    @extend_schema(
        operation_id="charter_propose",
        request=ProposeSerializer,
        responses={201: CharterSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = ProposeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        charter = actions.propose_charter(
            actor=request.actor,
            plan=plan,
            content=from_dict(given.validated_data["content"]),
            note=given.validated_data["note"],
        )
        data = CharterSerializer(charter, context=_charter_context(plan)).data
        return Response(data, status=status.HTTP_201_CREATED)


class OneCharter(GenericAPIView):
    serializer_class = CharterSerializer

    @extend_schema(operation_id="charter", responses=CharterSerializer)
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        charter = get_charter(plan, number=number)
        return Response(CharterSerializer(charter, context=_charter_context(plan)).data)


class CharterBallots(GenericAPIView):
    """The ballots on one charter, newest first."""

    serializer_class = CharterBallotSerializer

    @extend_schema(operation_id="charter_ballots", responses=CharterBallotSerializer(many=True))
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        charter = get_charter(plan, number=number)
        page = self.paginate_queryset(ballots_of(plan).filter(subject_id=charter.version))
        return self.get_paginated_response(_ballots(list(page or []), actor=request.actor))

    @extend_schema(
        operation_id="charter_ballot_open",
        request=OpenCharterBallotSerializer,
        responses={201: CharterBallotSerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        charter = get_charter(get_plan(actor=request.actor, key=key), number=number)
        given = OpenCharterBallotSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ballot = actions.open_charter_ballot(
            actor=request.actor, charter=charter, **given.validated_data
        )
        return Response(_ballots([ballot], actor=request.actor)[0], status=status.HTTP_201_CREATED)


def _ballots(ballots: list[Ballot], *, actor: Actor) -> list[dict[str, object]]:
    held = newest_positions(ballots)
    seen = visible_positions(ballots, actor=actor, at=clock.now())
    for ballot in ballots:
        ballot.answered = sorted(code for pk, code in held if pk == ballot.pk)
        ballot.newest = [row for (pk, _code), row in sorted(seen.items()) if pk == ballot.pk]
    return [dict(CharterBallotSerializer(ballot).data) for ballot in ballots]


class CloseCharterBallot(GenericAPIView):
    serializer_class = CharterBallotEndSerializer

    @extend_schema(
        operation_id="charter_ballot_close", request=None, responses=CharterBallotEndSerializer
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        charter = get_charter(get_plan(actor=request.actor, key=key), number=number)
        end = actions.close_charter_ballot(actor=request.actor, charter=charter)
        return Response(CharterBallotEndSerializer(end).data)


class CloseCharterBallotEmpty(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="charter_ballot_close_without_result",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        charter = get_charter(get_plan(actor=request.actor, key=key), number=number)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.close_without_result(
            actor=request.actor, charter=charter, reason=given.validated_data["reason"]
        )
        return Response(CharterBallotEndSerializer(end).data)


class RecallCharterBallot(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="charter_ballot_recall",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        charter = get_charter(get_plan(actor=request.actor, key=key), number=number)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.recall_charter_ballot(
            actor=request.actor, charter=charter, reason=given.validated_data["reason"]
        )
        return Response(CharterBallotEndSerializer(end).data)


class BaseView(GenericAPIView):
    """Base map and base figures (底图底数): the files, and where their agreement stands."""

    serializer_class = BaseSetSerializer

    @extend_schema(operation_id="base", responses=BaseSetSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = base_set(plan)
        data = BaseSetSerializer(found).data
        seen = shown_to(found.attachments, sees_draft=sees_draft(actor=request.actor, plan=plan))
        return Response({**data, "attachments": BaseFileSerializer(seen, many=True).data})


class OpenBaseBallot(GenericAPIView):
    serializer_class = OpenCharterBallotSerializer

    @extend_schema(
        operation_id="base_ballot_open",
        request=OpenCharterBallotSerializer,
        responses={201: BaseSetSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = OpenCharterBallotSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actions.open_base_ballot(actor=request.actor, plan=plan, **given.validated_data)
        data = BaseSetSerializer(base_set(plan)).data
        return Response(data, status=status.HTTP_201_CREATED)


class CloseBaseBallot(GenericAPIView):
    serializer_class = CharterBallotEndSerializer

    @extend_schema(
        operation_id="base_ballot_close", request=None, responses=CharterBallotEndSerializer
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        end = actions.close_base_ballot(actor=request.actor, plan=plan)
        return Response(CharterBallotEndSerializer(end).data)


class CloseBaseBallotEmpty(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="base_ballot_close_without_result",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.close_base_without_result(
            actor=request.actor, plan=plan, **given.validated_data
        )
        return Response(CharterBallotEndSerializer(end).data)


class RecallBaseBallot(GenericAPIView):
    serializer_class = CharterReasonSerializer

    @extend_schema(
        operation_id="base_ballot_recall",
        request=CharterReasonSerializer,
        responses=CharterBallotEndSerializer,
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = CharterReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end = actions.recall_base_ballot(actor=request.actor, plan=plan, **given.validated_data)
        return Response(CharterBallotEndSerializer(end).data)


urlpatterns = [
    path("plans/<slug:key>/base/ballots/recall/", RecallBaseBallot.as_view()),
    path("plans/<slug:key>/base/", BaseView.as_view()),
    path("plans/<slug:key>/base/ballots/", OpenBaseBallot.as_view()),
    path("plans/<slug:key>/base/ballots/close/", CloseBaseBallot.as_view()),
    path("plans/<slug:key>/base/ballots/close-without-result/", CloseBaseBallotEmpty.as_view()),
    path("invitations/", MyInvitations.as_view()),
    path("invitations/<int:pk>/answers/", AnswerInvitation.as_view()),
    path("plans/<slug:key>/answers/<int:pk>/letter/", AnswerLetter.as_view()),
    path("plans/<slug:key>/invitations/", PlanInvitations.as_view()),
    path("plans/<slug:key>/charters/", PlanCharters.as_view()),
    path("plans/<slug:key>/charters/try/", TryCharter.as_view()),
    path("plans/<slug:key>/charters/<int:number>/", OneCharter.as_view()),
    path("plans/<slug:key>/charters/<int:number>/ballots/", CharterBallots.as_view()),
    path("plans/<slug:key>/charters/<int:number>/ballots/close/", CloseCharterBallot.as_view()),
    path(
        "plans/<slug:key>/charters/<int:number>/ballots/close-without-result/",
        CloseCharterBallotEmpty.as_view(),
    ),
    path("plans/<slug:key>/charters/<int:number>/ballots/recall/", RecallCharterBallot.as_view()),
]
