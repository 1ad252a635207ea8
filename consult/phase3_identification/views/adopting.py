"""Adopting first what has passed: what can be adopted, the preview, the act; signing a part."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.ballots.views import put_errors
from consult.phase3_identification import actions
from consult.phase3_identification.adopting import Candidate, Offer, offer
from consult.phase3_identification.board import BoardCell, BoardRow
from consult.phase3_identification.consent_matrix.looks import DIFFERENCE, word_of
from consult.phase3_identification.forms import AdoptForm, SignForm
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import (
    adopted_entries,
    adoptions_of,
    current_sign_off,
    get_part_statement,
    has_ended,
    life_of,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.telling import NONE_OPEN
from consult.phase3_identification.views.ending import open_one
from consult.phase3_identification.views.screens import FOLDER, may_do, read_states, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan, titles_of
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid


@require_safe
def adoption(request: HttpRequest, key: str) -> HttpResponse:
    """What was adopted first, what can be, and what cannot yet and why; for all who see the plan."""
    plan = get_plan(actor=request.actor, key=key)
    context = _standing(request, plan, current_sign_off(plan))
    return render(request, f"{FOLDER}/adoption.html", context | {"form": AdoptForm()})


@require_POST
def adopt(request: HttpRequest, key: str) -> HttpResponse:
    """The preview, and with `confirm` the act."""
    plan, current = open_one(request, key, "sign_off.adopt_part")
    form = AdoptForm(request.POST)
    if form.is_valid():
        try:
            if "confirm" not in request.POST:
                return _preview(request, plan, current, form)
            actions.adopt_part(actor=request.actor, plan=plan, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            number = len(form.cleaned_data["items"])
            text = ngettext("{number} item is adopted.", "{number} items are adopted.", number)
            messages.success(request, text.format(number=number))
            return redirect("identification:adoption", key=key)
    context = _standing(request, plan, current) | {
        "form": form,
        "ticked": {one.partition(":")[0] for one in request.POST.getlist("items")},
    }
    return render(request, f"{FOLDER}/adoption.html", context, status=status_of(form))


def _standing(request: HttpRequest, plan: Plan, current: SignOff | None) -> dict[str, Any]:
    """The page: the three groups; of a sign-off that takes no partial adoption, why not."""
    can = may_do(request, plan)["sign_off_adopt_part"]
    context: dict[str, Any] = {"plan": plan, "sign_off": current, "may_adopt": False}
    if current is None:
        return context | {"why_not": NONE_OPEN}
    done = list(adoptions_of(current))
    context |= {"adoptions": done, "parts": _parts(plan, current, done)}
    if has_ended(current):
        return context | {
            "why_not": _("The sign-off has ended: nothing is adopted first any more.")
        }
    why_not = life_of(current, at=clock.now()).why_not_adopt
    if why_not is not None:
        return context | {"why_not": why_not}
    if plan.frozen is None:
        return context | {"why_not": _("Articles are back in joint preparation.")}
    found = _offer(request, plan, current)
    ticked = {one.key for one in found.ready}
    return context | {"offer": found, "ticked": ticked, "may_adopt": can and bool(ticked)}


def _offer(request: HttpRequest, plan: Plan, current: SignOff) -> Offer:
    state, _revision = read_states(request, plan, current)
    return offer(plan=plan, sign_off=current, state=state)


def _parts(plan: Plan, current: SignOff, done: list[Any]) -> list[tuple[Any, list[str]]]:
    """Each partial adoption with the names of its items, as the text of the sign-off has them."""
    if not done:
        return []
    entries = adopted_entries(done)
    titles = titles_of(plan.frozen or current.revision)
    return [
        (one, [titles.get(row.item.key, row.number) for row in entries.get(one.revision_id, ())])
        for one in done
    ]


def _preview(request: HttpRequest, plan: Plan, current: SignOff, form: AdoptForm) -> HttpResponse:
    """What would be adopted, with what parties still say against it. Raises Invalid, Conflict."""
    why_not = life_of(current, at=clock.now()).why_not_adopt
    if why_not is not None:
        raise Conflict(why_not)
    found = _offer(request, plan, current)
    picked = found.picked(form.cleaned_data["items"])
    names = {party.code: str(party) for party in found.board.parties}
    context = {
        "plan": plan,
        "form": form,
        "lines": [(one, _differences(one.row, names)) for one in picked],
        "loose": found.loose({one.key for one in picked}),
        "left": len(found.candidates) - len(found.adopted) - len(picked),
        "parties": _parties(picked, names),
        "reason": form.cleaned_data["reason"],
    }
    return render(request, f"{FOLDER}/adoption_preview.html", context)


def _differences(row: BoardRow, names: dict[str, str]) -> list[tuple[str, str]]:
    """Who objects to the item or has a reservation, and its word for that."""
    cells: list[BoardCell] = [cell for cell in row.cells if cell.state in DIFFERENCE]
    return [(names[cell.code], word_of(cell)) for cell in cells]


def _parties(picked: list[Candidate], names: dict[str, str]) -> list[str]:
    """Who will stand in the statement of the part."""
    return [name for code, name in names.items() if any(one.row.concerns(code) for one in picked)]


@recently_proved
@require_http_methods(["GET", "POST"])
def sign_part(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Sign the statement of a part for one's jurisdiction."""
    plan = get_plan(actor=request.actor, key=key)
    require("statement.sign", ACTS, actor=request.actor, plan=plan, own=True)
    found = get_part_statement(current_sign_off(plan), pk=pk)
    form = SignForm(request.POST or None, initial={"seen": found.hash})
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_statement(
                actor=request.actor,
                plan=plan,
                letter=form.letter(),
                statement=pk,
                seen=form.cleaned_data["seen"],
            )
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(
                request, _("The statement of the part is signed for your jurisdiction.")
            )
            return redirect("identification:adoption", key=key)
    context = {
        "plan": plan,
        "form": form,
        "statement": found,
        "titles": list(titles_of(found.revision).values()),
    }
    return render(request, f"{FOLDER}/sign_part.html", context, status=status_of(form))
