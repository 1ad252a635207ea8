"""The form of each act on one meeting: its page, or the act and back to the meeting."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consult.meetings import actions, queries, rules
from consult.meetings import forms as shapes
from consult.meetings.board import Board
from consult.meetings.models import Meeting
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.forms import StoresFiles
from stakeholders.terms import clock
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

Names = dict[str, Any]
# What a form needs to know of the meeting, and what the address names besides it.
Options = Callable[[HttpRequest, Plan, Board, Names], Names]
Target = Callable[[Meeting, Names], Names]


def no_options(_request: HttpRequest, _plan: Plan, _board: Board, _aim: Names) -> Names:
    return {}


def no_target(_meeting: Meeting, _names: Names) -> Names:
    return {}


def item_target(meeting: Meeting, names: Names) -> Names:
    return {"item": queries.get_agenda_item(meeting, pk=names["item"])}


def act_page(
    act: str,
    title: Text,
    shape: type[Any],
    run: Callable[..., object],
    *,
    options: Options = no_options,
    target: Target = no_target,
    hint: Text = "",
    page: str = "detail",
    is_danger: bool = False,
) -> Callable[..., HttpResponse]:
    """The view of one act. `run` is its action; `target` loads what the address names; `page` is
    where it leads back to; `hint` says what it leads to."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, key: str, number: int, **names: Any) -> HttpResponse:
        plan = get_plan(actor=request.actor, key=key)
        board = queries.get_board(actor=request.actor, plan=plan, number=number)
        aim = target(board.meeting, names)
        rules.require(act, actor=request.actor, plan=plan, meeting=board.meeting)
        form = _form(request, shape, plan, options(request, plan, board, aim))
        status = 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                status = done(request, plan, board, form, run, aim)
                if status == 200:
                    messages.success(request, _("Done and put on record."))
                    return redirect(f"meetings:{page}", plan.key, number)
        shown = {"title": title, "hint": hint, "page": page, "is_danger": is_danger, **aim}
        context = {"plan": plan, "board": board, "meeting": board.meeting, "form": form, **shown}
        return render(request, "consult/meetings/form.html", context, status=status)

    return view


def _form(request: HttpRequest, shape: type[Any], plan: Plan, options: Names) -> Any:
    if issubclass(shape, StoresFiles):
        options = {**options, "actor": request.actor, "plan_key": plan.key}
    if request.method == "POST":
        return shape(request.POST, request.FILES, **options)
    return shape(**options)


def done(
    request: HttpRequest,
    plan: Plan,
    board: Board,
    form: Any,
    run: Callable[..., object],
    aim: Names,
) -> int:
    """Do the act; 200, else the status of the page that says why not, with what was typed."""
    try:
        run(actor=request.actor, plan=plan, meeting=board.meeting, **aim, **form.values())
    except Invalid as error:
        form.show(error)
        return 422
    except Conflict as error:
        form.add_error(None, str(error.text))
        return 409
    return 200


def _speakers(request: HttpRequest, plan: Plan, board: Board, _aim: Names) -> Names:
    codes = [request.actor.jurisdiction_code or ""]
    rows = queries.speakers_of(plan=plan, codes=codes, bodies=[], at=clock.now())
    said = next(
        (s.attendance for s in board.seats if s.guest.jurisdiction_id == codes[0]),
        None,
    )
    first: Names = {"kind": "attends"}
    if said is not None:
        first = {"kind": said.kind, "speaker": said.speaker_id, "remarks": said.remarks}
    return {"speakers": rows, "initial": first}


def _guests(_request: HttpRequest, plan: Plan, board: Board, _aim: Names) -> Names:
    holders = [seat.holder for seat in board.seats]
    people = queries.speakers_of(
        plan=plan,
        codes=[code for code, _body in holders if code],
        bodies=[body for _code, body in holders if body],
        at=clock.now(),
    )
    return {"seats": board.seats, "speakers": people}


def _note(*, signed: Any, lines: Any, **given: Any) -> None:
    """Enter who was there; the signed list is laid with the papers of the meeting."""
    actions.note_attendance(lines=lines, **given)
    if signed is not None:
        actions.add_paper(title=_("Signed attendance list"), file=signed, **given)


def _points(_request: HttpRequest, _plan: Plan, board: Board, _aim: Names) -> Names:
    return {"points": board.points}


