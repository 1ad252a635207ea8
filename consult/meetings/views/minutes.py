"""The minutes: their page with comments and confirmations, the draft, an edition as it was."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.meetings import actions, queries, rules
from consult.meetings.board import Board, words_on
from consult.meetings.forms import DraftForm
from consult.meetings.standing import former_words
from consult.meetings.views.doors import doors, next_step
from consult.meetings.views.meetings import TONES
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict


@require_safe
def minutes_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    now = clock.now()
    can = doors(actor=request.actor, plan=plan, board=board, at=now)
    stage = board.stage(at=now)
    units = {str(s.guest.jurisdiction_id): s.guest.jurisdiction for s in board.seats if s.holder[0]}
    context = {
        "plan": plan,
        "board": board,
        "meeting": board.meeting,
        "stage": stage,
        "tone": TONES[stage.value],
        "can": can,
        "next": next_step(actor=request.actor, plan=plan, board=board, can=can, at=now),
        "words": [(units.get(code), board.words.get(code)) for code in sorted(board.asked)],
        "comments": list(queries.comments_on(board.meeting)),
        "former": _former(board),
        "now": now,
    }
    return render(request, "consult/meetings/minutes.html", context)


def _former(board: Board) -> list[tuple[int, list[object]]]:
    """Edition -> the parties that confirmed it, of editions that the text has left behind."""
    units = {str(s.guest.jurisdiction_id): s.guest.jurisdiction for s in board.seats if s.holder[0]}
    editions = [
        (one.number, {code: row.confirms for code, row in words_on(one).items()})
        for one in board.editions
        if one != board.edition or board.is_changed
    ]
    found = former_words(editions, codes=list(units))
    return [(number, [units[code] for code in codes]) for number, codes in found.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def edit_minutes(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    rules.require("minutes.edit", actor=request.actor, plan=plan, meeting=board.meeting)
    draft = board.draft
    first = {"edits": 0}
    if draft is not None:
        first = {"text_zh": draft.text_zh, "text_en": draft.text_en, "edits": draft.edits}  # type: ignore[dict-item]
    form = DraftForm(request.POST if request.method == "POST" else None, initial=first)
    theirs, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            theirs, status = _save(request, plan, board, form)
            if status == 200:
                messages.success(request, _("The minutes are saved."))
                return redirect("meetings:minutes", plan.key, number)
    units = [s.guest.jurisdiction for s in board.seats if s.holder[0]]
    confirmed = [unit for unit in units if unit and unit.code in _confirmed(board)]
    context = {
        "plan": plan,
        "board": board,
        "meeting": board.meeting,
        "form": form,
        "theirs": theirs,
        "confirmed": confirmed,
    }
    return render(request, "consult/meetings/draft.html", context, status=status)


def _confirmed(board: Board) -> set[str]:
    return {code for code, word in board.words.items() if word.confirms}


def _save(request: HttpRequest, plan: Plan, board: Board, form: DraftForm) -> tuple[object, int]:
    """Save the text; (the text of another, the status) where it cannot be."""
    try:
        actions.edit_minutes(actor=request.actor, plan=plan, meeting=board.meeting, **form.values())
    except Conflict as error:
        form.add_error(None, str(error.text))
        if error.theirs is not None:
            # Saved again, the text replaces what the writer has now read.
            form.data = {**form.data.dict(), "edits": str(error.theirs.edits)}
        return error.theirs, 409
    return None, 200


@require_safe
def edition_page(request: HttpRequest, key: str, number: int, edition: int) -> HttpResponse:
    """An edition as it was put forward, whatever the minutes read by now."""
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    found = queries.get_edition(board.meeting, number=edition)
    context = {
        "plan": plan,
        "board": board,
        "meeting": board.meeting,
        "edition": found,
        "said": json.loads(found.content),
        "words": [row for _code, row in sorted(words_on(found).items())],
    }
    return render(request, "consult/meetings/edition.html", context)
