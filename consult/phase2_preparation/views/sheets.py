"""Pages of a round's comment form: out, in, the preview, and entering."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.actions.sheets import ACT, OFFICE_ACT, require_door, require_sheet
from consult.phase2_preparation.comment_sheets.comparing import Outcome
from consult.phase2_preparation.comment_sheets.words import EN, ZH
from consult.phase2_preparation.forms.sheets import (
    EnterOpinionForm,
    EnterSheetForm,
    OpinionSheetForm,
    SheetForm,
)
from consult.phase2_preparation.models import Round, SheetImport
from consult.phase2_preparation.queries.sheets import get_sheet, sheets_of
from consult.phase2_preparation.sheet_answers import answer_form
from consult.phase2_preparation.sheet_lines import SheetLine, sheet_view
from plans.register.models import Plan
from plans.register.queries import get_plan, titles_of
from stakeholders.files.serving import answer_file
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid

ANY = ["GET", "HEAD", "POST"]
PAGE = 100
SHOWN = ("all", "chosen", *(one.value for one in Outcome))


@require_http_methods(ANY)
def sheets(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The forms of a round to download, and the door for one filled in."""
    plan, one = _round(request, key, number)
    form = None
    if request.method == "POST":
        rules.require(ACT, actor=request.actor, plan=plan, code=request.actor.jurisdiction_code)
        posted = (request.POST, request.FILES)
        form = SheetForm(*posted, actor=request.actor, plan_key=plan.key)
        if (answer := _started(request, plan, one, form)) is not None:
            return answer
    return _sheets_page(request, plan, one, form=form)


