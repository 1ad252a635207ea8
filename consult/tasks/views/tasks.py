"""One task with its history, and the forms that add to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.tasks.actions.tasks import change_task, report_task, strike_off_task
from consult.tasks.enums import NoteSubject, Origin
from consult.tasks.forms.tasks import ChangeForm, ReportForm, StrikeForm
from consult.tasks.papers import state_words
from consult.tasks.queries import TaskState, get_task
from consult.tasks.queries.notes import notes_about
from consult.tasks.queries.story import story_of
from consult.tasks.queries.units import units_of
from consult.tasks.rules import may_check, may_report, require, verdict_on
from consult.tasks.standing import Stage
from plans.register.models import Plan
from plans.register.queries import get_plan, titles_of
from plans.register.rules import sees_draft
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

ANY = ["GET", "HEAD", "POST"]


def _may(actor: Actor, plan: Plan, state: TaskState) -> dict[str, bool]:
    """What the page offers: by right, and by how the task stands."""
    if state.standing.is_over:
        return {"report": False, "change": False, "strike_off": False}
    is_handled = state.stage is Stage.HANDLED
    own = may_report(actor=actor, owner=state.owner, owner_body=state.owner_body_id)
    report = verdict_on("task.report", actor=actor, plan=plan, own=own)
    change = verdict_on("task.change", actor=actor, plan=plan, own=False)
    checks = is_handled and may_check(actor=actor, plan=plan, state=state)
    strike = verdict_on("task.strike_off", actor=actor, plan=plan, own=checks)
    return {
        "report": bool(report) and not is_handled,
        "change": bool(change) and not is_handled,
        "strike_off": checks and bool(strike),
    }


def _meeting_url(actor: Actor, plan: Plan, state: TaskState) -> str:
    """The meeting whose resolution a task is (`origin_id` begins with its number), for those who
    see every meeting of the plan."""
    if state.task.origin != Origin.RESOLUTION or not sees_draft(actor=actor, plan=plan):
        return ""
    number = state.task.origin_id.partition("-")[0]
    return reverse("meetings:detail", args=[plan.key, number]) if number.isdecimal() else ""


@require_safe
def detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    state = get_task(actor=request.actor, plan=plan, number=number)
    item = state.task.item
    titles = titles_of(plan.in_force) if item else {}
    context = {
        "plan": plan,
        "state": state,
        "task": state.task,
        "words": state_words(state),
        "basis": titles.get(item.key, "") if item else "",
        "story": story_of(state),
        "meeting_url": _meeting_url(request.actor, plan, state),
        "may": _may(request.actor, plan, state),
        "notes": notes_about(
            actor=request.actor, plan=plan, subject=NoteSubject.TASK, subject_id=str(number)
        ),
    }
    return render(request, "consult/tasks/detail.html", context)


@require_http_methods(ANY)
def report(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    state = get_task(actor=request.actor, plan=plan, number=number)
    own = may_report(actor=request.actor, owner=state.owner, owner_body=state.owner_body_id)
    require("task.report", actor=request.actor, plan=plan, own=own)
    form = ReportForm(*_sent(request), actor=request.actor, plan_key=plan.key)
    if request.method == "POST" and form.is_valid():
        try:
            report_task(actor=request.actor, plan=plan, number=number, said=form.said())
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, _("The report was entered."))
            return redirect("tasks:detail", key, number)
    is_on_behalf = not state.is_of(request.actor)
    return _page(request, plan, state, form, _("Report on the task"), is_on_behalf=is_on_behalf)


@require_http_methods(ANY)
def change(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("task.change", actor=request.actor, plan=plan)
    state = get_task(actor=request.actor, plan=plan, number=number)
    form = ChangeForm(
        *_sent(request),
        actor=request.actor,
        plan_key=plan.key,
        units=units_of(plan),
        state=state,
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_task(actor=request.actor, plan=plan, number=number, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, _("The task was changed."))
            return redirect("tasks:detail", key, number)
    return _page(request, plan, state, form, _("Change the task"))


@require_http_methods(ANY)
def strike_off(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    state = get_task(actor=request.actor, plan=plan, number=number)
    own = may_check(actor=request.actor, plan=plan, state=state)
    require("task.strike_off", actor=request.actor, plan=plan, own=own)
    last = state.last_report
    posted = request.POST if request.method == "POST" else None
    form = StrikeForm(posted, initial={"report": last.pk if last else 0})
    if posted is not None and form.is_valid():
        try:
            strike_off_task(actor=request.actor, plan=plan, number=number, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, _("Your word on the report was entered."))
            return redirect("tasks:detail", key, number)
    return _page(request, plan, state, form, _("Strike the task off"), shown=last)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def refuse(form: Any, error: Invalid | Conflict) -> None:
    """What an action found stands in the form, with everything that was typed."""
    if isinstance(error, Invalid):
        form.show(error)
    else:
        form.add_error(None, str(error.text))


def _page(
    request: HttpRequest, plan: Plan, state: TaskState, form: Any, title: str, **context: Any
) -> HttpResponse:
    context |= {"plan": plan, "state": state, "task": state.task, "form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "consult/tasks/form.html", context, status=status)
