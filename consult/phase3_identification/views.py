"""Pages of the sign-off: state, declaration, consent matrix, statement and its exports."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from consult.phase3_identification import actions, shown
from consult.phase3_identification.board import Board, BoardRow, board
from consult.phase3_identification.forms import (
    ExceptionFormSet,
    LetterForm,
    OpenForm,
    PositionForm,
    ReasonForm,
    initial_exceptions,
    item_choices,
)
from consult.phase3_identification.models import CommonStatement, Declaration, SignOff
from consult.phase3_identification.papers import bundle_text, docx_bytes
from consult.phase3_identification.queries import (
    current_sign_off,
    declaration_of,
    frozen_of,
    has_ended,
    item_ballots_of,
    reservations_by_position,
    revision_at,
    sees,
    statement_of,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import Stand
from plans.register.models import Plan, Revision
from plans.register.queries import get_plan
from plans.register.rules import plan_facts, require
from stakeholders.jurisdictions.queries import overrides
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, NotVisible
from stakeholders.terms.rights import decide
from stakeholders.terms.workdays import workdays_between

FOLDER = "consult/phase3_identification"


@require_GET
def overview(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    context: dict[str, object] = {"plan": plan, "sign_off": current, "can": _may(request, plan)}
    if current is not None:
        state, revision = _board(request, plan, current)
        context |= {
            "board": state,
            "revision": revision,
            "parties": shown.party_tallies(state),
            "needed": shown.needed_groups(state),
            "tally": shown.tally(state),
            "days_left": _days_left(current),
            "is_over": has_ended(current),
            "mine": declaration_of(current, code=request.actor.inside),
        }
    return render(request, f"{FOLDER}/sign_off.html", context)


@require_http_methods(["GET", "POST"])
def open_(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("sign_off.open", ACTS, actor=request.actor, plan=plan)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_sign_off(actor=request.actor, plan=plan, **form.opening())
            messages.success(request, _("The sign-off is open."))
            return redirect("identification:overview", key=key)
        except (Invalid, Conflict) as error:
            _put(form, error)
    return render(request, f"{FOLDER}/open.html", {"plan": plan, "form": form}, status=_code(form))


@recently_proved
@require_http_methods(["GET", "POST"])
def position(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("position.take", ACTS, actor=request.actor, plan=plan, own=True)
    current = current_sign_off(plan)
    if current is None or has_ended(current):
        raise Conflict(_("No sign-off is open on this plan."))
    state, revision = _board(request, plan, current)
    mine = _rows_of(state, request.actor.jurisdiction_code)
    former = declaration_of(current, code=request.actor.jurisdiction_code)
    items = item_choices(mine, shown.headings_of(revision))
    form, exceptions = _position_forms(request, plan, former, items)
    is_more = "more" in request.POST
    if request.method == "POST" and not is_more and form.is_valid() and exceptions.is_valid():
        try:
            said = [stand for one in exceptions if (stand := one.stand())]
            _declare(request, plan, form, said)
            messages.success(request, _("Your position is taken. The receipt stands below."))
            return redirect(reverse("identification:overview", args=[key]) + "#receipt")
        except (Invalid, Conflict) as error:
            _put(form, error)
    context = {
        "plan": plan,
        "sign_off": current,
        "revision": revision,
        "form": form,
        "exceptions": exceptions,
        "has_exceptions": is_more or any(one["item"].value() or one.errors for one in exceptions),
        "former": former,
        "rows": mine,
        "stale": _stale_of(mine, request.actor.jurisdiction_code),
        "days_left": _days_left(current),
    }
    return render(request, f"{FOLDER}/position.html", context, status=_code(form))


def _position_forms(
    request: HttpRequest,
    plan: Plan,
    former: Declaration | None,
    items: list[tuple[str, list[tuple[str, str]]]],
) -> tuple[PositionForm, Any]:
    if request.method == "POST":
        data = request.POST.copy()
        if "more" in data:
            total = int(data.get("exceptions-TOTAL_FORMS", "0") or 0) + 1
            data["exceptions-TOTAL_FORMS"] = str(min(total, 100))
        form = PositionForm(data)
        return form, ExceptionFormSet(data, prefix="exceptions", form_kwargs={"items": items})
    said = json.loads(former.content) if former else {}
    first = {"revision": frozen_of(plan).hash, "former": former.pk if former else None}
    if former:
        first |= {"value": said["general"]["value"], "text": said["general"]["text"]}
    initial = initial_exceptions(said)
    if wanted := request.GET.get("item", ""):
        initial = [row for row in initial if row["item"] != wanted] + [{"item": wanted}]
    form = PositionForm(initial=first)
    formset = ExceptionFormSet(initial=initial, prefix="exceptions", form_kwargs={"items": items})
    return form, formset


def _declare(
    request: HttpRequest, plan: Plan, form: PositionForm, said: list[Stand]
) -> Declaration:
    return actions.declare(
        actor=request.actor,
        plan=plan,
        revision_hash=form.cleaned_data["revision"],
        general=form.general(),
        exceptions=said,
        letter=form.letter(),
        decided_by=form.cleaned_data["decided_by"],
        former=form.cleaned_data["former"],
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("sign_off.close", ACTS, actor=request.actor, plan=plan)
    if request.method == "POST":
        end_row = actions.close_sign_off(actor=request.actor, plan=plan)
        messages.success(request, str(end_row))
        return redirect("identification:overview", key=key)
    current = current_sign_off(plan)
    if current is None or has_ended(current):
        raise Conflict(_("No sign-off is open on this plan."))
    state, _revision = _board(request, plan, current)
    context = {"plan": plan, "board": state, "sign_off": current}
    return render(request, f"{FOLDER}/close.html", context)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("sign_off.withdraw", ACTS, actor=request.actor, plan=plan)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_without_result(
            actor=request.actor, plan=plan, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("The sign-off ended without result."))
        return redirect("identification:overview", key=key)
    return render(request, f"{FOLDER}/end.html", {"plan": plan, "form": form}, status=_code(form))


@require_GET
def matrix(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    context: dict[str, object] = {"plan": plan, "sign_off": current}
    if current is not None:
        state, revision = _board(request, plan, current)
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
    state, revision = _board(request, plan, current)
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


@require_GET
def statement(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = statement_of(current_sign_off(plan))
    context: dict[str, object] = {"plan": plan, "statement": found}
    if found is not None:
        signatures = list(found.signatures.select_related("jurisdiction", "mandate__user"))
        signed = {row.jurisdiction_id: row for row in signatures}
        content = json.loads(found.content)
        code = request.actor.jurisdiction_code
        may = _may(request, plan)["statement_sign"]
        context |= {
            "content": content,
            "parties": [
                ({**party, "shown": shown.spoken(party["name"])}, signed.get(party["code"]))
                for party in content["parties"]
            ],
            "reservations": shown.annex(content, "reservations"),
            "objections": shown.annex(content, "objections"),
            "may_sign": may and code in {p["code"] for p in content["parties"]} - set(signed),
        }
    return render(request, f"{FOLDER}/statement.html", context)


@recently_proved
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("statement.sign", ACTS, actor=request.actor, plan=plan, own=True)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.sign_statement(actor=request.actor, plan=plan, letter=form.letter())
        messages.success(request, _("The common statement is signed for your jurisdiction."))
        return redirect("identification:statement", key=key)
    found = statement_of(current_sign_off(plan))
    context = {"plan": plan, "form": form, "statement": found}
    return render(request, f"{FOLDER}/sign.html", context, status=_code(form))


@require_GET
def document(request: HttpRequest, key: str) -> HttpResponse:
    plan, found = _stated(request, key)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _download(docx_bytes(plan=plan, statement=found), kind, f"{key}-statement.docx")


@require_GET
def bundle(request: HttpRequest, key: str) -> HttpResponse:
    plan, found = _stated(request, key)
    text = bundle_text(plan=plan, statement=found)
    return _download(text.encode(), "application/json", f"{key}-statement.json")


def _stated(request: HttpRequest, key: str) -> tuple[Plan, CommonStatement]:
    plan = get_plan(actor=request.actor, key=key)
    found = statement_of(current_sign_off(plan))
    if found is None:
        raise NotVisible
    return plan, found


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _board(request: HttpRequest, plan: Plan, current: SignOff) -> tuple[Board, Revision]:
    revision = revision_at(current, plan=plan)
    sight = sees(current, actor=request.actor, at=clock.now())
    return board(sign_off=current, revision=revision, sees=sight), revision


def _rows_of(state: Board, code: str | None) -> list[BoardRow]:
    return [row for row in state.rows if any(e["code"] == code for e in row.ballot.electors)]


def _stale_of(rows: list[BoardRow], code: str | None) -> list[BoardRow]:
    return [r for r in rows if any(c.code == code and c.state == "stale" for c in r.cells)]


def _filter(request: HttpRequest) -> shown.Filter:
    names = ("only", "strength", "jurisdiction", "chapter")
    return shown.Filter(**{name: request.GET.get(name, "") for name in names})


def _may(request: HttpRequest, plan: Plan) -> dict[str, bool]:
    """Act (its last word) -> whether the actor may do it, for the buttons. Two queries."""
    facts = plan_facts(actor=request.actor, plan=plan, own=True)
    return {act.replace(".", "_"): bool(decide(act, rule, facts)) for act, rule in ACTS.items()}


def _days_left(current: SignOff) -> int | None:
    """Working days to the close, as the desk counts them."""
    if current.closes_at is None:
        return None
    today, last = (localtime(at).date() for at in (clock.now(), current.closes_at))
    return workdays_between(today, last, overrides(on=today))


def _put(form: Any, error: Invalid | Conflict) -> None:
    """Show what an action refused beside its field, with the input kept."""
    if isinstance(error, Conflict):
        form.add_error(None, str(error.text))
        return
    for name, text in error.errors.items():
        form.add_error(name if name in form.fields else None, str(text))


def _code(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
