"""Taking the position of a party: its form, what it is about to say, and the act."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consult.ballots.enums import PositionValue
from consult.ballots.views import put_errors
from consult.phase3_identification import actions, queries, shown
from consult.phase3_identification.board import Board, BoardRow
from consult.phase3_identification.forms import (
    ExceptionForm,
    PositionForm,
    exception_forms,
    labels_of,
    typed_from,
    typed_of,
)
from consult.phase3_identification.forms import found_among as found_in
from consult.phase3_identification.forms import typed as typing
from consult.phase3_identification.forms.positions import EXCEPTIONAL, choices
from consult.phase3_identification.models import Declaration, PositionAutosave, SignOff
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import Stand, plain_stand
from consult.phase3_identification.views.said import said_line
from consult.phase3_identification.views.screens import (
    FOLDER,
    days_left,
    read_board,
    status_of,
)
from plans.register.models import Plan, Revision
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved_except
from stakeholders.terms.asked import asked_number
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

FOUND = 30  # articles that a search offers at once


@dataclass
class Desk:
    """What the form stands on: the open sign-off, the party's items, its former declaration."""

    request: HttpRequest
    plan: Plan
    sign_off: SignOff
    state: Board
    revision: Revision
    former: Declaration | None
    has_two: bool

    @cached_property
    def rows(self) -> list[BoardRow]:
        """The items that concern the party and were not adopted first; last those no longer in the
        text on which it still holds an objection or reservation, until it lifts it here."""
        code = self.request.actor.jurisdiction_code
        own = self.state.asked_of(code)
        left = [r for r in self.state.removed if any(c.code == code for c in r.cells)]
        return [*own, *left]

    @cached_property
    def adopted(self) -> list[BoardRow]:
        """The items that concern the party and were adopted first: no position is asked on them."""
        return self.state.adopted_of(self.request.actor.jurisdiction_code)

    @cached_property
    def items(self) -> dict[str, str]:
        return labels_of(self.rows)

    @cached_property
    def units(self) -> list[tuple[str, object]]:
        own = self.request.actor.jurisdiction_code
        found = queries.party_units(self.plan)
        return [(unit.code, str(unit)) for unit in found if unit.code != own]

    @property
    def stale(self) -> list[BoardRow]:
        code = self.request.actor.jurisdiction_code
        return [r for r in self.rows if any(c.code == code and c.state == "stale" for c in r.cells)]

    def forms(self, typed: typing.Typed) -> tuple[PositionForm, list[ExceptionForm]]:
        """The forms of what was typed, bound to it as sent."""
        request, count = self.request, len(typed["conditions"])
        form = PositionForm(
            {**request.POST.dict(), **typing.posted(typed)},
            request.FILES,
            actor=request.actor,
            plan_key=self.plan.key,
            count=count,
            units=self.units,
        )
        return form, self._exceptions(typed, is_bound=True)

    def unbound(
        self, typed: typing.Typed, *, kept: PositionForm | None = None
    ) -> tuple[PositionForm, list[ExceptionForm]]:
        """The forms filled in and not yet judged; `kept` is a bound one whose file is kept."""
        initial = {
            **typing.posted(typed),
            "revision": self.revision.hash,
            "former": self.former.pk if self.former else None,
        }
        if kept is not None:
            kept.is_valid()
            initial["letter_file"] = kept.fields["letter_file"].kept
            initial |= {name: kept[name].value() for name in ("revision", "former")}
        form = PositionForm(
            initial=initial,
            actor=self.request.actor,
            plan_key=self.plan.key,
            count=len(typed["conditions"]),
            units=self.units,
        )
        return form, self._exceptions(typed, is_bound=False)

    def _exceptions(self, typed: typing.Typed, *, is_bound: bool) -> list[ExceptionForm]:
        return exception_forms(typed, items=self.items, units=self.units, is_bound=is_bound)


def _desk(request: HttpRequest, key: str) -> Desk:
    """NotVisible, Refused; Conflict when no sign-off is open."""
    plan = get_plan(actor=request.actor, key=key)
    current = queries.current_sign_off(plan)
    has_two = bool(current and queries.asks_two(current))
    act = "position.prepare" if has_two else "position.take"
    require(act, ACTS, actor=request.actor, plan=plan, own=True)
    if current is None or queries.has_ended(current):
        raise Conflict(_("No sign-off is open on this plan."))
    state, revision = read_board(request, plan, current)
    former = queries.declaration_of(current, code=request.actor.jurisdiction_code)
    return Desk(request, plan, current, state, revision, former, has_two)


