"""Pages of rounds: the list, one round beside the text, opening, extending, closing."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.matters.queries import party_units
from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.enums import DraftState, Standing
from consult.phase2_preparation.forms import ExtendForm, OpenRoundForm, OpinionForm
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.views.inside import beside_comments
from plans.register.queries import entries_of, get_plan, latest_revision
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
    "round.extend",
    "round.close",
    "round.enter_opinion",
    "round.open",
)


def buttons(given: Facts) -> dict[str, bool]:
    """Which buttons to show: `can.comment_draft` and so on."""
    return {act.replace(".", "_"): bool(rules.can(act, given=given)) for act in BUTTONS}


def days_left(one: Round, calendar: Mapping[date, bool]) -> dict[str, int | bool]:
    """Working days of `calendar` to the end of a round for `components/days_left.html`."""
    now = clock.now()
    if queries.is_past(one, at=now):
        return {"days_left": 0, "is_past": True}
    today = now.astimezone(ZoneInfo(one.zone)).date()
    return {"days_left": workdays_between(today, one.closes_on, calendar), "is_past": False}


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
    articles, general = queries.articles_of(actor=request.actor, one=one)
    invited = queries.progress(actor=request.actor, one=one)
    code = queries.own_code(request.actor)
    mine = next((row for row in invited if row.invitee.jurisdiction_id == code), None)
    drafts = [draft for article in [general, *articles] for draft in article.drafts]
    given = rules.facts(actor=request.actor, plan=plan, code=code)
    context = {
        "plan": plan,
        "one": one,
        **days_left(one, overrides_at(clock.now())),
        "articles": articles,
        "general": general,
        "invited": invited,
        "answered": sum(row.standing not in WITHOUT for row in invited),
        "mine": mine,
        "may_answer": mine is not None and mine.standing == Standing.WAITING,
        "cleared": sum(draft.state == DraftState.CLEARED for draft in drafts),
        "drafts": drafts,
        "can": buttons(given),
        **beside_comments(request, one, [general, *articles], given),
    }
    return render(request, "consult/phase2_preparation/round.html", context)


WITHOUT = frozenset({Standing.WAITING, Standing.LAPSED})


@require_http_methods(ANY)
def open_round(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("round.open", actor=request.actor, plan=plan)
    form = OpenRoundForm(
        request.POST if request.method == "POST" else None, units=party_units(plan=plan)
    )
    if request.method == "POST" and form.is_valid():
        try:
            one = actions.open_round(actor=request.actor, plan=plan, **form.cleaned_data)
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The round is open; the contact points were told."))
            return redirect("preparation:round", plan.key, one.number)
    context = {
        "plan": plan,
        "form": form,
        "title": _("Open a comment round"),
        "lead": str(latest_revision(plan) or ""),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/form.html", context, status=status)


@require_http_methods(ANY)
def extend_round(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    rules.require("round.extend", actor=request.actor, plan=plan)
    units = [row.jurisdiction for row in queries.progress(actor=request.actor, one=one)]
    form = ExtendForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend_round(actor=request.actor, plan=plan, one=one, **form.values())
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The round was extended."))
            return redirect("preparation:round", plan.key, one.number)
    context = {"plan": plan, "one": one, "form": form, "title": _("Extend the round")}
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
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    rules.require("round.enter_opinion", actor=request.actor, plan=plan)
    items = [
        (e.item.key, f"{e.number} {queries.wording_of(e.version).title_zh}")
        for e in entries_of(one.revision)
    ]
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OpinionForm(*posted, items=items, actor=request.actor, plan_key=plan.key)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_opinion(actor=request.actor, plan=plan, one=one, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The opinion was entered."))
            return redirect("preparation:round", plan.key, one.number)
    context = {"plan": plan, "one": one, "form": form, "title": _("Enter an opinion")}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/form.html", context, status=status)
