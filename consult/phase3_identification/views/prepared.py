"""Inside a party: the form of the prepared position, handing it up, giving it back."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consult.ballots.views import put_errors
from consult.phase3_identification import actions, queries, shown
from consult.phase3_identification.board import BoardRow
from consult.phase3_identification.forms import exception_forms, found_among, labels_of, typed_from
from consult.phase3_identification.forms import typed as typing
from consult.phase3_identification.forms.positions import EXCEPTIONAL, ExceptionForm, choices
from consult.phase3_identification.forms.prepared import PreparedForm, prepared_from
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.prepared_content import NOTES
from consult.phase3_identification.queries import Prepared, own_sign_off, prepared_of, require_open
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.views.screens import FOLDER, may_do, read_board
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid

FOUND = 30  # articles that a search offers at once
Units = list[tuple[str, object]]
Forms = tuple[PreparedForm, list[ExceptionForm]]


class Table:
    """What the staff's form stands on. NotVisible, Refused; Conflict when no sign-off is open."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        self.request = request
        self.plan, self.sign_off = _open(request, key, "position.draft")
        state, self.revision = read_board(request, self.plan, self.sign_off)
        code = request.actor.inside
        self.rows: list[BoardRow] = state.asked_of(code)
        self.adopted = {row.key for row in state.adopted_of(code)}
        self.found: Prepared | None = prepared_of(
            actor=request.actor, sign_off=self.sign_off, plan=self.plan
        )
        self.units: Units = [
            (unit.code, str(unit)) for unit in queries.party_units(self.plan) if unit.code != code
        ]

    def first(self) -> tuple[typing.Typed, str, int]:
        """What stands in the form at first: the draft, else the last word, else nothing."""
        if self.found:
            draft = self.found.draft
            typed = {**typing.typed_of({}), **draft.content}
            return typing.without_items(typed, self.adopted), draft.advice, draft.edits
        code = self.request.actor.jurisdiction_code
        last = queries.declaration_of(self.sign_off, code=code)
        said = json.loads(last.content) if last else {}
        kept = {name: said[name] for name in ("general", "exceptions") if name in said}
        return typing.without_items(typed_from(kept), self.adopted), "", 0

    def forms(self, typed: typing.Typed, *, advice: str, edits: int, is_bound: bool) -> Forms:
        fields = {**typing.posted(typed), "advice": advice, "edits": edits}
        form = PreparedForm(
            fields if is_bound else None,
            initial=fields,
            actor=self.request.actor,
            plan_key=self.plan.key,
            count=len(typed["conditions"]),
            units=self.units,
        )
        rows = exception_forms(typed, items=labels_of(self.rows), units=self.units, is_bound=False)
        return form, rows


