"""Inside a party: the form of the prepared position, handing it up, sending it back."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consult.phase3_identification import actions, shown
from consult.phase3_identification.forms import item_choices
from consult.phase3_identification.forms.positions import initial_exceptions
from consult.phase3_identification.forms.prepared import (
    PREFIX,
    PreparedForm,
    PreparedFormSet,
    content_of,
    data_of_typed,
    initial_of_draft,
    initial_of_said,
    is_empty,
    rows_of_typed,
    typed_of,
)
from consult.phase3_identification.models import PreparedAutosave, SignOff
from consult.phase3_identification.queries import (
    declaration_of,
    own_sign_off,
    prepared_of,
    require_open,
    typed_position,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.views.screens import (
    FOLDER,
    may_do,
    put_error,
    read_board,
    status_of,
)
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid

# Fields the page places itself; whatever else the position form asks stands with the others.
SHOWN_FIRST = ("advice", "value", "text", "item", "note")
Items = list[tuple[str, list[tuple[str, str]]]]


def _open(request: HttpRequest, key: str, act: str) -> tuple[Plan, SignOff]:
    plan = get_plan(actor=request.actor, key=key)
    current = own_sign_off(actor=request.actor, plan=plan)
    require(act, ACTS, actor=request.actor, plan=plan, own=True)
    return plan, require_open(current)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, key: str) -> HttpResponse:
    """The form the staff fill in for their signatory."""
    plan, current = _open(request, key, "position.prepare")
    state, revision = read_board(request, plan, current)
    code = request.actor.inside
    rows = [row for row in state.rows if any(e["code"] == code for e in row.ballot.electors)]
    found = prepared_of(actor=request.actor, sign_off=current, plan=plan)
    typed = typed_position(actor=request.actor, sign_off=current)
    items = item_choices(rows, shown.headings_of(revision))
    form, exceptions = _forms(request, current, items, found, typed)
    is_more = "more" in request.POST
    if request.method == "POST" and not is_more and form.is_valid() and exceptions.is_valid():
        try:
            actions.prepare_position(
                actor=request.actor,
                plan=plan,
                content=content_of(form, exceptions),
                advice=form.cleaned_data["advice"],
                edits=form.cleaned_data["edits"],
            )
            messages.success(request, _("The prepared position is saved."))
            return redirect("identification:prepare", key=key)
        except (Invalid, Conflict) as error:
            put_error(form, error)
    draft = found.draft if found else None
    context = {
        "plan": plan,
        "sign_off": current,
        "revision": revision,
        "form": form,
        "exceptions": exceptions,
        "found": found,
        "typed": typed if request.method != "POST" else None,
        "is_stale": bool(typed and draft and typed.edits != draft.edits),
        "touched": [row for row in rows if found and row.key in found.changed],
        "can": may_do(request, plan),
        "rows": rows,
        "shown_first": SHOWN_FIRST,
    }
    return render(request, f"{FOLDER}/prepare.html", context, status=status_of(form))


def _forms(
    request: HttpRequest,
    current: SignOff,
    items: Items,
    found: Any,
    typed: PreparedAutosave | None,
) -> tuple[PreparedForm, Any]:
    """The forms as sent, or filled with what was typed, with the draft, or with the last word."""
    given = {"prefix": PREFIX, "form_kwargs": {"items": items}}
    if request.method == "POST":
        data = request.POST.copy()
        if "more" in data:
            total = asked_number(data.get(f"{PREFIX}-TOTAL_FORMS", ""), default=0) + 1
            data[f"{PREFIX}-TOTAL_FORMS"] = str(min(total, 100))
        return PreparedForm(data), PreparedFormSet(data, **given)
    if typed:
        data = data_of_typed(typed)
        first: dict[str, object] = {name: data.get(name, "") for name in PreparedForm.base_fields}
        return PreparedForm(initial=first), PreparedFormSet(initial=rows_of_typed(data), **given)
    if found:
        first, rows = initial_of_draft(found.draft)
        return PreparedForm(initial=first), PreparedFormSet(initial=rows, **given)
    last = declaration_of(current, code=request.actor.jurisdiction_code)
    said = json.loads(last.content) if last else {}
    form = PreparedForm(initial=initial_of_said(said))
    return form, PreparedFormSet(initial=initial_exceptions(said), **given)


@require_POST
def typed(request: HttpRequest, key: str) -> HttpResponse:
    """The form as it stands, from time to time; an empty one is not kept."""
    plan, _current = _open(request, key, "position.prepare")
    fields = typed_of(request.POST)
    context: dict[str, object] = {}
    status = 200
    if is_empty(fields):
        actions.discard_typed_position(actor=request.actor, plan=plan)
    else:
        edits = asked_number(request.POST.get("edits", ""), default=0)
        try:
            context["row"] = actions.keep_typed_position(
                actor=request.actor, plan=plan, fields=fields, edits=edits
            )
        except Invalid as error:
            context["error"] = " ".join(str(text) for text in error.errors.values())
            status = 422
    return render(request, "plans/text/typed.html", context, status=status)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Forget what was typed and open the form anew."""
    plan, _current = _open(request, key, "position.prepare")
    actions.discard_typed_position(actor=request.actor, plan=plan)
    return redirect("identification:prepare", key=key)


@require_POST
def hand_up(request: HttpRequest, key: str) -> HttpResponse:
    """Hand the prepared position up: through the own steps, or to the signatory."""
    plan, _current = _open(request, key, "position.hand_up")
    edits = asked_number(request.POST.get("edits", ""), default=0)
    try:
        actions.hand_up_position(actor=request.actor, plan=plan, edits=edits)
        messages.success(request, _("The prepared position is handed up for signature."))
    except Invalid as error:
        messages.error(request, " ".join(str(text) for text in error.errors.values()))
        return redirect("identification:prepare", key=key)
    return redirect("identification:leader", key=key)


@require_POST
def send_back(request: HttpRequest, key: str) -> HttpResponse:
    """The signatory gives the prepared position back, saying why."""
    plan, _current = _open(request, key, "position.send_back")
    edits = asked_number(request.POST.get("edits", ""), default=0)
    reason = request.POST.get("reason", "")[:4_000]
    try:
        actions.send_back_position(actor=request.actor, plan=plan, edits=edits, reason=reason)
        messages.success(request, _("Sent back to your staff with your reason."))
    except Invalid as error:
        messages.error(request, " ".join(str(text) for text in error.errors.values()))
    return redirect("identification:leader", key=key)