def _proposed(_request: HttpRequest, _plan: Plan, _board: Board, aim: Names) -> Names:
    item = aim["item"]
    return {"initial": {"text_zh": item.text_zh, "text_en": item.text_en}}


def _owners(_request: HttpRequest, plan: Plan, board: Board, _aim: Names) -> Names:
    bodies = queries.bodies_charged(plan, board=board)
    return {"units": queries.units_invited(plan), "bodies": bodies}


def _edition(_request: HttpRequest, _plan: Plan, board: Board, _aim: Names) -> Names:
    return {"initial": {"edition": board.edition.number if board.edition else 0}}


def _paper(meeting: Meeting, names: Names) -> Names:
    return {"paper": queries.get_paper(meeting, pk=names["paper"])}


def _comment(meeting: Meeting, names: Names) -> Names:
    return {"comment": queries.get_comment(meeting, pk=names["comment"])}


call_meeting = act_page(
    "meeting.call",
    gettext_lazy("Call the meeting"),
    shapes.EmptyForm,
    actions.call_meeting,
    hint=gettext_lazy(
        "The call goes to the contact points of all who are invited, with the agenda as it stands. "
        "Calendars show the meeting from then on."
    ),
)
cancel_meeting = act_page(
    "meeting.cancel",
    gettext_lazy("Cancel the meeting"),
    shapes.ReasonForm,
    actions.cancel_meeting,
    hint=gettext_lazy("Everybody who was called is told, and calendars show it as cancelled."),
    is_danger=True,
)
answer_call = act_page(
    "attendance.answer",
    gettext_lazy("Answer the call"),
    shapes.AnswerForm,
    actions.answer_call,
    options=_speakers,
    hint=gettext_lazy("A newer answer of your jurisdiction replaces its former one."),
)
note_attendance = act_page(
    "attendance.note",
    gettext_lazy("Enter who was there"),
    shapes.AttendanceForm,
    _note,
    options=_guests,
    hint=gettext_lazy(
        "From the signed list. The jurisdictions that attended are asked to confirm the minutes."
    ),
)
note_decision = act_page(
    "decision.note",
    gettext_lazy("Write down the decision"),
    shapes.DecisionForm,
    actions.note_decision,
    target=item_target,
    options=_proposed,
)
assign_task = act_page(
    "resolution.assign",
    gettext_lazy("Give a task"),
    shapes.TaskForm,
    actions.assign_task,
    target=item_target,
    options=_owners,
    hint=gettext_lazy("The task is owed from now on, and stands in the minutes."),
)
add_paper = act_page(
    "meeting.add_paper",
    gettext_lazy("Add a paper"),
    shapes.PaperForm,
    actions.add_paper,
    options=_points,
)
remove_paper = act_page(
    "meeting.remove_paper",
    gettext_lazy("Take the paper out"),
    shapes.EmptyForm,
    actions.remove_paper,
    target=_paper,
    is_danger=True,
)
put_forward = act_page(
    "minutes.put_forward",
    gettext_lazy("Put the minutes forward"),
    shapes.ForwardForm,
    actions.put_minutes_forward,
    page="minutes",
    hint=gettext_lazy(
        "Text, attendance, decisions and tasks as they stand become an edition. Every party that "
        "attended is asked to confirm it, whatever it said of a former one."
    ),
)
comment = act_page(
    "minutes.comment",
    gettext_lazy("Comment on the minutes"),
    shapes.CommentForm,
    actions.comment_minutes,
    options=_edition,
    page="minutes",
)
reply = act_page(
    "minutes.reply",
    gettext_lazy("Answer the comment"),
    shapes.ReplyForm,
    actions.reply_to_comment,
    target=_comment,
    page="minutes",
    hint=gettext_lazy("What is taken up is written into the minutes and put forward anew."),
)
confirm = act_page(
    "minutes.confirm",
    gettext_lazy("Confirm the minutes"),
    shapes.ConfirmForm,
    actions.confirm_minutes,
    options=_edition,
    page="minutes",
    hint=format_lazy(
        "{first} {second}",
        first=gettext_lazy("Your word is that of your jurisdiction."),
        second=gettext_lazy("When all that attended have confirmed, the minutes are locked."),
    ),
)
