"""The joint organization over the API: the same actions. Positions are taken in the form only."""

from decimal import Decimal

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.ballots.models import Ballot, BallotEnd
from consult.ballots.queries import newest_positions
from consult.phase1_organization import actions
from consult.phase1_organization.content import from_dict
from consult.phase1_organization.enums import (
    Answer,
    InvitationState,
    LadderLevel,
    Override,
    SilenceInRound,
    SilenceInSignOff,
    TwoPersonAct,
)
from consult.phase1_organization.models import Charter, Invitation, InvitationAnswer
from consult.phase1_organization.queries import (
    asked,
    ballots_of,
    charter_in_force,
    charters_of,
    get_charter,
    get_invitation,
    invitations_of,
    invitations_to,
)
from consult.phase1_organization.steps import Asking, Reply
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import clock


class AnswerSerializer(serializers.ModelSerializer[InvitationAnswer]):
    class Meta:
        model = InvitationAnswer
        fields = ["answer", "role_asked", "text", "letter_number", "letter_on", "issuer", "at"]


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    plan = serializers.CharField(source="plan.key")
    jurisdiction = serializers.CharField(source="jurisdiction_id")
    state = serializers.ChoiceField(choices=InvitationState.choices, read_only=True)
    newest_answer = AnswerSerializer(allow_null=True, read_only=True)

    class Meta:
        model = Invitation
        fields = [
            "id",
            "plan",
            "jurisdiction",
            "role",
            "must_sign",
            "weight",
            "message",
            "invited_at",
            "answer_by",
            "state",
            "newest_answer",
        ]


class AskingSerializer(serializers.Serializer[None]):
    jurisdiction = serializers.CharField(max_length=6)
    role = serializers.ChoiceField(choices=PartyRole.choices)
    answer_by = serializers.DateTimeField()
    must_sign = serializers.BooleanField(default=False)
    weight = serializers.DecimalField(max_digits=9, decimal_places=3, default=Decimal(1))
    message = serializers.CharField(max_length=4000, default="", allow_blank=True)


class InviteSerializer(serializers.Serializer[None]):
    invitations = AskingSerializer(many=True)


class ReplySerializer(serializers.Serializer[None]):
    answer = serializers.ChoiceField(choices=Answer.choices)
    role_asked = serializers.ChoiceField(choices=PartyRole.choices, default="", allow_blank=True)
    text = serializers.CharField(max_length=4000, default="", allow_blank=True)
    letter_number = serializers.CharField(max_length=80, default="", allow_blank=True)
    letter_on = serializers.DateField(default=None, allow_null=True)
    issuer = serializers.CharField(max_length=120, default="", allow_blank=True)


class RungSerializer(serializers.Serializer[None]):
    level = serializers.ChoiceField(choices=LadderLevel.choices)
    working_days = serializers.IntegerField()


class ClauseSerializer(serializers.Serializer[None]):
    key = serializers.CharField(max_length=12)
    zh = serializers.CharField(max_length=2000)
    en = serializers.CharField(max_length=2000, default="", allow_blank=True)
    value = serializers.CharField(max_length=300, default="", allow_blank=True)


class CharterContentSerializer(serializers.Serializer[None]):
    rules = serializers.DictField(child=serializers.JSONField())
    silence_in_round = serializers.ChoiceField(choices=SilenceInRound.choices)
    silence_in_sign_off = serializers.ChoiceField(choices=SilenceInSignOff.choices)
    round_days = serializers.IntegerField()
    urgent_round_days = serializers.IntegerField()
    ladder = RungSerializer(many=True)
    two_person = serializers.ListField(child=serializers.ChoiceField(choices=TwoPersonAct.choices))
    override = serializers.ChoiceField(choices=Override.choices)
    partial_adoption = serializers.BooleanField()
    clauses = ClauseSerializer(many=True)


class ProposeSerializer(serializers.Serializer[None]):
    content = CharterContentSerializer()
    note = serializers.CharField(max_length=300, default="", allow_blank=True)


class CharterSerializer(serializers.ModelSerializer[Charter]):
    content = serializers.SerializerMethodField()
    is_in_force = serializers.SerializerMethodField()

    class Meta:
        model = Charter
        fields = ["number", "hash", "note", "proposed_at", "is_in_force", "content"]

    @extend_schema_field(CharterContentSerializer)
    def get_content(self, charter: Charter) -> dict[str, object]:
        return charter.content.as_dict()

    def get_is_in_force(self, charter: Charter) -> bool:
        return bool(charter.pk == self.context.get("in_force"))


class CharterPositionSerializer(serializers.Serializer[None]):
    jurisdiction = serializers.CharField(source="jurisdiction_id")
    value = serializers.CharField()
    text = serializers.CharField()
    wording = serializers.CharField()
    at = serializers.DateTimeField()


class CharterBallotSerializer(serializers.Serializer[Ballot]):
    id = serializers.IntegerField()
    charter = serializers.CharField(source="subject_id")
    opened_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(source="end.outcome", default=None, allow_null=True)
    positions = CharterPositionSerializer(many=True, source="newest")


class OpenCharterBallotSerializer(serializers.Serializer[None]):
    closes_at = serializers.DateTimeField()


class CharterReasonSerializer(serializers.Serializer[None]):
    reason = serializers.CharField(max_length=2000)


class CharterBallotEndSerializer(serializers.ModelSerializer[BallotEnd]):
    class Meta:
        model = BallotEnd
        fields = ["outcome", "reason", "at"]


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
        answer = actions.answer_invitation(
            actor=request.actor, invitation=invitation, reply=Reply(**given.validated_data)
        )
        return Response(AnswerSerializer(answer).data, status=status.HTTP_201_CREATED)


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
    return {"in_force": in_force.pk if in_force else None}


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
        return self.get_paginated_response(_ballots(list(page or [])))

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
            actor=request.actor, charter=charter, closes_at=given.validated_data["closes_at"]
        )
        return Response(_ballots([ballot])[0], status=status.HTTP_201_CREATED)


def _ballots(ballots: list[Ballot]) -> list[dict[str, object]]:
    held = newest_positions(ballots)
    for ballot in ballots:
        ballot.newest = [row for (pk, _code), row in sorted(held.items()) if pk == ballot.pk]
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


urlpatterns = [
    path("invitations/", MyInvitations.as_view()),
    path("invitations/<int:pk>/answers/", AnswerInvitation.as_view()),
    path("plans/<slug:key>/invitations/", PlanInvitations.as_view()),
    path("plans/<slug:key>/charters/", PlanCharters.as_view()),
    path("plans/<slug:key>/charters/<int:number>/", OneCharter.as_view()),
    path("plans/<slug:key>/charters/<int:number>/ballots/", CharterBallots.as_view()),
    path("plans/<slug:key>/charters/<int:number>/ballots/close/", CloseCharterBallot.as_view()),
    path(
        "plans/<slug:key>/charters/<int:number>/ballots/close-without-result/",
        CloseCharterBallotEmpty.as_view(),
    ),
    path("plans/<slug:key>/charters/<int:number>/ballots/recall/", RecallCharterBallot.as_view()),
]
