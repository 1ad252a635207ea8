"""Taking the position of a party."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.phase3_identification import actions, shown
from consult.phase3_identification.board import Board, BoardRow
from consult.phase3_identification.forms import (
    ExceptionFormSet,
    PositionForm,
    initial_exceptions,
    item_choices,
)
from consult.phase3_identification.models import Declaration
from consult.phase3_identification.queries import (
    current_sign_off,
    declaration_of,
    frozen_of,
    has_ended,
    prepared,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import Stand
from consult.phase3_identification.views.screens import (
    FOLDER,
    days_left,
    put_error,
    read_board,
    status_of,
)
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.errors import Conflict, Invalid


@recently_proved
@require_http_methods(["GET", "POST"])
def position(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("position.take", ACTS, actor=request.actor, plan=plan, own=True)
    current = current_sign_off(plan)
    if current is None or has_ended(current):
        raise Conflict(_("No sign-off is open on this plan."))
    state, revision = read_board(request, plan, current)
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
            put_error(form, error)
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
        "days_left": days_left(current),
    }
    return render(request, f"{FOLDER}/position.html", context, status=status_of(form))


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
    if filled := prepared(current_sign_off(plan), code=request.actor.jurisdiction_code):
        first, initial = {**first, **filled["form"], "is_prepared": True}, filled["exceptions"]
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


def _rows_of(state: Board, code: str | None) -> list[BoardRow]:
    return [row for row in state.rows if any(e["code"] == code for e in row.ballot.electors)]


def _stale_of(rows: list[BoardRow], code: str | None) -> list[BoardRow]:
    return [r for r in rows if any(c.code == code and c.state == "stale" for c in r.cells)]
