"""Pages of answers that come by letter, from a body or a symposium, and of letters that follow."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.enums import Audience
from consult.phase2_preparation.forms import (
    BodyAnswerForm,
    EnterAnswerForm,
    LetterForm,
    SymposiumForm,
    opinion_rows,
)
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.views.rounds import ANY, choices_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Conflict, Invalid


def _load(request: HttpRequest, key: str, number: int, act: str) -> tuple[Plan, Round]:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    one.plan = plan
    rules.require(act, actor=request.actor, plan=plan)
    return plan, one


@require_http_methods(ANY)
def enter_answer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, "round.enter_answer")
    rows = [
        row.invitee
        for row in queries.progress(actor=request.actor, one=one)
        if not row.has_answered and row.invitee.audience != Audience.PARTY
    ]
    chosen = {"code": request.GET.get("for", "")}
    form = EnterAnswerForm(
        *_posted(request), rows=rows, initial=chosen, actor=request.actor, plan_key=plan.key
    )
    return _page(
        request,
        plan,
        one,
        form,
        title=_("Enter an answer received by letter"),
        lead=_("For those who were asked and cannot answer here themselves."),
        act=lambda said: actions.enter_answer(
            actor=request.actor, plan=plan, one=one, said=said, **form.whose()
        ),
    )


@require_http_methods(ANY)
def answer_body(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, "reply.submit_body")
    form = BodyAnswerForm(*_posted(request), actor=request.actor, plan_key=plan.key)
    return _page(
        request,
        plan,
        one,
        form,
        title=_("Answer the round"),
        lead=_("A body answers a round once. What was submitted is not changed any more."),
        act=lambda said: actions.answer_for_body(
            actor=request.actor, plan=plan, one=one, said=said
        ),
    )


@require_http_methods(ANY)
def enter_symposium(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, "round.enter_symposium")
    form = SymposiumForm(*_posted(request), actor=request.actor, plan_key=plan.key)
    return _page(
        request,
        plan,
        one,
        form,
        title=_("Enter the minutes of a symposium"),
        lead=_("The opinions raised there are disposed of like all others."),
        act=lambda said: actions.enter_symposium(
            actor=request.actor, plan=plan, one=one, said=said, **form.meeting()
        ),
    )


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _page(
    request: HttpRequest,
    plan: Plan,
    one: Round,
    form: Any,
    *,
    title: str,
    lead: str,
    act: Callable[[Any], object],
) -> HttpResponse:
    """The page of an answer with its opinions row by row; `more` adds rows and keeps all."""
    is_sent = request.method == "POST"
    rows = opinion_rows(request.POST if is_sent else None, items=choices_of(one))
    wants_more = "more" in request.POST
    if is_sent and not wants_more and form.is_valid() and rows.is_valid():
        try:
            act(form.said(rows))
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The answer was entered."))
            return redirect("preparation:round", plan.key, one.number)
    faulty = is_sent and not wants_more
    context = {"plan": plan, "one": one, "form": form, "rows": rows, "title": title, "lead": lead}
    status = 422 if faulty else 200
    return render(request, "consult/phase2_preparation/answer.html", context, status=status)


@require_http_methods(ANY)
def add_letter(request: HttpRequest, key: str, reply: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_reply(actor=request.actor, plan=plan, pk=reply)
    rules.require("reply.add_letter", actor=request.actor, plan=plan, code=found.jurisdiction_id)
    form = LetterForm(*_posted(request), actor=request.actor, plan_key=plan.key)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_letter(actor=request.actor, plan=plan, reply=found, letter=form.letter())
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The letter was added."))
            return redirect("preparation:round", plan.key, found.round.number)
    context = {
        "plan": plan,
        "one": found.round,
        "form": form,
        "title": _("Add the letter"),
        "lead": _("The answer stays as it was given; the letter stands beside it."),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/form.html", context, status=status)


@require_safe
def later_letter(request: HttpRequest, key: str, reply: int) -> HttpResponseBase:
    """The letter that followed an answer, for who sees the answer."""
    plan = get_plan(actor=request.actor, key=key)
    stored = queries.get_later_letter(actor=request.actor, plan=plan, reply=reply)
    return answer_file(stored, request=request)