def _open(request: HttpRequest, key: str, act: str) -> tuple[Plan, SignOff]:
    plan = get_plan(actor=request.actor, key=key)
    current = own_sign_off(actor=request.actor, plan=plan)
    require(act, ACTS, actor=request.actor, plan=plan, own=True)
    return plan, require_open(current)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The form the staff fill in for their signatory; its buttons with the name `more` save
    nothing but keep what is typed."""
    table = Table(request, key)
    if request.method == "POST":
        return _aside(table) if "more" in request.POST else _save(table)
    typed, advice, edits = table.first()
    kept = queries.typed_draft(table.sign_off, actor=request.actor)
    if kept is not None:
        typed = {**typing.typed_of({}), **kept.fields["typed"]}
        advice, edits = str(kept.fields["advice"]), kept.edits
    forms = table.forms(typed, advice=advice, edits=edits, is_bound=False)
    saved = table.found.draft.edits if table.found else 0
    more: dict[str, Any] = {"typed": kept, "is_stale": bool(kept and kept.edits != saved)}
    return _page(table, typed, forms, **more)


def _save(table: Table) -> HttpResponse:
    request, typed = table.request, prepared_from(table.request.POST)
    edits = asked_number(request.POST.get("edits", ""), default=0)
    advice = request.POST.get("advice", "")
    forms = table.forms(typed, advice=advice, edits=edits, is_bound=True)
    if forms[0].is_valid():
        try:
            actions.draft_position(
                actor=request.actor, plan=table.plan, content=typed, advice=advice, edits=edits
            )
            messages.success(request, _("The prepared position is saved."))
            return redirect("identification:draft", key=table.plan.key)
        except (Invalid, Conflict) as error:
            put_errors(forms[0], error)
    return _page(table, typed, forms, status=422)


def _aside(table: Table) -> HttpResponse:
    """A button that only changes the form, or keeps what is typed in it."""
    request, typed = table.request, prepared_from(table.request.POST)
    advice = request.POST.get("advice", "")
    edits = asked_number(request.POST.get("edits", ""), default=0)
    asked = request.POST["more"]
    changed, _fault = typing.pressed(typed, asked, request.POST)
    context: dict[str, object] = {}
    try:
        context["row"] = actions.keep_typed_draft(
            actor=request.actor,
            plan=table.plan,
            fields={"typed": changed, "advice": advice},
            edits=edits,
        )
    except Invalid as error:
        context["error"] = " ".join(str(text) for text in error.errors.values())
    if asked == "keep":
        status = 422 if "error" in context else 200
        return render(request, "plans/text/typed.html", context, status=status)
    forms = table.forms(changed, advice=advice, edits=edits, is_bound=False)
    return _page(table, changed, forms)


def _page(
    table: Table, shape: typing.Typed, forms: Forms, *, status: int = 200, **more: object
) -> HttpResponse:
    request, form, exceptions = table.request, *forms
    find = request.POST.get("find", "")
    taken = {row["item"] for row in shape[typing.EXCEPTIONS]}
    free = [row for row in table.rows if row.key not in taken]
    notes, found = shape.get(NOTES) or {}, table.found
    context = {
        "plan": table.plan,
        "sign_off": table.sign_off,
        "revision": table.revision,
        "form": form,
        "exceptions": [(one, notes.get(str(one["item"].value()), "")) for one in exceptions],
        "total": len(exceptions),
        "find": find,
        "found_items": found_among(free, find, shown.headings_of(table.revision), most=FOUND),
        "free": len(free),
        "values": choices(EXCEPTIONAL),
        "found": found,
        "touched": [row for row in table.rows if found and row.key in found.changed],
        "can": may_do(request, table.plan),
        "rows": table.rows,
        "discard_url": reverse("identification:discard_draft", args=[table.plan.key]),
        **more,
    }
    return render(request, f"{FOLDER}/draft.html", context, status=status)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Forget what was typed and open the form anew."""
    plan, _current = _open(request, key, "position.draft")
    actions.discard_typed_draft(actor=request.actor, plan=plan)
    return redirect("identification:draft", key=key)


@require_POST
def hand_up(request: HttpRequest, key: str) -> HttpResponse:
    """Hand the prepared position up: through the own steps, or to the signatory."""
    plan, _current = _open(request, key, "position.hand_up")
    edits = asked_number(request.POST.get("edits", ""), default=0)
    try:
        actions.hand_up_position(actor=request.actor, plan=plan, edits=edits)
    except Invalid as error:
        messages.error(request, " ".join(str(text) for text in error.errors.values()))
        return redirect("identification:draft", key=key)
    messages.success(request, _("The prepared position is handed up for signature."))
    return redirect("identification:leader", key=key)


@require_POST
def return_(request: HttpRequest, key: str) -> HttpResponse:
    """The signatory gives the prepared position back to the staff, saying why."""
    plan, _current = _open(request, key, "position.return")
    edits = asked_number(request.POST.get("edits", ""), default=0)
    reason = request.POST.get("reason", "")[:4_000]
    try:
        actions.return_position(actor=request.actor, plan=plan, edits=edits, reason=reason)
        messages.success(request, _("Sent back to your staff with your reason."))
    except Invalid as error:
        messages.error(request, " ".join(str(text) for text in error.errors.values()))
    return redirect("identification:leader", key=key)
