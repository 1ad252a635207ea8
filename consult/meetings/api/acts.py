"""One operation for each act on a meeting but positions; each answers with the meeting as it is."""

from collections.abc import Callable
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.matters.steps import Wording
from consult.meetings import actions, queries, rules
from consult.meetings.actions.attending import NO_SPEAKER, Present
from consult.meetings.api import said
from consult.meetings.api.meetings import PLAN, WholeMeetingSerializer, load, whole_out
from consult.meetings.board import Board
from plans.register.api.given import values_of
from plans.register.models import Plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS
from stakeholders.terms import clock
from stakeholders.terms.errors import Invalid

Names = dict[str, Any]
Values = Callable[[Request, Plan, Board, Names], Names]


def as_sent(_request: Request, _plan: Plan, _board: Board, data: Names) -> Names:
    return data


def act_view(
    name: str, shape: type[Any], run: Callable[..., object], *, values: Values = as_sent
) -> type[APIView]:
    """The view of one act: POST does it and answers with the meeting as it stands then."""

    class ActView(APIView):
        @extend_schema(
            operation_id=f"meeting_{name}", request=shape, responses=WholeMeetingSerializer
        )
        def post(self, request: Request, key: str, number: int, **names: int) -> Response:
            plan, board = load(request, key, number)
            aim = _aim(board, names)
            given = values(request, plan, board, values_of(shape, request))
            run(actor=request.actor, plan=plan, meeting=board.meeting, **aim, **given)
            _plan, board = load(request, key, number)
            return Response(whole_out(board))

    ActView.__doc__ = (run.__doc__ or "").partition("\n")[0]
    ActView.__name__ = f"{name.title().replace('_', '')}View"
    return ActView


def _aim(board: Board, names: dict[str, int]) -> Names:
    """What the address names besides the meeting."""
    found: Names = {}
    if "item" in names:
        found["item"] = queries.get_agenda_item(board.meeting, pk=names["item"])
    if "paper" in names:
        found["paper"] = queries.get_paper(board.meeting, pk=names["paper"])
    if "comment" in names:
        found["comment"] = queries.get_comment(board.meeting, pk=names["comment"])
    return found


def _words(data: Names, *, name: str = "text") -> Wording:
    return Wording(zh=data.pop(f"{name}_zh"), en=data.pop(f"{name}_en"))


def _texts(_request: Request, _plan: Plan, _board: Board, data: Names) -> Names:
    return {"text": _words(data), **data}


def _item(_request: Request, _plan: Plan, _board: Board, data: Names) -> Names:
    return {"title": _words(data, name="title"), "text": _words(data), **data}


def _task(_request: Request, _plan: Plan, _board: Board, data: Names) -> Names:
    title, evidence = _words(data, name="title"), _words(data, name="evidence")
    return {"title": title, "evidence": evidence, **data}


def _answer(request: Request, plan: Plan, _board: Board, data: Names) -> Names:
    if data["speaker"] is None:
        return data
    rows = queries.speakers_of(
        plan=plan, codes=[request.actor.jurisdiction_code or ""], bodies=[], at=clock.now()
    )
    speaker = rows.filter(pk=data["speaker"]).first()
    if speaker is None:
        raise Invalid({"speaker": NO_SPEAKER})
    return {**data, "speaker": speaker}


def _lines(_request: Request, _plan: Plan, _board: Board, data: Names) -> Names:
    return {
        "lines": [
            Present(
                code=row["jurisdiction"],
                body=row["organization"],
                kind=row["kind"],
                speaker=row["speaker"],
                remarks=row["remarks"],
            )
            for row in data["lines"]
        ]
    }


def _paper(request: Request, plan: Plan, board: Board, data: Names) -> Names:
    act = "meeting.add_paper"
    rules.require(act, actor=request.actor, plan=plan, meeting=board.meeting)
    item = data["item"]
    return {
        "title": data["title"],
        "file": take_upload(
            actor=request.actor, pk=data["file"], kinds=DOCUMENTS, plan_key=plan.key, field="file"
        ),
        "item": queries.get_agenda_item(board.meeting, pk=item) if item else None,
    }