@recently_proved_except("more")
@require_http_methods(["GET", "HEAD", "POST"])
def position(request: HttpRequest, key: str) -> HttpResponse:
    """Read and filled in freely; what its buttons with the name `more` do takes no position."""
    desk = _desk(request, key)
    if request.method != "POST":
        return _opened(desk)
    if "more" in request.POST:
        return _aside(desk)
    return _take(desk)


def _opened(desk: Desk) -> HttpResponse:
    """What was typed and not sent, else the former declaration; `?item=` adds an exception."""
    request, former = desk.request, desk.former
    kept = queries.typed_position(desk.sign_off, actor=request.actor)
    if kept is not None and kept.former != (former.pk if former else None):
        kept = None  # the jurisdiction has declared since
    typed = _first(desk)
    if kept is not None:
        typed = {**typing.typed_of({}), **kept.fields}
    typed = typing.without_items(typed, {row.key for row in desk.adopted})
    wanted, value = request.GET.get("item", ""), request.GET.get("value", "")
    if wanted in desk.items:
        if value == PositionValue.AGREE.value == typed["value"]:
            rows = [row for row in typed[typing.EXCEPTIONS] if row["item"] != wanted]
            typed = {**typed, typing.EXCEPTIONS: rows}
        else:
            known = value if value in typing.OF_VALUE else PositionValue.AGREE_RESERVED.value
            typed = typing.with_items(typed, [wanted], value=known)
    return _page(desk, typed, desk.unbound(typed), restored=kept)


def _first(desk: Desk) -> typing.Typed:
    """What the staff prepared, else values and texts of the former declaration; its letter was for
    that one.

    `?restate`: without one, those of the party in the sign-off before.
    """
    filled = queries.prepared(desk.sign_off, code=desk.request.actor.jurisdiction_code)
    if filled is not None:
        return {**typing.typed_of({}), **filled, "is_prepared": True}
    said = json.loads(desk.former.content) if desk.former else {}
    if not said and "restate" in desk.request.GET:
        code = desk.request.actor.jurisdiction_code
        said = queries.restatable(desk.sign_off, code=code)
    return typed_from({name: said[name] for name in ("general", "exceptions") if name in said})


def _aside(desk: Desk) -> HttpResponse:
    """A button that only changes the form, keeps it, or shows what it would say."""
    request, typed = desk.request, typed_of(desk.request.POST)
    asked = request.POST["more"]
    changed, fault = typing.pressed(typed, asked, request.POST)
    if asked == "keep":
        kept = _kept(desk, typed)
        status = 422 if "error" in kept else 200
        return render(request, "plans/text/typed.html", kept, status=status)
    _kept(desk, changed)
    bound = desk.forms(typed)
    if asked == "preview":
        return _preview(desk, typed, bound) if _is_valid(bound) else _page(desk, typed, bound)
    return _page(desk, changed, desk.unbound(changed, kept=bound[0]), fault=fault)


def _kept(desk: Desk, typed: typing.Typed) -> dict[str, object]:
    """What is typed, kept: its row, or why it could not be kept."""
    former = asked_number(desk.request.POST.get("former", ""), default=0) or None
    try:
        row = actions.keep_typed_position(
            actor=desk.request.actor,
            plan=desk.plan,
            fields=typed,
            former=former,
        )
    except Invalid as error:
        return {"error": " ".join(str(text) for text in error.errors.values())}
    return {"row": row}


def _is_valid(bound: tuple[PositionForm, list[ExceptionForm]]) -> bool:
    form, exceptions = bound
    return all([form.is_valid(), *(one.is_valid() for one in exceptions)])


def _take(desk: Desk) -> HttpResponse:
    """The act itself, or its preparation where the charter asks for two persons."""
    request, typed = desk.request, typed_of(desk.request.POST)
    form, exceptions = bound = desk.forms(typed)
    if not _is_valid(bound):
        return _page(desk, typed, bound)
    said = [one.stand() for one in exceptions]
    if _unblocking(form.general(), said) and "knows" not in request.POST:
        return _preview(desk, typed, bound, status=422)
    try:
        done = _declare(desk, form, said)
    except (Invalid, Conflict) as error:
        if isinstance(error, Conflict) and str(error.text) == str(actions.REPLAYED):
            messages.info(request, str(error.text))
            return redirect(_receipt_url(desk))
        put_errors(form, error)
        return _page(desk, typed, bound)
    actions.discard_typed_position(actor=request.actor, sign_off=desk.sign_off)
    messages.success(request, done)
    return redirect(_receipt_url(desk))


