"""The agenda editor: what is open with one click each, own items, the order by two buttons."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from consult.matters.steps import Wording
from consult.meetings import actions, queries, rules
from consult.meetings.board import Board
from consult.meetings.forms import EmptyForm, ItemForm
from consult.meetings.views.acts import Names, act_page, item_target
from consult.meetings.views.doors import doors
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import clock


@require_safe
def agenda_editor(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    rules.require("agenda.add", actor=request.actor, plan=plan, meeting=board.meeting)
    now = clock.now()
    found = queries.proposals_for(actor=request.actor, plan=plan, board=board, at=now)
    context = {
        "plan": plan,
        "board": board,
        "meeting": board.meeting,
        "proposals": found,
        "last": len(board.points),
        "can": doors(actor=request.actor, plan=plan, board=board, at=now),
    }
    return render(request, "consult/meetings/agenda.html", context)


@require_POST
def take_proposal(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Put one of the open things on the agenda as it is called now."""
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    rules.require("agenda.add", actor=request.actor, plan=plan, meeting=board.meeting)
    asked = (request.POST.get("source", ""), request.POST.get("source_id", ""))
    found = queries.proposals_for(actor=request.actor, plan=plan, board=board, at=clock.now())
    one = next((p for p in found if (p.source.value, p.source_id) == asked), None)
    if one is None:
        messages.error(request, _("This is on the agenda already, or open no more."))
        return redirect("meetings:agenda", plan.key, number)
    actions.add_item(
        actor=request.actor,
        plan=plan,
        meeting=board.meeting,
        title=Wording(zh=one.title_zh[:200], en=one.title_en[:300]),
        source=one.source.value,
        source_id=one.source_id,
        reporter=one.reporter,
    )
    return redirect("meetings:agenda", plan.key, number)


@require_POST
def move_item(request: HttpRequest, key: str, number: int, item: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    meeting = queries.get_meeting(actor=request.actor, plan=plan, number=number)
    found = queries.get_agenda_item(meeting, pk=item)
    up = request.POST.get("to") != "down"
    actions.move_item(actor=request.actor, plan=plan, meeting=meeting, item=found, up=up)
    return redirect("meetings:agenda", plan.key, number)


def _units(_request: HttpRequest, plan: Plan, _board: Board, aim: Names) -> Names:
    first: dict[str, Any] = {}
    if item := aim.get("item"):
        names = ("title_zh", "title_en", "text_zh", "text_en")
        first = {**{name: getattr(item, name) for name in names}, "reporter": item.reporter_id}
    return {"units": queries.units_invited(plan), "initial": first}


add_item = act_page(
    "agenda.add",
    gettext_lazy("Add an item"),
    ItemForm,
    actions.add_item,
    options=_units,
    page="agenda",
)
edit_item = act_page(
    "agenda.edit",
    gettext_lazy("Change the item"),
    ItemForm,
    actions.edit_item,
    options=_units,
    target=item_target,
    page="agenda",
)
remove_item = act_page(
    "agenda.remove",
    gettext_lazy("Take the item off"),
    EmptyForm,
    actions.remove_item,
    target=item_target,
    page="agenda",
    is_danger=True,
)
