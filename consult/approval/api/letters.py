"""The steps after the sign-off and their letters for programs: the same acts as the pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.approval.actions.after_reply import correct_letter, file_plan, publish_plan
from consult.approval.actions.going_up import (
    ask_completion,
    complete_papers,
    forward_plan,
    submit_plan,
)
from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import ApprovalLetter
from consult.approval.needs import StepKind
from consult.approval.procedure import By, State
from consult.approval.queries.sight import sees_dossier
from consult.approval.queries.standing import history_of, standing_of
from consult.approval.shown import outcomes
from consult.approval.steps.letters import LetterText
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS
from stakeholders.files.models import StoredFile

S = serializers.Serializer[Any]


def _codes() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=6), default=list, max_length=400
    )


# Named in the API's description.
STEP_KINDS = [(one.value, one.value) for one in StepKind]


class ApprovalStepSerializer(S):
    kind = serializers.ChoiceField(choices=STEP_KINDS)
    state = serializers.ChoiceField(choices=[one.value for one in State])
    by = serializers.ChoiceField(choices=[one.value for one in By])
    unit = serializers.CharField()
    letter = serializers.IntegerField(allow_null=True)
    notice = serializers.IntegerField(allow_null=True)
    dated_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    waits_for = serializers.ChoiceField(choices=STEP_KINDS, allow_null=True)
    outcome = serializers.ChoiceField(choices=["", *ReplyOutcome.values])
    rule: Any = serializers.CharField(source="rule.source")


class ApprovalLetterSerializer(S):
    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=LetterKind.choices)
    senders = serializers.ListField(child=serializers.CharField())
    addressees = serializers.ListField(child=serializers.CharField())
    number = serializers.CharField()
    dated_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)
    text = serializers.CharField()
    place = serializers.CharField()
    file = serializers.CharField(source="file.sha256", default=None, allow_null=True)
    answers = serializers.IntegerField(source="answers_id", allow_null=True)
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    corrected_by = serializers.IntegerField(source="corrected_by.pk", default=None, allow_null=True)
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class ApprovalSerializer(S):
    steps = ApprovalStepSerializer(many=True)
    letters = ApprovalLetterSerializer(many=True)


class LetterGivenSerializer(S):
    number = serializers.CharField(default="", allow_blank=True, max_length=80)
    dated_on = serializers.DateField()
    text = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


class RequestGivenSerializer(LetterGivenSerializer):
    senders = _codes()
    addressees = _codes()


class NoticeGivenSerializer(LetterGivenSerializer):
    senders = _codes()
    due_on = serializers.DateField(default=None, allow_null=True)


class PublicationGivenSerializer(LetterGivenSerializer):
    place = serializers.CharField(default="", allow_blank=True, max_length=300)


class FilingGivenSerializer(LetterGivenSerializer):
    addressees = _codes()


class CorrectionGivenSerializer(RequestGivenSerializer):
    place = serializers.CharField(default="", allow_blank=True, max_length=300)
    due_on = serializers.DateField(default=None, allow_null=True)
    reason = serializers.CharField(max_length=300)


def _said(request: Request, plan: Plan, data: dict[str, Any]) -> LetterText:
    """The letter with the upload it names, taken up. Invalid for one that is not the caller's."""
    data = {name: value for name, value in data.items() if name != "reason"}
    file: StoredFile | None = None
    if data["file"] is not None:
        file = take_upload(
            actor=request.actor,
            pk=data["file"],
            kinds=LETTERS,
            plan_key=plan.key,
            field="file",
        )
    return LetterText(**{**data, "file": file})


def _made(row: ApprovalLetter) -> Response:
    return Response(ApprovalLetterSerializer(row).data, status=201)


class ApprovalView(APIView):
    """The steps of the plan's kind as they stand, and the letters; whoever only looks on gets the
    reply's outcome and the publication."""

    @extend_schema(responses=ApprovalSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        sees = sees_dossier(actor=request.actor, plan=plan)
        steps = standing_of(plan).steps
        shown = steps if sees else outcomes(steps)
        rows = history_of(plan) if sees else []
        return Response(ApprovalSerializer({"steps": shown, "letters": rows}).data)


class SubmissionView(APIView):
    @extend_schema(request=RequestGivenSerializer, responses={201: ApprovalLetterSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        said = _said(request, plan, values_of(RequestGivenSerializer, request))
        return _made(submit_plan(actor=request.actor, plan=plan, said=said))


class ForwardingView(APIView):
    @extend_schema(request=RequestGivenSerializer, responses={201: ApprovalLetterSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        said = _said(request, plan, values_of(RequestGivenSerializer, request))
        return _made(forward_plan(actor=request.actor, plan=plan, said=said))


class NoticesView(APIView):
    @extend_schema(request=NoticeGivenSerializer, responses={201: ApprovalLetterSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        said = _said(request, plan, values_of(NoticeGivenSerializer, request))
        return _made(ask_completion(actor=request.actor, plan=plan, said=said))


class CompletionView(APIView):
    @extend_schema(request=LetterGivenSerializer, responses={201: ApprovalLetterSerializer})
    def post(self, request: Request, key: str, notice: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        said = _said(request, plan, values_of(LetterGivenSerializer, request))
        return _made(complete_papers(actor=request.actor, plan=plan, notice=notice, said=said))


class PublicationView(APIView):
    @extend_schema(request=PublicationGivenSerializer, responses={201: ApprovalLetterSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        said = _said(request, plan, values_of(PublicationGivenSerializer, request))
        return _made(publish_plan(actor=request.actor, plan=plan, said=said))


class FilingsView(APIView):
    @extend_schema(request=FilingGivenSerializer, responses={201: ApprovalLetterSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        said = _said(request, plan, values_of(FilingGivenSerializer, request))
        return _made(file_plan(actor=request.actor, plan=plan, said=said))


class CorrectionView(APIView):
    """Another letter in the place of one entered wrongly; without a file the former's stays."""

    @extend_schema(request=CorrectionGivenSerializer, responses={201: ApprovalLetterSerializer})
    def post(self, request: Request, key: str, letter: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(CorrectionGivenSerializer, request)
        row = correct_letter(
            actor=request.actor,
            plan=plan,
            letter=letter,
            said=_said(request, plan, data),
            reason=data["reason"],
        )
        return _made(row)


PLAN = "plans/<slug:key>/approval/"
urlpatterns = [
    path(PLAN, ApprovalView.as_view(), name="approval"),
    path(PLAN + "submission/", SubmissionView.as_view(), name="approval-submission"),
    path(PLAN + "forwardings/", ForwardingView.as_view(), name="approval-forwardings"),
    path(PLAN + "notices/", NoticesView.as_view(), name="approval-notices"),
    path(
        PLAN + "notices/<int:notice>/completion/",
        CompletionView.as_view(),
        name="approval-completion",
    ),
    path(PLAN + "publication/", PublicationView.as_view(), name="approval-publication"),
    path(PLAN + "filings/", FilingsView.as_view(), name="approval-filings"),
    path(
        PLAN + "letters/<int:letter>/corrections/",
        CorrectionView.as_view(),
        name="approval-corrections",
    ),
]