def _receipt_url(desk: Desk) -> str:
    return reverse("identification:overview", args=[desk.plan.key]) + "#receipt"


def _declare(desk: Desk, form: PositionForm, said: list[Stand]) -> str:
    act = actions.prepare_position if desk.has_two else actions.declare
    act(
        actor=desk.request.actor,
        plan=desk.plan,
        revision_hash=form.cleaned_data["revision"],
        general=form.general(),
        exceptions=said,
        letter=form.letter(),
        basis=form.basis(),
        former=form.cleaned_data["former"],
    )
    if desk.has_two:
        return _("Prepared. It counts when another signatory of your jurisdiction confirms it.")
    return _("Your position is taken. The receipt stands below.")


def _unblocking(general: Stand, said: list[Stand]) -> list[Stand]:
    """The objections without a wording that would do: shown, and blocking nothing."""
    return [
        stand
        for stand in (general, *said)
        if stand.value == PositionValue.OBJECT.value and not stand.wording.strip()
    ]


def _preview(
    desk: Desk,
    typed: typing.Typed,
    bound: tuple[PositionForm, list[ExceptionForm]],
    *,
    status: int = 200,
) -> HttpResponse:
    """What is about to be declared, with one button."""
    form, exceptions = bound
    general, said = form.general(), [one.stand() for one in exceptions]
    names, file = dict(desk.units), form.cleaned_data["letter_file"]
    hidden = {
        **typing.posted(typed),
        "revision": form.cleaned_data["revision"],
        "former": form.cleaned_data["former"] or "",
        "letter_file-kept": str(file.pk) if file else "",
    }
    context = {
        "plan": desk.plan,
        "sign_off": desk.sign_off,
        "revision": desk.revision,
        "former": desk.former,
        "rows": desk.rows,
        "stale": desk.stale,
        "hidden": hidden,
        "general": said_line(plain_stand(general), "", names),
        "exceptions": [said_line(plain_stand(s), desk.items[s.item], names) for s in said],
        "letter": form.letter(),
        "basis": form.basis(),
        "plain": len(desk.rows) - len(said),
        "unblocking": _unblocking(general, said),
        "is_unsure": status == 422,
        "has_two": desk.has_two,
    }
    return render(desk.request, f"{FOLDER}/position_preview.html", context, status=status)


def _page(
    desk: Desk,
    typed: typing.Typed,
    forms: tuple[PositionForm, list[ExceptionForm]],
    *,
    fault: Text = "",
    restored: PositionAutosave | None = None,
) -> HttpResponse:
    form, exceptions = forms
    find = desk.request.POST.get("find", "")
    taken = {row["item"] for row in typed[typing.EXCEPTIONS]}
    free = [row for row in desk.rows if row.key not in taken]
    has_errors = any(one.is_bound and one.errors for one in exceptions)
    context = {
        "plan": desk.plan,
        "sign_off": desk.sign_off,
        "revision": desk.revision,
        "form": form,
        "exceptions": exceptions,
        "faults": [one for one in exceptions if one.is_bound and one.errors],
        "total": len(exceptions),
        "is_open": bool(exceptions or has_errors or desk.request.POST.get("more")),
        "find": find,
        "found": found_in(free, find, shown.headings_of(desk.revision), most=FOUND),
        "free": len(free),
        "values": choices(EXCEPTIONAL),
        "fault": fault,
        "former": desk.former,
        "rows": desk.rows,
        "adopted": desk.adopted,
        "stale": desk.stale,
        "days_left": days_left(desk.sign_off),
        "typed": restored,
        "discard_url": reverse("identification:position_discard", args=[desk.plan.key]),
        "letter_needed": queries.letter_needed(desk.sign_off),
        "has_two": desk.has_two,
        "is_prepared": typed.get("is_prepared"),
    }
    status = 422 if has_errors else status_of(form)
    return render(desk.request, f"{FOLDER}/position.html", context, status=status)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Forget what was typed and open the form anew."""
    desk = _desk(request, key)
    actions.discard_typed_position(actor=request.actor, sign_off=desk.sign_off)
    return redirect("identification:position", key=key)
