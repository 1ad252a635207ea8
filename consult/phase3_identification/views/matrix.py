"""The consent matrix: the page, what a cell opens, what a party owes, the downloads."""

from collections.abc import Mapping

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from consult.phase3_identification import shown
from consult.phase3_identification.board import Board
from consult.phase3_identification.consent_matrix.cells import (
    MOST_LABELLED,
    chapters_of,
    columns_of,
)
from consult.phase3_identification.consent_matrix.looks import LOOKS, NOT_CONCERNED
from consult.phase3_identification.consent_matrix.opened import opened
from consult.phase3_identification.consent_matrix.owing import party_sheet
from consult.phase3_identification.consent_matrix.sheets import (
    headings_row,
    table_rows,
    write_sheet,
)
from consult.phase3_identification.consent_matrix.wanted import (
    Counts,
    Wanted,
    chosen_parties,
    chosen_rows,
    counts_of,
    wanted_in,
)
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import current_sign_off, has_ended
from consult.phase3_identification.views.screens import FOLDER, may_do, read_states
from plans.register.enums import Strength
from plans.register.models import Plan, Revision
from plans.register.queries import get_plan
from stakeholders.files.tables import XLSX, TableKind, stream_csv
from stakeholders.terms import clock
from stakeholders.terms.errors import NotVisible


# A whole plan is a megabyte of cells that say much the same: packed, it is a twentieth of that.
@gzip_page
@require_safe
def matrix(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    context: dict[str, object] = {"plan": plan, "sign_off": current}
    if current is not None:
        context |= _table(request, plan, current)
    return render(request, f"{FOLDER}/matrix.html", context)


def _table(request: HttpRequest, plan: Plan, current: SignOff) -> dict[str, object]:
    state, revision = read_states(request, plan, current)
    wanted = wanted_in(request.GET)
    headings = shown.headings_of(revision)
    parties, rows = chosen_parties(state, wanted), chosen_rows(state, wanted)
    return {
        "board": state,
        "revision": revision,
        "wanted": wanted,
        "chapters": chapters_of(
            rows,
            parties=parties,
            wanted=wanted,
            headings=headings,
            is_over=has_ended(current),
        ),
        "shown_rows": len(rows),
        "parties": parties,
        "columns": columns_of(state, parties=parties),
        "choices": _choices(state, headings, wanted),
        "is_compact": len(parties) > MOST_LABELLED,
        "span": len(parties) + 3,
        "is_over": has_ended(current),
    }


def _choices(state: Board, headings: Mapping[str, str], wanted: Wanted) -> dict[str, object]:
    """The choices of the filter, each with how much it would show."""
    counts: Counts = counts_of(state)
    strengths = [(key, word, counts.strengths[key]) for key, word in Strength.choices]
    return {
        "counts": counts,
        "strengths": [row for row in strengths if row[2]],
        "chapters": [(key, headings.get(key, key), n) for key, n in counts.chapters.items() if key],
        "parties": [(party, counts.parties[party.code]) for party in state.parties],
        "states": [
            (look, counts.states[key], key in wanted.states)
            for key, look in LOOKS.items()
            if counts.states.get(key)
        ],
    }


@require_safe
def matrix_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """What the filter shows, as a file."""
    plan, _current, state, revision = _found(request, key)
    wanted = wanted_in(request.GET)
    parties, rows = chosen_parties(state, wanted), chosen_rows(state, wanted)
    if kind == TableKind.CSV:
        lines = stream_csv(headings=headings_row(parties), rows=table_rows(rows, wanted=wanted))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{plan.key}-matrix.csv"'
        return answer
    sheet = write_sheet(rows, parties=parties, wanted=wanted, preface=_preface(plan, revision))
    name = f"{plan.key}-matrix.xlsx"
    return FileResponse(sheet, as_attachment=True, filename=name, content_type=XLSX)


def _preface(plan: Plan, revision: Revision) -> list[str]:
    """What stands above the table of a file: plan, revision, and that it may be made up."""
    title = shown.spoken({"zh": plan.title_zh, "en": plan.title_en})
    mark = _("Demonstration: made up, without legal effect.") if plan.is_demonstration else ""
    return [title, f"{revision.label}  {revision.hash}", mark]


@require_safe
def cell(request: HttpRequest, key: str, item: str, code: str) -> HttpResponse:
    """One cell: as a panel beside the matrix, or as a page of its own."""
    plan, current, state, _revision = _found(request, key)
    row = next((row for row in state.rows if row.key == item), None)
    party = next((party for party in state.parties if party.code == code), None)
    if row is None or party is None:
        raise NotVisible
    found = opened(plan=plan, row=row, party=party, actor=request.actor, at=clock.now())
    if found.cell.state == NOT_CONCERNED and not found.former:
        raise NotVisible
    is_own = request.actor.inside == code and not has_ended(current)
    context = {
        "plan": plan,
        "sign_off": current,
        "opened": found,
        "row": row,
        "standings": shown.standings_of(row),
        "may_speak": is_own and may_do(request, plan)["position_take"],
    }
    name = f"{FOLDER}/cell.html" + ("#opened" if request.htmx else "")
    return render(request, name, context)


@require_safe
def party(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """What one party still owes, with the items, and why it counts for them."""
    plan, current, state, _revision = _found(request, key)
    found = next((party for party in state.parties if party.code == code), None)
    if found is None:
        raise NotVisible
    is_own = request.actor.inside == code and not has_ended(current)
    context = {
        "plan": plan,
        "sign_off": current,
        "sheet": party_sheet(state, found),
        "is_over": has_ended(current),
        "is_sealed": state.is_sealed and request.actor.inside != code,
        "may_speak": is_own and may_do(request, plan)["position_take"],
    }
    name = f"{FOLDER}/party.html" + ("#owed" if request.htmx else "")
    return render(request, name, context)


def _found(request: HttpRequest, key: str) -> tuple[Plan, SignOff, Board, Revision]:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    if current is None:
        raise NotVisible
    return plan, current, *read_states(request, plan, current)
