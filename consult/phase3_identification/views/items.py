"""The page of one item in a sign-off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.phase3_identification import shown
from consult.phase3_identification.consent_matrix.cells import sums
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    item_ballots_of,
    reservations_by_position,
)
from consult.phase3_identification.views.screens import FOLDER, read_board
from plans.register.queries import approved_since, get_plan
from stakeholders.terms.errors import NotVisible


@require_safe
def item(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """Its rule with the figures, what each party says, its wordings with their ballots."""
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    if current is None:
        raise NotVisible
    state, revision = read_board(request, plan, current)
    row = next((row for row in state.rows if row.key == item), None)
    if row is None:
        raise NotVisible
    at = state.rows.index(row)
    positions = [cell.position for cell in row.cells if cell.position]
    context = {
        "plan": plan,
        "sign_off": current,
        "board": state,
        "row": row,
        "revision": revision,
        "is_over": has_ended(current),
        "text": shown.spoken(row.content.get("text") or row.content.get("definition")),
        "standings": shown.standings_of(row),
        "sums": sums(row.cells),
        "lines": shown.cell_lines(row, state.parties),
        "reservations": reservations_by_position(positions),
        "approved": approved_since(revision, item_id=row.ballot.item_id),
        "history": item_ballots_of(current, item_id=row.ballot.item_id),
        "before": state.rows[at - 1] if at else None,
        "after": state.rows[at + 1] if at + 1 < len(state.rows) else None,
    }
    return render(request, f"{FOLDER}/item.html", context)
