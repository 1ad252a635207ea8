"""Downloads of a meeting: papers laid before it, its sheet, its minutes, its calendar file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from consult.meetings import queries
from consult.meetings.papers import DOCX, ICS, PDF, as_calendar, minutes_file, sheet_file
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file, answer_made
from stakeholders.terms.errors import NotVisible


@require_safe
def paper_file(request: HttpRequest, key: str, number: int, paper: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    meeting = queries.get_meeting(actor=request.actor, plan=plan, number=number)
    return answer_file(queries.get_paper(meeting, pk=paper).file, request=request)


@require_safe
def sheet_docx(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The call with the agenda, for Word and WPS."""
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    papers = list(queries.papers_of(board.meeting))
    content = sheet_file(plan=plan, board=board, papers=papers)
    return answer_made(content, name=f"{plan.key}-meeting-{number}.docx", media_type=DOCX)


def _minutes(request: HttpRequest, key: str, number: int, kind: str, media: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    if board.edition is None:
        raise NotVisible
    content = minutes_file(plan=plan, board=board, kind=kind)
    return answer_made(content, name=f"{plan.key}-minutes-{number}.{kind}", media_type=media)


@require_safe
def minutes_docx(request: HttpRequest, key: str, number: int) -> HttpResponse:
    return _minutes(request, key, number, "docx", DOCX)


@require_safe
def minutes_pdf(request: HttpRequest, key: str, number: int) -> HttpResponse:
    return _minutes(request, key, number, "pdf", PDF)


@require_safe
def calendar_file(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The meeting for a calendar, as it is set now."""
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    if board.call is None:
        raise NotVisible
    content = as_calendar(plan=plan, board=board)
    return answer_made(content, name=f"{plan.key}-meeting-{number}.ics", media_type=ICS)
