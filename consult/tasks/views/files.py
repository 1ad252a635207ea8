"""The files of tasks and notes: whoever sees the page they stand on reads them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from consult.tasks.models import SupervisionReply, TaskChange, TaskReport
from consult.tasks.queries import get_task
from consult.tasks.queries.notes import get_note
from plans.register.queries import get_plan
from stakeholders.files.models import StoredFile
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import NotVisible


@require_safe
def report_file(request: HttpRequest, key: str, number: int, pk: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    return _answer(request, get_task(actor=request.actor, plan=plan, number=number).reports, pk)


@require_safe
def change_file(request: HttpRequest, key: str, number: int, pk: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    return _answer(request, get_task(actor=request.actor, plan=plan, number=number).changes, pk)


@require_safe
def note_file(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    return _file(request, get_note(actor=request.actor, plan=plan, number=number).note.file)


@require_safe
def reply_file(request: HttpRequest, key: str, number: int, pk: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    return _answer(request, get_note(actor=request.actor, plan=plan, number=number).replies, pk)


def _answer(
    request: HttpRequest, rows: Iterable[TaskReport | TaskChange | SupervisionReply], pk: int
) -> HttpResponseBase:
    return _file(request, next((one.file for one in rows if one.pk == pk), None))


def _file(request: HttpRequest, file: StoredFile | None) -> HttpResponseBase:
    if file is None:
        raise NotVisible
    return answer_file(file, request=request)
