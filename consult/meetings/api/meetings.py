"""The list of meetings and one meeting whole; planning and changing one."""

import json
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.matters.enums import Level
from consult.matters.steps import Wording
from consult.meetings import actions, queries
from consult.meetings.board import Board, boards_of
from consult.meetings.enums import MeetingKind
from consult.meetings.models import Meeting
from consult.meetings.queries import Asked
from consult.meetings.standing import Stage
from consult.meetings.steps import Setting
from plans.register.api.given import InstantField, values_of
from plans.register.queries import get_plan
from stakeholders.terms import clock


class MeetingSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=MeetingKind.choices)
    level = serializers.ChoiceField(choices=Level.choices)
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    place_zh = serializers.CharField()
    place_en = serializers.CharField()
    link = serializers.CharField()
    chair = serializers.CharField(allow_null=True)
    stage = serializers.ChoiceField(choices=Stage.choices)
    edits = serializers.IntegerField()
    guests = serializers.ListField(child=serializers.CharField())
    bodies = serializers.ListField(child=serializers.IntegerField())


class AgendaItemSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    source: Any = serializers.CharField()
    source_id = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    reporter = serializers.CharField(allow_null=True)
    outcome = serializers.CharField()
    decision_zh = serializers.CharField()
    decision_en = serializers.CharField()
    tasks = serializers.ListField(child=serializers.IntegerField())


class SeatSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.CharField(allow_null=True)
    organization = serializers.IntegerField(allow_null=True)
    attendance = serializers.CharField()
    remarks = serializers.CharField()


class MinutesCommentSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    edition = serializers.IntegerField()
    jurisdiction = serializers.CharField()
    text = serializers.CharField()
    adopted = serializers.BooleanField(allow_null=True)
    reason = serializers.CharField()


class MinutesSerializer(serializers.Serializer[Any]):
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    edits = serializers.IntegerField()
    edition = serializers.IntegerField()
    hash = serializers.CharField()
    content = serializers.JSONField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    is_changed = serializers.BooleanField()
    asked = serializers.ListField(child=serializers.CharField())
    confirmed = serializers.ListField(child=serializers.CharField())
    refused = serializers.ListField(child=serializers.CharField())
    comments = MinutesCommentSerializer(many=True)


class WholeMeetingSerializer(MeetingSerializer):
    call = serializers.IntegerField()
    agenda = AgendaItemSerializer(many=True)
    seats = SeatSerializer(many=True)
    minutes = MinutesSerializer()


class MeetingSettingSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=MeetingKind.choices)
    level = serializers.ChoiceField(choices=Level.choices)
    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    starts_at = InstantField()
    ends_at = InstantField()
    place_zh = serializers.CharField(max_length=200, default="", allow_blank=True)
    place_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    link = serializers.URLField(max_length=500, default="", allow_blank=True)
    chair = serializers.CharField(max_length=6, allow_null=True, default=None)
    guests = serializers.ListField(child=serializers.CharField(max_length=6))
    bodies = serializers.ListField(child=serializers.IntegerField(), default=list)


class MeetingChangeSerializer(MeetingSettingSerializer):
    edits = serializers.IntegerField(help_text="The count of saves that was read.")


def setting_of(data: dict[str, Any]) -> Setting:
    return Setting(
        kind=data["kind"],
        level=data["level"],
        title=Wording(zh=data["title_zh"], en=data["title_en"]),
        starts_at=data["starts_at"],
        ends_at=data["ends_at"],
        place=Wording(zh=data["place_zh"], en=data["place_en"]),
        link=data["link"],
        chair=data["chair"] or None,
        guests=data["guests"],
        bodies=data["bodies"],
    )


def meeting_out(board: Board) -> dict[str, Any]:
    one = board.meeting
    names = ("number", "kind", "level", "title_zh", "title_en", "starts_at", "ends_at")
    texts = ("place_zh", "place_en", "link", "edits")
    return {
        **{name: getattr(one, name) for name in (*names, *texts)},
        "chair": one.chair_id,
        "stage": board.stage(at=clock.now()).value,
        "guests": [code for code, _body in _holders(board) if code],
        "bodies": [body for _code, body in _holders(board) if body],
    }


def _holders(board: Board) -> list[tuple[str | None, int | None]]:
    return [seat.holder for seat in board.seats]


