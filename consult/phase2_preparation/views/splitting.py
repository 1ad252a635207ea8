"""A long letter becomes numbered comments: its text is taken apart, people correct, one act writes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.forms.splitting import (
    PieceFormSet,
    ShareForm,
    SplitForm,
    SplitOpinionForm,
    initial_of_pieces,
)
from consult.phase2_preparation.letters import text_of
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.splitting import MOST_PIECES, pieces_of
from plans.register.models import Plan
from plans.register.queries import entries_of, get_plan, titles_of
from stakeholders.terms.errors import Conflict, Invalid

ANY = ["GET", "HEAD", "POST"]
Items = list[tuple[str, str]]


@require_http_methods(ANY)
def split_letter(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Comments of the own jurisdiction out of one letter or paper."""
    plan, one = _load(request, key, number)
    code = request.actor.jurisdiction_code
    rules.require("comment.draft", actor=request.actor, plan=plan, code=code)
    scope = queries.scope_of(one)
    if "form-TOTAL_FORMS" not in request.POST:
        return _start(request, plan, one, scope=scope)
    items, _numbers = _items(one, scope=scope)
    more = ShareForm(request.POST)
    formset = PieceFormSet(request.POST, form_kwargs={"items": items})
    if formset.is_valid() and more.is_valid():
        try:
            made = actions.draft_comments(
                actor=request.actor,
                plan=plan,
                one=one,
                opinions=formset.taken(),
                share=more.cleaned_data["share"],
            )
        except (Invalid, Conflict) as error:
            return _pieces(request, plan, one, formset, more, error=error)
        said = ngettext("%(n)s comment was written.", "%(n)s comments were written.", len(made))
        messages.success(request, said % {"n": len(made)})
        return redirect("preparation:ours", key, number)
    return _pieces(request, plan, one, formset, more, status=422)


@require_http_methods(ANY)
def split_opinion(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A letter that came on paper, entered by the joint office in pieces."""
    plan, one = _load(request, key, number)
    rules.require("round.enter_opinion", actor=request.actor, plan=plan)
    if "form-TOTAL_FORMS" not in request.POST:
        return _start(request, plan, one, is_entered=True)
    items, _numbers = _items(one)
    more = SplitOpinionForm(request.POST, request.FILES, actor=request.actor, plan_key=plan.key)
    formset = PieceFormSet(request.POST, form_kwargs={"items": items})
    if formset.is_valid() and more.is_valid():
        try:
            actions.enter_opinion(
                actor=request.actor,
                plan=plan,
                one=one,
                source=more.cleaned_data["source"],
                opinions=[opinion for _key, opinion in formset.taken()],
                letter=more.letter(),
                received_on=more.cleaned_data["received_on"],
            )
        except (Invalid, Conflict) as error:
            return _pieces(request, plan, one, formset, more, error=error)
        messages.success(request, _("The opinion was entered."))
        return redirect("preparation:round", key, number)
    return _pieces(request, plan, one, formset, more, status=422)


def _load(request: HttpRequest, key: str, number: int) -> tuple[Plan, Round]:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    one.plan = plan
    return plan, one


def _items(one: Round, *, scope: set[int] | None = None) -> tuple[Items, dict[str, str]]:
    """The items asked about as choices, and number -> key."""
    entries = [e for e in entries_of(one.revision) if scope is None or e.item_id in scope]
    titles = titles_of(one.revision)
    choices = [(e.item.key, titles[e.item.key]) for e in entries]
    return choices, {e.number: e.item.key for e in entries if e.item.kind == "provision"}


def _start(
    request: HttpRequest,
    plan: Plan,
    one: Round,
    *,
    scope: set[int] | None = None,
    is_entered: bool = False,
) -> HttpResponse:
    """The letter is given; what it was taken apart into is shown, nothing is written."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SplitForm(*posted, actor=request.actor, plan_key=plan.key)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            if form.cleaned_data["file"]:
                text = text_of(form.cleaned_data["file"])
            pieces = pieces_of(text)
            if len(pieces) > MOST_PIECES:
                raise Invalid({"text": _("The letter has too many pieces: at most 200.")})
        except Invalid as error:
            form.show(error)
        else:
            items, numbers = _items(one, scope=scope)
            rows = initial_of_pieces(pieces, by_number=numbers)
            formset = PieceFormSet(initial=rows, form_kwargs={"items": items})
            given = {"actor": request.actor, "plan_key": plan.key}
            more: Any = SplitOpinionForm(**given) if is_entered else ShareForm()
            return _pieces(request, plan, one, formset, more)
    context = {"plan": plan, "one": one, "form": form, "is_entered": is_entered}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/split.html", context, status=status)


def _pieces(
    request: HttpRequest,
    plan: Plan,
    one: Round,
    formset: Any,
    more: Any,
    *,
    error: Invalid | Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The pieces to be corrected; with a fault everything that was typed is shown again."""
    faults: list[str] = []
    if isinstance(error, Conflict):
        faults, status = [str(error.text)], 409
    elif error is not None:
        faults, status = [str(text) for text in error.errors.values()], 422
    elif formset.is_bound:
        faults = [str(text) for text in formset.non_form_errors()]
    context = {"plan": plan, "one": one, "formset": formset, "more": more, "faults": faults}
    return render(request, "consult/phase2_preparation/split_pieces.html", context, status=status)
