"""Yearly programmes and supervision notes for programs: the same acts as the pages."""

from typing import Any

from django.urls import path
from django.utils.timezone import localtime
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.tasks.actions.notes import issue_note, judge_reply, reply_to_note
from consult.tasks.actions.programmes import issue_programme
from consult.tasks.api.shapes import (
    EditionSerializer,
    ProgrammeSerializer,
    S,
    SupervisionNoteSerializer,
    SupervisionReplySerializer,
    SupervisionVerdictSerializer,
    file_field,
    taken,
    text_field,
)
from consult.tasks.enums import NoteSubject
from consult.tasks.models import Programme
from consult.tasks.queries import tasks_of
from consult.tasks.queries.notes import get_note, notes_of
from consult.tasks.queries.programmes import get_programme, programmes_of, year_state
from consult.tasks.steps.notes import NoteText
from consult.tasks.steps.programmes import YearLine
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


class YearLineGivenSerializer(S):
    task = serializers.IntegerField(min_value=1)
    text_zh = text_field(2_000)
    text_en = text_field(2_000)
    due_on = serializers.DateField(default=None, allow_null=True)


class ProgrammeGivenSerializer(S):
    edition = serializers.IntegerField(min_value=1)
    reason = text_field(2_000)
    lines = serializers.ListField(child=YearLineGivenSerializer(), max_length=2_000)


class SaidSerializer(S):
    text_zh = text_field()
    text_en = text_field()
    letter = text_field(120)
    file = file_field()


class NoteGivenSerializer(SaidSerializer):
    addressee = serializers.CharField(max_length=6)
    subject = serializers.ChoiceField(choices=NoteSubject.choices)
    subject_id = text_field(60)
    due_on = serializers.DateField()


class VerdictGivenSerializer(S):
    reply = serializers.IntegerField(min_value=1)
    accepts = serializers.BooleanField()
    reason = text_field()
    due_on = serializers.DateField(default=None, allow_null=True)


def _year(actor: Actor, plan: Plan, programme: Programme) -> dict[str, Any]:
    today = localtime(clock.now()).date()
    states = tasks_of(actor=actor, plan=plan)
    state = year_state(actor=actor, programme=programme, states=states, today=today)
    return dict(ProgrammeSerializer(state).data)


def _said(actor: Actor, plan: Plan, data: dict[str, Any]) -> NoteText:
    """The words of a body, taken out of it, with the upload it names."""
    words = {name: data.pop(name) for name in ("text_zh", "text_en", "letter")}
    return NoteText(**words, file=taken(actor, plan.key, data.pop("file")))


class ProgrammeListView(APIView):
    """Every edition of every year, the newest first."""

    @extend_schema(operation_id="plans_programmes_list", responses=EditionSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        return Response(EditionSerializer(programmes_of(plan), many=True).data)


class ProgrammeView(APIView):
    """The newest edition of a year with its progress; issuing another."""

    @extend_schema(operation_id="plans_programmes_retrieve", responses=ProgrammeSerializer)
    def get(self, request: Request, key: str, year: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        return Response(_year(request.actor, plan, get_programme(plan, year=year)))

    @extend_schema(
        operation_id="plans_programmes_issue",
        request=ProgrammeGivenSerializer,
        responses={201: ProgrammeSerializer},
    )
    def post(self, request: Request, key: str, year: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(ProgrammeGivenSerializer, request)
        lines = [YearLine(**one) for one in data.pop("lines")]
        made = issue_programme(actor=request.actor, plan=plan, year=year, lines=lines, **data)
        return Response(_year(request.actor, plan, made), status=201)


class NoteListView(APIView):
    """The supervision notes the caller sees, the newest first; issuing one."""

    @extend_schema(
        operation_id="plans_supervision_notes_list", responses=SupervisionNoteSerializer(many=True)
    )
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows = notes_of(actor=request.actor, plan=plan)
        return Response(SupervisionNoteSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="plans_supervision_notes_issue",
        request=NoteGivenSerializer,
        responses={201: SupervisionNoteSerializer},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(NoteGivenSerializer, request)
        said = _said(request.actor, plan, data)
        note = issue_note(actor=request.actor, plan=plan, said=said, **data)
        state = get_note(actor=request.actor, plan=plan, number=note.number)
        return Response(SupervisionNoteSerializer(state).data, status=201)


class NoteView(APIView):
    """One supervision note with its replies."""

    @extend_schema(
        operation_id="plans_supervision_notes_retrieve", responses=SupervisionNoteSerializer
    )
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        state = get_note(actor=request.actor, plan=plan, number=number)
        return Response(SupervisionNoteSerializer(state).data)


class NoteReplyView(APIView):
    @extend_schema(
        operation_id="plans_supervision_notes_reply",
        request=SaidSerializer,
        responses={201: SupervisionReplySerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        """The addressee answers."""
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(SaidSerializer, request)
        said = _said(request.actor, plan, data)
        reply = reply_to_note(actor=request.actor, plan=plan, number=number, said=said)
        return Response(SupervisionReplySerializer(reply).data, status=201)


class NoteVerdictView(APIView):
    @extend_schema(
        operation_id="plans_supervision_notes_judge",
        request=VerdictGivenSerializer,
        responses={201: SupervisionVerdictSerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        """The issuer accepts the reply, or asks again until a date."""
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(VerdictGivenSerializer, request)
        verdict = judge_reply(actor=request.actor, plan=plan, number=number, **data)
        return Response(SupervisionVerdictSerializer(verdict).data, status=201)


PLAN = "plans/<slug:key>/"
NOTE = PLAN + "supervision-notes/<int:number>/"
urlpatterns = [
    path(PLAN + "programmes/", ProgrammeListView.as_view(), name="programmes"),
    path(PLAN + "programmes/<int:year>/", ProgrammeView.as_view(), name="programme"),
    path(PLAN + "supervision-notes/", NoteListView.as_view(), name="supervision_notes"),
    path(NOTE, NoteView.as_view(), name="supervision_note"),
    path(NOTE + "replies/", NoteReplyView.as_view(), name="supervision_replies"),
    path(NOTE + "verdicts/", NoteVerdictView.as_view(), name="supervision_verdicts"),
]
