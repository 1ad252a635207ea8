"""Supervision notes: the list, one note with its replies, and the forms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.approval.dossier_papers.writing import file_of
from consult.tasks.actions.notes import issue_note, judge_reply, reply_to_note
from consult.tasks.enums import NoteSubject
from consult.tasks.forms.notes import JudgeForm, NoteForm, ReplyForm
from consult.tasks.papers import note_paper, subject_words
from consult.tasks.pressing import NoteStage
from consult.tasks.queries.notes import NoteState, get_note, notes_of, pressed_units
from consult.tasks.rules import require, verdict_on
from consult.tasks.views.tasks import ANY, refuse
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.enums import MEDIA_TYPES
from stakeholders.files.serving import answer_made
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

PAPERS = ("docx", "pdf")


def _may_issue(actor: Actor, plan: Plan) -> bool:
    own = bool(pressed_units(actor=actor, plan=plan))
    return bool(verdict_on("supervision.issue", actor=actor, plan=plan, own=own))


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rows = [
        {"state": one, "about": subject_words(one)}
        for one in notes_of(actor=request.actor, plan=plan)
    ]
    context = {"plan": plan, "rows": rows, "can_issue": _may_issue(request.actor, plan)}
    return render(request, "consult/tasks/notes.html", context)


@require_safe
def detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    state = get_note(actor=request.actor, plan=plan, number=number)
    actor, own_to, own_from = (
        request.actor,
        state.is_to(request.actor),
        state.is_from(request.actor),
    )
    reply = verdict_on("supervision.reply", actor=actor, plan=plan, own=own_to)
    judge = verdict_on("supervision.judge", actor=actor, plan=plan, own=own_from)
    context = {
        "plan": plan,
        "state": state,
        "note": state.note,
        "about": subject_words(state),
        "can_reply": bool(reply) and state.standing.is_asked,
        "can_judge": bool(judge) and state.standing.stage is NoteStage.ANSWERED,
    }
    return render(request, "consult/tasks/note.html", context)


@require_http_methods(ANY)
def issue(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    units = pressed_units(actor=request.actor, plan=plan)
    require("supervision.issue", actor=request.actor, plan=plan, own=bool(units))
    form = NoteForm(
        *_sent(request),
        actor=request.actor,
        plan_key=plan.key,
        units=units,
        initial=_asked(request),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            note = issue_note(
                actor=request.actor,
                plan=plan,
                said=form.said(),
                **{name: data[name] for name in ("addressee", "subject", "subject_id", "due_on")},
            )
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, _("The supervision note was issued."))
            return redirect("tasks:note", key, note.number)
    return _page(request, plan, None, form, _("Issue a supervision note"))


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a page that leads here has named already."""
    subject = request.GET.get("subject", "")
    if subject not in NoteSubject.values:
        return {}
    return {
        "subject": subject,
        "subject_id": request.GET.get("subject_id", "")[:60],
        "addressee": request.GET.get("addressee", "")[:6],
    }


@require_http_methods(ANY)
def reply(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    state = get_note(actor=request.actor, plan=plan, number=number)
    require("supervision.reply", actor=request.actor, plan=plan, own=state.is_to(request.actor))
    form = ReplyForm(*_sent(request), actor=request.actor, plan_key=plan.key)
    if request.method == "POST" and form.is_valid():
        try:
            reply_to_note(actor=request.actor, plan=plan, number=number, said=form.said())
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, _("The reply was sent."))
            return redirect("tasks:note", key, number)
    return _page(request, plan, state, form, _("Reply to the supervision note"))


@require_http_methods(ANY)
def judge(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    state = get_note(actor=request.actor, plan=plan, number=number)
    require("supervision.judge", actor=request.actor, plan=plan, own=state.is_from(request.actor))
    last = state.last_reply
    posted = request.POST if request.method == "POST" else None
    form = JudgeForm(posted, initial={"reply": last.pk if last else 0})
    if posted is not None and form.is_valid():
        try:
            judge_reply(actor=request.actor, plan=plan, number=number, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, _("Your word on the reply was entered."))
            return redirect("tasks:note", key, number)
    return _page(request, plan, state, form, _("Decide on the reply"), shown=last)


@require_safe
def paper(request: HttpRequest, key: str, number: int, kind: str) -> HttpResponse:
    """The note as a paper, in the reader's language."""
    plan = get_plan(actor=request.actor, key=key)
    state = get_note(actor=request.actor, plan=plan, number=number)
    if kind not in PAPERS:
        raise NotVisible
    content = file_of(note_paper(plan, state), kind)
    name = f"{plan.key}-note-{state.label}.{kind}"
    return answer_made(content, name=name, media_type=MEDIA_TYPES[kind])


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _page(
    request: HttpRequest,
    plan: Plan,
    state: NoteState | None,
    form: Any,
    title: str,
    **context: Any,
) -> HttpResponse:
    context |= {"plan": plan, "state": state, "form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "consult/tasks/note_form.html", context, status=status)
