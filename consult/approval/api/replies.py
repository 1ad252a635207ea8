"""The reply to the submission, its conditions and who has noted them, for programs."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.approval.actions.replies import Decision, acknowledge, correct_reply, file_reply
from consult.approval.enums import ReplyOutcome, TakenUp
from consult.approval.models import Acknowledgement
from consult.approval.queries.replies import ConditionState, ReplyState, reply_state
from consult.approval.queries.sight import require_dossier_sight
from consult.approval.steps.letters import LetterText
from consult.approval.steps.replies import ConditionText
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS
from stakeholders.terms.errors import NotVisible


class ReplyConditionSerializer(serializers.Serializer[Any]):
    """One point of the letter; `item` is the number, the key or the title of an item as submitted,
    empty for the plan as a whole."""

    item = serializers.CharField(default="", allow_blank=True, max_length=300)
    text_zh = serializers.CharField(default="", allow_blank=True)
    text_en = serializers.CharField(default="", allow_blank=True)


class FileReplySerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=ReplyOutcome.choices)
    number = serializers.CharField(max_length=80)
    dated_on = serializers.DateField()
    senders = serializers.ListField(
        child=serializers.CharField(), default=list, help_text="Among those it was submitted to."
    )
    file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )
    conditions = ReplyConditionSerializer(many=True, default=list)


class CorrectReplySerializer(FileReplySerializer):
    reason = serializers.CharField(max_length=300)


class ConditionStateSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    item = serializers.CharField(source="key", help_text="Empty for the plan as a whole.")
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    wording = serializers.SerializerMethodField(help_text="Hash of the wording submitted.")
    taken_up = serializers.ChoiceField(choices=TakenUp.choices)

    def get_wording(self, one: ConditionState) -> str:
        return one.row.version.hash if one.row.version else ""


class ReplyStateSerializer(serializers.Serializer[Any]):
    letter = serializers.IntegerField(source="letter.pk")
    number = serializers.CharField(source="letter.number")
    dated_on = serializers.DateField(source="letter.dated_on")
    senders = serializers.ListField(child=serializers.CharField(), source="letter.senders")
    outcome = serializers.ChoiceField(choices=ReplyOutcome.choices)
    submitted = serializers.CharField(source="submitted.hash")
    approved = serializers.SerializerMethodField(help_text="Hash of the approved text.")
    conditions = ConditionStateSerializer(many=True)
    acknowledged = serializers.ListField(child=serializers.CharField())
    outstanding = serializers.ListField(child=serializers.CharField())
    waits_until = serializers.DateField(allow_null=True)
    returned = serializers.ListField(child=serializers.CharField())
    is_reopened = serializers.BooleanField()

    def get_approved(self, state: ReplyState) -> str:
        return state.approved.hash if state.approved else ""


class AcknowledgeSerializer(serializers.Serializer[Any]):
    letter_number = serializers.CharField(max_length=80, default="", allow_blank=True)
    letter_on = serializers.DateField(default=None, allow_null=True)


class AcknowledgementSerializer(serializers.ModelSerializer[Acknowledgement]):
    class Meta:
        model = Acknowledgement
        fields = ["jurisdiction", "revision", "letter_number", "letter_on", "mandate", "at"]


def _said(request: Request, plan: Plan, values: dict[str, Any]) -> LetterText:
    """The letter with the upload it names. Invalid for one that is not the caller's."""
    file = None
    if values["file"] is not None:
        file = take_upload(
            actor=request.actor, pk=values["file"], kinds=LETTERS, plan_key=plan.key, field="file"
        )
    return LetterText(
        number=values["number"], dated_on=values["dated_on"], senders=values["senders"], file=file
    )


def _decision(values: dict[str, Any]) -> Decision:
    rows = [ConditionText(**row) for row in values["conditions"]]
    return Decision(outcome=values["outcome"], conditions=rows)


def _answer(plan: Plan, *, status: int = 200) -> Response:
    state = reply_state(plan)
    if state is None:
        raise NotVisible
    return Response(ReplyStateSerializer(state).data, status=status)


class ReplyView(APIView):
    @extend_schema(responses=ReplyStateSerializer)
    def get(self, request: Request, key: str) -> Response:
        """Where the newest reply stands; 404 where none has come."""
        plan = get_plan(actor=request.actor, key=key)
        require_dossier_sight(actor=request.actor, plan=plan)
        return _answer(plan)

    @extend_schema(request=FileReplySerializer, responses={201: ReplyStateSerializer})
    def post(self, request: Request, key: str) -> Response:
        """Enter the reply to the submission with its conditions or returned items."""
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(FileReplySerializer, request)
        said, decision = _said(request, plan, values), _decision(values)
        file_reply(actor=request.actor, plan=plan, said=said, decision=decision)
        return _answer(plan, status=201)


class CorrectReplyView(APIView):
    @extend_schema(request=CorrectReplySerializer, responses={201: ReplyStateSerializer})
    def post(self, request: Request, key: str) -> Response:
        """Replace a reply that was entered wrongly, as long as nothing came of it."""
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(CorrectReplySerializer, request)
        said, decision = _said(request, plan, values), _decision(values)
        reason = values["reason"]
        correct_reply(actor=request.actor, plan=plan, said=said, decision=decision, reason=reason)
        return _answer(plan, status=201)


class AcknowledgeView(APIView):
    @extend_schema(request=AcknowledgeSerializer, responses={201: AcknowledgementSerializer})
    def post(self, request: Request, key: str) -> Response:
        """Note what the reply changed, for one's jurisdiction; no vote."""
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(AcknowledgeSerializer, request)
        row = acknowledge(actor=request.actor, plan=plan, **values)
        return Response(AcknowledgementSerializer(row).data, status=201)


PLAN = "plans/<slug:key>/approval/"
urlpatterns = [
    path(PLAN + "reply/", ReplyView.as_view()),
    path(PLAN + "reply/correct/", CorrectReplyView.as_view()),
    path(PLAN + "acknowledge/", AcknowledgeView.as_view()),
]