CALL = act_view("call", said.NothingSerializer, actions.call_meeting)
CANCEL = act_view("cancel", said.MeetingReasonSerializer, actions.cancel_meeting)
ADD_ITEM = act_view("add_item", said.AddItemSerializer, actions.add_item, values=_item)
EDIT_ITEM = act_view("edit_item", said.ItemWordsSerializer, actions.edit_item, values=_item)
MOVE_ITEM = act_view("move_item", said.MoveItemSerializer, actions.move_item)
REMOVE_ITEM = act_view("remove_item", said.NothingSerializer, actions.remove_item)
ADD_PAPER = act_view("add_paper", said.MeetingPaperSerializer, actions.add_paper, values=_paper)
REMOVE_PAPER = act_view("remove_paper", said.NothingSerializer, actions.remove_paper)
ANSWER = act_view("answer", said.AnswerCallSerializer, actions.answer_call, values=_answer)
ATTENDANCE = act_view(
    "attendance", said.NoteAttendanceSerializer, actions.note_attendance, values=_lines
)
DECISION = act_view("decision", said.NoteDecisionSerializer, actions.note_decision, values=_texts)
TASK = act_view("task", said.AssignTaskSerializer, actions.assign_task, values=_task)
OPEN_BALLOT = act_view("open_ballot", said.NothingSerializer, actions.open_decision_ballot)
CLOSE_BALLOT = act_view("close_ballot", said.NothingSerializer, actions.close_decision_ballot)
CLOSE_EMPTY = act_view(
    "close_empty", said.MeetingReasonSerializer, actions.close_decision_without_result
)
RECALL = act_view("recall_ballot", said.MeetingReasonSerializer, actions.recall_decision_ballot)
EDIT_MINUTES = act_view(
    "edit_minutes", said.MinutesTextSerializer, actions.edit_minutes, values=_texts
)
PUT_FORWARD = act_view("put_forward", said.PutMinutesForwardSerializer, actions.put_minutes_forward)
COMMENT = act_view("comment", said.CommentMinutesSerializer, actions.comment_minutes)
REPLY = act_view("reply", said.ReplyToCommentSerializer, actions.reply_to_comment)
CONFIRM = act_view("confirm", said.ConfirmMinutesSerializer, actions.confirm_minutes)

ONE = PLAN + "<int:number>/"
ITEM = ONE + "agenda/<int:item>/"
urlpatterns = [
    path(ONE + "call/", CALL.as_view(), name="meeting-call"),
    path(ONE + "cancel/", CANCEL.as_view(), name="meeting-cancel"),
    path(ONE + "agenda/", ADD_ITEM.as_view(), name="meeting-agenda"),
    path(ITEM + "edit/", EDIT_ITEM.as_view(), name="meeting-item-edit"),
    path(ITEM + "move/", MOVE_ITEM.as_view(), name="meeting-item-move"),
    path(ITEM + "remove/", REMOVE_ITEM.as_view(), name="meeting-item-remove"),
    path(ITEM + "decision/", DECISION.as_view(), name="meeting-decision"),
    path(ITEM + "task/", TASK.as_view(), name="meeting-task"),
    path(ITEM + "ballot/", OPEN_BALLOT.as_view(), name="meeting-ballot"),
    path(ITEM + "close/", CLOSE_BALLOT.as_view(), name="meeting-ballot-close"),
    path(ITEM + "close-without-result/", CLOSE_EMPTY.as_view(), name="meeting-ballot-empty"),
    path(ITEM + "recall/", RECALL.as_view(), name="meeting-ballot-recall"),
    path(ONE + "papers/", ADD_PAPER.as_view(), name="meeting-papers"),
    path(ONE + "papers/<int:paper>/remove/", REMOVE_PAPER.as_view(), name="meeting-paper-remove"),
    path(ONE + "answer/", ANSWER.as_view(), name="meeting-answer"),
    path(ONE + "attendance/", ATTENDANCE.as_view(), name="meeting-attendance"),
    path(ONE + "minutes/", EDIT_MINUTES.as_view(), name="meeting-minutes"),
    path(ONE + "minutes/put-forward/", PUT_FORWARD.as_view(), name="meeting-put-forward"),
    path(ONE + "minutes/comments/", COMMENT.as_view(), name="meeting-comments"),
    path(
        ONE + "minutes/comments/<int:comment>/reply/",
        REPLY.as_view(),
        name="meeting-comment-reply",
    ),
    path(ONE + "minutes/confirm/", CONFIRM.as_view(), name="meeting-confirm"),
]