@require_POST
def opinion_sheet(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A form that came by mail, read by the joint office."""
    plan, one = _round(request, key, number)
    rules.require(OFFICE_ACT, actor=request.actor, plan=plan)
    posted = (request.POST, request.FILES)
    form = OpinionSheetForm(*posted, actor=request.actor, plan_key=plan.key)
    answer = _started(request, plan, one, form)
    return answer or _sheets_page(request, plan, one, opinion_form=form)


def _started(request: HttpRequest, plan: Plan, one: Round, form: SheetForm) -> HttpResponse | None:
    """To the preview of the form just sent; None where it cannot be taken, which the form says."""
    if not form.is_valid():
        return None
    try:
        made = actions.start_sheet(
            actor=request.actor,
            plan=plan,
            one=one,
            file=form.cleaned_data["file"],
            source=form.cleaned_data.get("source", ""),
        )
    except Invalid as error:
        form.show(error)
    except Conflict as error:
        form.add_error(None, str(error.text))
    else:
        return redirect("preparation:sheet", plan.key, one.number, made.pk)
    return None


def _sheets_page(
    request: HttpRequest,
    plan: Plan,
    one: Round,
    *,
    form: SheetForm | None = None,
    opinion_form: OpinionSheetForm | None = None,
) -> HttpResponse:
    actor = request.actor
    given = rules.facts(actor=actor, plan=plan, code=queries.own_code(actor))
    can_hand_in = bool(rules.can(ACT, given=given)) and _is_asked(request, one)
    can_enter = bool(rules.can(OFFICE_ACT, given=given))
    unbound: dict[str, Any] = {"actor": actor, "plan_key": plan.key}
    context = {
        "plan": plan,
        "one": one,
        "form": form or (SheetForm(**unbound) if can_hand_in else None),
        "opinion_form": opinion_form or (OpinionSheetForm(**unbound) if can_enter else None),
        "has_inside": queries.own_code(actor) is not None,
        "form_language": _language(),
        "open_sheets": sheets_of(actor=actor, one=one)[:20] if can_hand_in or can_enter else [],
    }
    is_wrong = (form and form.errors) or (opinion_form and opinion_form.errors)
    template = "consult/phase2_preparation/sheets.html"
    return render(request, template, context, status=422 if is_wrong else 200)


def _is_asked(request: HttpRequest, one: Round) -> bool:
    code = queries.own_code(request.actor)
    invitee = one.invitees.filter(jurisdiction=code).first() if code else None
    if invitee is None or one.replies.filter(jurisdiction=code).exists():
        return False
    return queries.takes_replies(one, invitee, at=clock.now())


def _language() -> str:
    return EN if (get_language() or "").startswith("en") else ZH


@require_safe
def sheet_file(request: HttpRequest, key: str, number: int, what: str, kind: str) -> HttpResponse:
    """A form as a download; `?language=` and, for csv, `?encoding=gb18030`."""
    plan, one = _round(request, key, number)
    return answer_form(
        actor=request.actor,
        plan=plan,
        one=one,
        what=what,
        kind=kind,
        language=request.GET.get("language") or _language(),
        encoding=request.GET.get("encoding", ""),
    )


@require_safe
def sheet(request: HttpRequest, key: str, number: int, pk: UUID) -> HttpResponse:
    plan, one, found = _sheet(request, key, number, pk)
    return _preview_page(request, plan, one, found)


@require_safe
def sheet_source(request: HttpRequest, key: str, number: int, pk: UUID) -> HttpResponseBase:
    _plan, _one, found = _sheet(request, key, number, pk)
    return answer_file(found.file, request=request)


@require_POST
def drop_sheet(request: HttpRequest, key: str, number: int, pk: UUID) -> HttpResponse:
    plan, one, _found = _sheet(request, key, number, pk)
    actions.drop_sheet(actor=request.actor, plan=plan, one=one, pk=pk)
    messages.success(request, _("The form was dropped; nothing was entered."))
    return redirect("preparation:sheets", plan.key, one.number)


@require_POST
def enter_sheet(request: HttpRequest, key: str, number: int, pk: UUID) -> HttpResponse:
    """Keep the choice of the page; with the other button, enter what is chosen."""
    plan, one, found = _sheet(request, key, number, pk)
    opinion = EnterOpinionForm(request.POST, request.FILES, actor=request.actor, plan_key=plan.key)
    form: Any = opinion if found.source else EnterSheetForm(request.POST)
    given: dict[str, Any] = {"actor": request.actor, "plan": plan, "one": one, "pk": pk}
    try:
        if (choices := _choices(request)) and found.entered_at is None:
            actions.choose_rows(**given, choices=choices)
        if "keep" in request.POST:
            return _after_choice(request, plan, one, found)
        if form.is_valid() and found.source:
            actions.enter_sheet_opinion(**given, **form.values())
        elif form.is_valid():
            actions.enter_sheet(**given, **form.cleaned_data)
        if form.is_valid():
            return redirect("preparation:sheet", plan.key, one.number, pk)
    except Invalid as error:
        form.show(error)
    except Conflict as error:
        form.add_error(None, str(error.text))
        found.refresh_from_db()
        return _preview_page(request, plan, one, found, form=form, status=409)
    found.refresh_from_db()
    return _preview_page(request, plan, one, found, form=form, status=422)


def _choices(request: HttpRequest) -> dict[str, bool]:
    """What the page said of the rows it showed: a box not sent is not ticked."""
    chosen = set(request.POST.getlist("chosen"))
    return {name: name in chosen for name in request.POST.getlist("offered")}


def _after_choice(request: HttpRequest, plan: Plan, one: Round, found: SheetImport) -> HttpResponse:
    messages.success(request, _("The choice is kept."))
    answer = redirect("preparation:sheet", plan.key, one.number, found.pk)
    if request.GET:
        answer["Location"] += f"?{request.GET.urlencode()}"
    return answer


def _round(request: HttpRequest, key: str, number: int) -> tuple[Plan, Round]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_round(plan, number=number)


def _sheet(
    request: HttpRequest, key: str, number: int, pk: UUID
) -> tuple[Plan, Round, SheetImport]:
    plan, one = _round(request, key, number)
    require_door(actor=request.actor, plan=plan)
    found = get_sheet(actor=request.actor, one=one, pk=pk)
    require_sheet(actor=request.actor, plan=plan, sheet=found)
    return plan, one, found


def _preview_page(
    request: HttpRequest,
    plan: Plan,
    one: Round,
    found: SheetImport,
    *,
    form: Any = None,
    status: int = 200,
) -> HttpResponse:
    view = sheet_view(one=one, sheet=found)
    shown = request.GET.get("show", "all")
    shown = shown if shown in SHOWN else "all"
    lines = [line for line in view.lines if _is_shown(line, shown)]
    initial = {"seen": view.seen, "whole": True, "share": True}
    if form is None:
        opinion = EnterOpinionForm(initial=initial, actor=request.actor, plan_key=plan.key)
        form = opinion if found.source else EnterSheetForm(initial=initial)
    elif form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = view.seen  # what is looked at from now on
    context = {
        "plan": plan,
        "one": one,
        "sheet": found,
        "view": view,
        "form": form,
        "titles": titles_of(one.revision),
        "page_obj": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "shown": shown,
        "filters": _filters(view.counts, len(view.chosen)),
    }
    return render(request, "consult/phase2_preparation/sheet.html", context, status=status)


def _filters(counts: Any, chosen: int) -> list[tuple[str, str, int]]:
    """Name, words and number of each choice of rows; those without a row are left out."""
    words = {
        Outcome.NEW: _("New rows"),
        Outcome.CHANGED: _("Changed rows"),
        Outcome.CONFLICT: _("Conflicts"),
        Outcome.GONE: _("Deleted here since"),
        Outcome.FAULTY: _("Faults"),
        Outcome.SAME: _("Unchanged rows"),
        Outcome.EMPTY: _("Rows not filled in"),
    }
    found = [(one.value, text, counts[one.value]) for one, text in words.items()]
    head = [("all", _("All rows"), counts["rows"]), ("chosen", _("Chosen rows"), chosen)]
    return head + [line for line in found if line[2]]


def _is_shown(line: SheetLine, shown: str) -> bool:
    if shown == "all":
        return line.outcome is not Outcome.EMPTY
    return line.is_chosen if shown == "chosen" else line.outcome.value == shown
