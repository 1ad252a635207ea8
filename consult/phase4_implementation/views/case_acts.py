"""The forms of the acts on a case: inline on its page, and each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consult.matters.enums import Level
from consult.phase4_implementation import actions, queries, rules
from consult.phase4_implementation import forms as shapes
from consult.phase4_implementation.queries import CaseRow
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.forms import StoresFiles
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid


@dataclass(frozen=True, kw_only=True)
class Act:
    """An act on a case: its form, its action, and what it leads to."""

    act: str
    name: str
    title: Text
    hint: Text
    shape: type[Form]
    run: Callable[..., object]
    is_danger: bool = False


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An act that the page offers its reader, with its empty form, where it is sent, and whether
    it is now the reader's move."""

    act: Act
    form: Form
    url: str
    is_turn: bool


ANSWER = Act(
    act="case.answer",
    name="answer",
    title=gettext_lazy("Answer the case"),
    hint=gettext_lazy("The neighbours and the joint office are told; a later answer counts."),
    shape=shapes.CaseAnswerForm,
    run=actions.answer_case,
)
VIEW = Act(
    act="case.view",
    name="view",
    title=gettext_lazy("Say how you see the measure"),
    hint=gettext_lazy("Nobody has to; who asks for more gets an answer."),
    shape=shapes.CaseViewForm,
    run=actions.view_case,
)
RAISE = Act(
    act="case.raise",
    name="raise",
    title=gettext_lazy("Raise the case to the next level"),
    hint=gettext_lazy("The clock of the next level starts, and those who sit there are told."),
    shape=shapes.CaseRaiseForm,
    run=actions.raise_case,
)
CLOSE = Act(
    act="case.close",
    name="close",
    title=gettext_lazy("Close the case"),
    hint=gettext_lazy("A measure whose day is still to come goes on as a task of its unit."),
    shape=shapes.CaseCloseForm,
    run=actions.close_case,
)
ALL = (ANSWER, VIEW, CLOSE, RAISE)


def _parties(act: Act, row: CaseRow) -> frozenset[str]:
    units = row.answering if act is ANSWER else row.neighbours if act is VIEW else []
    return frozenset(unit.pk for unit in units)


def _is_due(act: Act, row: CaseRow) -> bool:
    """Whether the case stands where the act has a sense."""
    if not row.standing.is_open:
        return False
    if act is VIEW:
        return bool(row.newest_answers)
    return act is not RAISE or row.standing.level != Level.SUPERIOR


def _is_turn(act: Act, row: CaseRow, code: str | None) -> bool:
    """Whether the form stands open on the page: its act is what the case waits for."""
    if act is ANSWER:
        return code in row.standing.turn
    if act is VIEW:
        return code in row.standing.unheard
    return act is CLOSE and row.standing.is_for_office


def inline_forms(request: HttpRequest, plan: Plan, row: CaseRow) -> list[Offer]:
    """The acts open to the reader now, each with its form."""
    actor = request.actor
    found = []
    for act in ALL:
        allowed = rules.can(
            act.act,
            actor=actor,
            plan=plan,
            code=actor.jurisdiction_code,
            parties=_parties(act, row),
        )
        if allowed and _is_due(act, row):
            url = reverse(f"implementation:case_{act.name}", args=[plan.key, row.case.number])
            form = _form(request, act, plan, row, auto_id=f"id_{act.name}_%s")
            is_turn = _is_turn(act, row, actor.jurisdiction_code)
            found.append(Offer(act=act, form=form, url=url, is_turn=is_turn))
    return found


def _form(request: HttpRequest, act: Act, plan: Plan, row: CaseRow, **options: Any) -> Any:
    if issubclass(act.shape, StoresFiles):
        options |= {"actor": request.actor, "plan_key": plan.key}
    if act is ANSWER:
        options["units"] = _units(request.actor, row)
    return act.shape(**options)


def _units(actor: Actor, row: CaseRow) -> list[Any]:
    """Whom the actor may answer for: its own unit, or all of the case for the joint office."""
    is_office = actor.role in OF_ALL_PARTIES
    return [one for one in row.answering if is_office or one.pk == actor.jurisdiction_code]


def act_page(act: Act) -> Callable[..., HttpResponse]:
    """The view of one act: its page, or the act and back to the case; what was typed is kept."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, key: str, number: int) -> HttpResponse:
        plan = get_plan(actor=request.actor, key=key)
        row = queries.get_case(actor=request.actor, plan=plan, number=number)
        rules.require(
            act.act,
            actor=request.actor,
            plan=plan,
            code=request.actor.jurisdiction_code,
            parties=_parties(act, row),
        )
        status, given = 200, {}
        if request.method == "POST":
            given = {"data": request.POST, "files": request.FILES}
        form = _form(request, act, plan, row, **given)
        if given:
            status = _done(request, act, plan, row, form) if form.is_valid() else 422
            if status == 200:
                messages.success(request, _("Done and put on record."))
                return redirect("implementation:case", plan.key, row.case.number)
        context = {"plan": plan, "row": row, "act": act, "form": form}
        template = "consult/phase4_implementation/case_form.html"
        return render(request, template, context, status=status)

    return view


def _done(request: HttpRequest, act: Act, plan: Plan, row: CaseRow, form: Any) -> int:
    values = form.values() if hasattr(form, "values") else form.cleaned_data
    try:
        act.run(actor=request.actor, plan=plan, case=row, **values)
    except Invalid as error:
        form.show(error)
        return 422
    except Conflict as error:
        form.add_error(None, str(error.text))
        return 409
    return 200


answer_case = act_page(ANSWER)
view_case = act_page(VIEW)
raise_case = act_page(RAISE)
close_case = act_page(CLOSE)
