"""Pages of rounds: the list, one round beside the text, opening, extending, closing, recalling."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.matters.forms import RefusableForm
from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.enums import Audience, DraftState, Standing
from consult.phase2_preparation.forms import (
    AdmitLateForm,
    ExtendForm,
    OpenRoundForm,
    OpinionForm,
    RecallForm,
)
from consult.phase2_preparation.models import Round, RoundInvitee
from consult.phase2_preparation.queries import Invited
from consult.phase2_preparation.views.inside import beside_comments
from plans.register.models import Plan
from plans.register.queries import get_plan, latest_revision, titles_of
from plans.text.queries.export import chapter_names
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid
from stakeholders.terms.rights import Facts
from stakeholders.terms.workdays import workdays_between

ANY = ["GET", "HEAD", "POST"]
BUTTONS = (
    "comment.draft",
    "comment.clear",
    "reply.submit",
    "reply.submit_body",
    "reply.add_letter",
    "round.extend",
    "round.admit_late",
    "round.recall",
    "round.close",
    "round.enter_opinion",
    "round.enter_answer",
    "round.enter_symposium",
    "round.open",
)


def buttons(given: Facts) -> dict[str, bool]:
    """Which buttons to show: `can.comment_draft` and so on."""
    return {act.replace(".", "_"): bool(rules.can(act, given=given)) for act in BUTTONS}


def days_left(one: Round, calendar: Mapping[date, bool]) -> dict[str, int | bool]:
    """Working days of `calendar` to the end of a round for `components/days_left.html`."""
    now = clock.now()
    ahead = queries.is_ahead(one, at=now)
    if queries.is_past(one, at=now):
        return {"days_left": 0, "is_past": True, "is_ahead": False}
    today = now.astimezone(ZoneInfo(one.zone)).date()
    left = workdays_between(today, one.closes_on, calendar)
    return {"days_left": left, "is_past": False, "is_ahead": ahead}


@require_safe
def round_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    calendar = overrides_at(clock.now())
    rounds = [{"one": one, **days_left(one, calendar)} for one in queries.rounds_of(plan)]
    given = rules.facts(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "rounds": rounds,
        "can": buttons(given),
        "has_revision": latest_revision(plan) is not None,
    }
    return render(request, "consult/phase2_preparation/rounds.html", context)


@require_safe
def round_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    one.plan = plan
    asked = queries.Asked(
        page=request.GET.get("page"),
        item=request.GET.get("item", ""),
        chapter=request.GET.get("chapter", ""),
    )
    text = queries.round_text(actor=request.actor, one=one, asked=asked)
    invited = queries.progress(actor=request.actor, one=one)
    mine = next((row for row in invited if row.is_own), None)
    code = queries.own_code(request.actor)
    given = rules.facts(actor=request.actor, plan=plan, code=code)
    waiting = mine is not None and mine.standing == Standing.WAITING
    context = {
        "plan": plan,
        "one": one,
        **days_left(one, overrides_at(clock.now())),
        "articles": text.articles,
        "general": text.general,
        "page_obj": text.page,
        "chapter": asked.chapter,
        "chapters": _chapters(one, text, asked),
        **standings(invited),
        "mine": mine,
        "may_answer": waiting and mine is not None and mine.jurisdiction is not None,
        "may_answer_body": waiting and mine is not None and mine.jurisdiction is None,
        "cleared": sum(draft.state == DraftState.CLEARED for draft in text.drafts),
        "drafts": text.drafts,
        "changes": queries.changes_asked(one) if one.only_changed else None,
        "extensions": queries.extensions_of(one),
        "entered": queries.entered_replies(actor=request.actor, one=one),
        "can": buttons(given),
        **beside_comments(request, one, text.said, given),
    }
    return render(request, "consult/phase2_preparation/round.html", context)


def _chapters(one: Round, text: queries.RoundText, asked: queries.Asked) -> list[tuple[str, str]]:
    """The chapters to choose from, key and name; none where all stands on one page. Read for every
    page alike, so that a longer text costs no more queries."""
    named = chapter_names(one.plan, revision=one.revision)
    if not asked.chapter and not text.page.has_other_pages():
        return []
    return [(key, name) for key, name in named if key in text.chapters]


def standings(invited: list[Invited]) -> dict[str, Any]:
    """Who was asked, by audience, and how many of them have answered; the public counts as asked
    for nothing."""
    order = list(Audience)
    rows = sorted(invited, key=lambda row: order.index(Audience(row.invitee.audience)))
    counted = [row for row in rows if row.invitee.audience != Audience.PUBLIC]
    answered = sum(row.has_answered for row in counted)
    return {
        "invited": rows,
        "asked": len(counted),
        "answered": answered,
        "share": 100 * answered // len(counted) if counted else 0,
        "has_public": len(counted) < len(rows),
        "silent": [row for row in counted if not row.has_answered],
        "by_letter": [
            row
            for row in counted
            if not row.has_answered and row.invitee.audience != Audience.PARTY
        ],
    }


@require_http_methods(ANY)
def open_round(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("round.open", actor=request.actor, plan=plan)
    form = OpenRoundForm(
        request.POST if request.method == "POST" else None,
        groups=queries.proposed(plan),
        repeatable=queries.past_rounds(plan, at=clock.now()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            one = actions.open_round(actor=request.actor, plan=plan, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            text = _("The round is announced; the contact points were told.")
            if one.opens_on is None:
                text = _("The round is open; the contact points were told.")
            messages.success(request, text)
            return redirect("preparation:round", plan.key, one.number)
    context = {"plan": plan, "form": form, "revision": latest_revision(plan)}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/open.html", context, status=status)


def _asked(request: HttpRequest, one: Round) -> list[Invited]:
    return queries.progress(actor=request.actor, one=one)


@require_http_methods(ANY)
def extend_round(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, "round.extend")
    rows = [row.invitee for row in _asked(request, one)]
    form = ExtendForm(request.POST if request.method == "POST" else None, rows=rows)
    return _act(
        request,
        plan,
        one,
        form,
        title=_("Extend the round"),
        lead=_("For all, or for one alone; the new end, the reason and who gave it are shown."),
        done=_("The round was extended."),
        act=lambda: actions.extend_round(actor=request.actor, plan=plan, one=one, **form.values()),
    )


@require_http_methods(ANY)
def admit_late(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, "round.admit_late")
    rows: list[RoundInvitee] = [row.invitee for row in _asked(request, one) if not row.has_answered]
    given = request.POST if request.method == "POST" else None
    form = AdmitLateForm(given, rows=rows, initial={"code": request.GET.get("for", "")})
    return _act(
        request,
        plan,
        one,
        form,
        title=_("Admit a late answer"),
        lead=_("It is taken after the end of the round and stays marked as late."),
        done=_("The late answer can be given now."),
        act=lambda: actions.admit_late(actor=request.actor, plan=plan, one=one, **form.values()),
    )


@require_http_methods(ANY)
def recall_round(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, "round.recall")
    form = RecallForm(request.POST if request.method == "POST" else None)
    return _act(
        request,
        plan,
        one,
        form,
        title=_("Recall the round"),
        lead=_("Nobody has answered yet. The round stays visible with the reason."),
        done=_("The round was recalled."),
        act=lambda: actions.recall_round(
            actor=request.actor, plan=plan, one=one, **form.cleaned_data
        ),
    )


def _load(request: HttpRequest, key: str, number: int, act: str) -> tuple[Plan, Round]:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    one.plan = plan
    rules.require(act, actor=request.actor, plan=plan)
    return plan, one


def _act(
    request: HttpRequest,
    plan: Plan,
    one: Round,
    form: RefusableForm,
    *,
    title: str,
    done: str,
    act: Callable[[], object],
    lead: str = "",
) -> HttpResponse:
    """The page of one form on a round: shown, refused beside what was typed, or done."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, done)
            return redirect("preparation:round", plan.key, one.number)
    context = {"plan": plan, "one": one, "form": form, "title": title, "lead": lead}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/form.html", context, status=status)


@require_POST
def close_round(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    actions.close_round(actor=request.actor, plan=plan, one=one)
    messages.success(request, _("The round is closed."))
    return redirect("preparation:round", plan.key, one.number)


@require_http_methods(ANY)
def enter_opinion(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, "round.enter_opinion")
    items = choices_of(one)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OpinionForm(*posted, items=items, actor=request.actor, plan_key=plan.key)
    return _act(
        request,
        plan,
        one,
        form,
        title=_("Enter an opinion"),
        lead=_("Of experts, enterprises, departments or the public who were not asked by name."),
        done=_("The opinion was entered."),
        act=lambda: actions.enter_opinion(actor=request.actor, plan=plan, one=one, **form.values()),
    )


def choices_of(one: Round) -> list[tuple[str, str]]:
    """The articles of a round's revision to choose from."""
    return list(titles_of(one.revision).items())