def whole_out(board: Board) -> dict[str, Any]:
    return {
        **meeting_out(board),
        "call": board.call.number if board.call else 0,
        "agenda": [
            {
                "id": point.item.pk,
                **{
                    name: getattr(point.item, name)
                    for name in (
                        "source",
                        "source_id",
                        "title_zh",
                        "title_en",
                        "text_zh",
                        "text_en",
                    )
                },
                "reporter": point.item.reporter_id,
                "outcome": point.decision.outcome if point.decision else "",
                "decision_zh": point.decision.text_zh if point.decision else "",
                "decision_en": point.decision.text_en if point.decision else "",
                "tasks": [task.number for task in point.tasks],
            }
            for point in board.points
        ],
        "seats": [
            {
                "jurisdiction": seat.holder[0],
                "organization": seat.holder[1],
                "attendance": seat.attendance.kind if seat.attendance else "",
                "remarks": seat.attendance.remarks if seat.attendance else "",
            }
            for seat in board.seats
        ],
        "minutes": minutes_out(board),
    }


def minutes_out(board: Board) -> dict[str, Any]:
    draft, edition = board.draft, board.edition
    return {
        "text_zh": draft.text_zh if draft else "",
        "text_en": draft.text_en if draft else "",
        "edits": draft.edits if draft else 0,
        "edition": edition.number if edition else 0,
        "hash": edition.hash if edition else "",
        "content": json.loads(edition.content) if edition else None,
        "due_at": edition.due_at if edition else None,
        "is_changed": board.facts.is_changed,
        "asked": sorted(board.asked),
        "confirmed": sorted(code for code, word in board.words.items() if word.confirms),
        "refused": sorted(code for code, word in board.words.items() if not word.confirms),
        "comments": [
            {
                "id": one.pk,
                "edition": one.edition.number,
                "jurisdiction": one.jurisdiction_id,
                "text": one.text,
                "adopted": one.reply.is_adopted if hasattr(one, "reply") else None,
                "reason": one.reply.reason if hasattr(one, "reply") else "",
            }
            for one in queries.comments_on(board.meeting)
        ],
    }


def load(request: Request, key: str, number: int) -> Any:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_board(actor=request.actor, plan=plan, number=number)


class MeetingsView(generics.ListAPIView[Meeting]):
    """The meetings of a plan; `kind`, `level`, `unit` and `when` (ahead, past, open) narrow them.

    POST plans one.
    """

    serializer_class = MeetingSerializer
    queryset = Meeting.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        given = self.request.query_params
        asked = Asked(**{name: given.get(name, "") for name in ("kind", "level", "when", "unit")})
        return queries.found_meetings(
            actor=self.request.actor, plan=plan, asked=asked, at=clock.now()
        )

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """The rows of one page as boards, read at constant cost."""
        if args and not kwargs.get("data"):
            args = ([meeting_out(board) for board in boards_of(args[0])], *args[1:])
        return super().get_serializer(*args, **kwargs)

    @extend_schema(request=MeetingSettingSerializer, responses={201: WholeMeetingSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        said = setting_of(values_of(MeetingSettingSerializer, request))
        found = actions.plan_meeting(actor=request.actor, plan=plan, said=said)
        board = queries.get_board(actor=request.actor, plan=plan, number=found.number)
        return Response(whole_out(board), status=201)


class MeetingView(APIView):
    """One meeting with agenda, attendance, decisions and minutes; PUT sets it otherwise."""

    @extend_schema(responses=WholeMeetingSerializer)
    def get(self, request: Request, key: str, number: int) -> Response:
        _plan, board = load(request, key, number)
        return Response(whole_out(board))

    @extend_schema(request=MeetingChangeSerializer, responses=WholeMeetingSerializer)
    def put(self, request: Request, key: str, number: int) -> Response:
        plan, board = load(request, key, number)
        data = values_of(MeetingChangeSerializer, request)
        actions.edit_meeting(
            actor=request.actor,
            plan=plan,
            meeting=board.meeting,
            said=setting_of(data),
            edits=data["edits"],
        )
        _plan, board = load(request, key, number)
        return Response(whole_out(board))


PLAN = "plans/<slug:key>/meetings/"
urlpatterns = [
    path(PLAN, MeetingsView.as_view(), name="meetings"),
    path(PLAN + "<int:number>/", MeetingView.as_view(), name="meeting"),
]
