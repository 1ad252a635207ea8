"""The consent matrix and the page of one item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from consult.phase3_identification import shown
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    item_ballots_of,
    reservations_by_position,
)
from consult.phase3_identification.views.screens import FOLDER, read_board
from plans.register.queries import get_plan
from stakeholders.terms.errors import NotVisible


@require_GET
def matrix(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    context: dict[str, object] = {"plan": plan, "sign_off": current}
    if current is not None:
        state, revision = read_board(request, plan, current)
        wanted = _filter(request)
        headings = shown.headings_of(revision)
        codes = [p for p in state.parties if wanted.jurisdiction in ("", p.code)]
        context |= {
            "board": state,
            "revision": revision,
            "wanted": wanted,
            "chapters": shown.shown_chapters(state, wanted, headings),
            "parties": codes,
            "headings": headings,
            "tally": shown.tally(state),
            "tallies": shown.party_tallies(state, only=wanted.jurisdiction),
            "is_compact": len(codes) > 12,
            "columns": len(codes) + 2,
            "is_over": has_ended(current),
        }
    return render(request, f"{FOLDER}/matrix.html", context)


@require_GET
def item(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    if current is None:
        raise NotVisible
    state, revision = read_board(request, plan, current)
    row = next((row for row in state.rows if row.key == item), None)
    if row is None:
        raise NotVisible
    positions = [cell.position for cell in row.cells if cell.position]
    at = state.rows.index(row)
    context = {
        "plan": plan,
        "sign_off": current,
        "board": state,
        "row": row,
        "revision": revision,
        "text": shown.spoken(row.content.get("text") or row.content.get("definition")),
        "standings": shown.standings_of(row),
        "lines": shown.cell_lines(row, state.parties),
        "reservations": reservations_by_position(positions),
        "history": item_ballots_of(current, item_id=row.ballot.item_id),
        "before": state.rows[at - 1] if at else None,
        "after": state.rows[at + 1] if at + 1 < len(state.rows) else None,
    }
    return render(request, f"{FOLDER}/item.html", context)


def _filter(request: HttpRequest) -> shown.Filter:
    names = ("only", "strength", "jurisdiction", "chapter")
    return shown.Filter(**{name: request.GET.get(name, "") for name in names})
