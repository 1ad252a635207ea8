"""Conditions of agreements in principle: the list, one with its history, reporting, confirming."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.views import put_errors
from consult.phase3_identification import actions, queries
from consult.phase3_identification.forms import ReportForm, WordForm
from consult.phase3_identification.queries import ConditionLine
from consult.phase3_identification.queries.conditions import OPEN, REPORTED
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.views.screens import FOLDER, may_do, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.files.serving import answer_file
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

ANY = ["GET", "HEAD", "POST"]


@require_safe
def condition_list(request: HttpRequest, key: str) -> HttpResponse:
    """The conditions that count in the newest sign-off, what waits on top."""
    plan = get_plan(actor=request.actor, key=key)
    current = queries.current_sign_off(plan)
    lines = queries.visible_lines(current, actor=request.actor, at=clock.now()) if current else []
    order = (REPORTED, OPEN)
    lines.sort(key=lambda line: order.index(line.state) if line.state in order else len(order))
    revision = queries.revision_at(current, plan=plan) if current else None
    labels = queries.item_labels([revision]) if revision else {}
    context = {
        "plan": plan,
        "lines": [(line, _label(line, labels)) for line in lines],
        "waiting": sum(1 for line in lines if line.state != "met"),
    }
    return render(request, f"{FOLDER}/conditions.html", context)


def _label(line: ConditionLine, labels: dict[str, str]) -> str:
    """The article of a condition; empty for one of the general position."""
    item = line.condition.item
    return labels.get(item.key, item.key) if item else ""


@require_safe
def condition(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, line = _load(request, key, pk)
    return _page(request, plan, line)


@require_http_methods(ANY)
def report(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The named party, or the joint office, says what shows that it is met."""
    plan, line = _load(request, key, pk)
    own = queries.may_report(line, actor=request.actor)
    require("condition.report", ACTS, actor=request.actor, plan=plan, own=own)
    form = ReportForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        actor=request.actor,
        plan_key=plan.key,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_condition(actor=request.actor, plan=plan, pk=pk, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Reported. Who asked for it says whether it is met."))
            return redirect("identification:condition", key=key, pk=pk)
    return _page(request, plan, line, report=form)


@recently_proved
@require_http_methods(ANY)
def confirm(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Who asked for it says met, or not yet and why."""
    plan, line = _load(request, key, pk)
    own = line.holder == request.actor.inside
    require("condition.confirm", ACTS, actor=request.actor, plan=plan, own=own)
    form = _word(line, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "is_met": form.cleaned_data["is_met"] == "yes"}
        try:
            actions.confirm_condition(actor=request.actor, plan=plan, pk=pk, **said)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Your word on the condition is kept."))
            return redirect("identification:condition", key=key, pk=pk)
    return _page(request, plan, line, word=form)


@require_safe
def report_file(request: HttpRequest, key: str, pk: int, report: int) -> HttpResponseBase:
    """The file of one report on a condition one may read."""
    _plan, line = _load(request, key, pk)
    rows = queries.history_of(line.condition)
    found = next((row.file for row in rows if row.pk == report and row.file), None)
    if found is None:
        raise NotVisible
    return answer_file(found, request=request)


def _load(request: HttpRequest, key: str, pk: int) -> tuple[Plan, ConditionLine]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_line(plan=plan, pk=pk, actor=request.actor, at=clock.now())


def _word(line: ConditionLine, posted: QueryDict | None = None) -> WordForm:
    return WordForm(posted, initial={"seen": queries.report_seen(line)})


def _page(
    request: HttpRequest,
    plan: Plan,
    line: ConditionLine,
    *,
    report: ReportForm | None = None,
    word: WordForm | None = None,
) -> HttpResponse:
    can, actor = may_do(request, plan), request.actor
    may_report = can["condition_report"] and queries.may_report(line, actor=actor)
    may_confirm = can["condition_confirm"] and line.holder == actor.inside
    if line.state == OPEN and may_report and report is None:
        report = ReportForm(actor=actor, plan_key=plan.key)
    if line.state == REPORTED and may_confirm and word is None:
        word = _word(line)
    declaration = line.condition.declaration
    context = {
        "plan": plan,
        "line": line,
        "label": _label(line, queries.item_labels([declaration.revision])),
        "history": queries.history_of(line.condition),
        "report": report,
        "word": word,
    }
    form = next((one for one in (report, word) if one is not None and one.is_bound), None)
    status = status_of(form) if form is not None else 200
    return render(request, f"{FOLDER}/condition.html", context, status=status)
