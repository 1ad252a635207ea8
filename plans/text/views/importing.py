"""Pages of an import: the file, the preview, a row, and entering."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from plans.text import actions, queries
from plans.text.actions.importing import ACT
from plans.text.documents.structure import RowKind
from plans.text.forms.importing import (
    ACCEPTED,
    REASONS,
    REJECTED,
    ImportForm,
    RowForm,
    initial_of_row,
)
from plans.text.models import TextImport
from plans.text.previews import Line, Outcome, Preview, preview
from plans.text.rules import ACTS
from stakeholders.files.serving import answer_file
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid

PAGE = 100
SHOWN = ("all", "flagged", "faulty", "new", "edited", "omitted")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require(ACT, ACTS, actor=request.actor, plan=plan)
    form = ImportForm(
        request.POST or None, request.FILES or None, actor=request.actor, plan_key=plan.key
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_import(
                actor=request.actor,
                plan=plan,
                file=form.cleaned_data["file"],
                takes_changes=form.cleaned_data["changes"] != REJECTED,
            )
            return redirect("text:import", key=key, pk=made.pk)
        except Invalid as error:
            _show(form, error)
    open_ones = queries.imports_of(actor=request.actor, plan=plan)[:20]
    context = {"plan": plan, "form": form, "imports": open_ones}
    status = 422 if form.errors else 200
    return render(request, "plans/text/import_start.html", context, status=status)


@require_safe
def show(request: HttpRequest, key: str, pk: UUID) -> HttpResponse:
    plan, found = _load(request, key, pk)
    return _preview_page(request, plan, found)


@require_safe
def source(request: HttpRequest, key: str, pk: UUID) -> HttpResponseBase:
    _plan, found = _load(request, key, pk)
    return answer_file(found.file, request=request)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, key: str, pk: UUID, row: int) -> HttpResponse:
    plan, found = _load(request, key, pk)
    view = preview(actor=request.actor, plan=plan, text_import=found)
    line = _line(view, row)
    form = _row_form(request, plan, found, view, line)
    if request.method == "POST" and form.is_valid():
        try:
            said = {**found.corrections.get(str(line.index), {}), **form.correction()}
            said = {} if "reset" in request.POST else said
            actions.correct_row(
                actor=request.actor, plan=plan, pk=pk, row=line.index, correction=said
            )
            return _after_row(request, plan, found, line, view)
        except Invalid as error:
            _show(form, error)
    context = {"plan": plan, "import": found, "line": line, "form": form, "view": view}
    status = 422 if form.errors else 200
    return render(request, "plans/text/import_row.html", context, status=status)


@require_POST
def changes(request: HttpRequest, key: str, pk: UUID) -> HttpResponse:
    plan, _found = _load(request, key, pk)
    takes = request.POST.get("changes") != REJECTED
    actions.take_changes(actor=request.actor, plan=plan, pk=pk, takes_changes=takes)
    return redirect("text:import", key=key, pk=pk)


@require_POST
def again(request: HttpRequest, key: str, pk: UUID) -> HttpResponse:
    plan, _found = _load(request, key, pk)
    actions.compare_again(actor=request.actor, plan=plan, pk=pk)
    return redirect("text:import", key=key, pk=pk)


@require_POST
def drop(request: HttpRequest, key: str, pk: UUID) -> HttpResponse:
    plan, _found = _load(request, key, pk)
    actions.drop_import(actor=request.actor, plan=plan, pk=pk)
    messages.success(request, _("The preview is dropped; the draft is as it was."))
    return redirect("text:import_start", key=key)


@require_POST
def enter(request: HttpRequest, key: str, pk: UUID) -> HttpResponse:
    plan, found = _load(request, key, pk)
    edits = asked_number(request.POST.get("edits", ""), default=-1)
    try:
        entered = actions.import_text(actor=request.actor, plan=plan, pk=pk, edits=edits)
    except (Invalid, Conflict) as error:
        status = 422 if isinstance(error, Invalid) else 409
        text = error.text if isinstance(error, Conflict) else next(iter(error.errors.values()))
        return _preview_page(request, plan, found, problem=str(text), status=status)
    text = _("Entered into the working draft: %(new)s new, %(edited)s changed.")
    messages.success(request, text % entered.result)
    url = reverse("text:home", kwargs={"key": key})
    chapter = entered.result["chapter"]
    return redirect(f"{url}?chapter={chapter}" if chapter else url)


def _load(request: HttpRequest, key: str, pk: UUID) -> tuple[Plan, TextImport]:
    plan = get_plan(actor=request.actor, key=key)
    require(ACT, ACTS, actor=request.actor, plan=plan)
    return plan, queries.get_import(actor=request.actor, plan=plan, pk=pk)


def _preview_page(
    request: HttpRequest, plan: Plan, found: TextImport, *, problem: str = "", status: int = 200
) -> HttpResponse:
    view = preview(actor=request.actor, plan=plan, text_import=found)
    shown = request.GET.get("show", "all")
    lines = [line for line in view.lines if _is_shown(line, shown)]
    context = {
        "plan": plan,
        "import": found,
        "view": view,
        "page_obj": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "shown": shown if shown in SHOWN else "all",
        "problem": problem,
        "reasons": REASONS,
        "accepted": ACCEPTED,
        "rejected": REJECTED,
    }
    return render(request, "plans/text/import.html", context, status=status)


def _is_shown(line: Line, shown: str) -> bool:
    match shown:
        case "flagged":
            return bool(line.findings)
        case "faulty":
            return bool(line.faults)
        case "new" | "edited":
            return line.outcome is Outcome(shown)
        case "omitted":
            return line.row.kind is RowKind.OMITTED
    return True


def _line(view: Preview, row: int) -> Line:
    if not 1 <= row <= len(view.lines):
        raise Invalid({"row": _("There is no such row.")})
    return view.lines[row - 1]


def _row_form(
    request: HttpRequest, plan: Plan, found: TextImport, view: Preview, line: Line
) -> RowForm:
    said: Mapping[str, Any] = found.corrections.get(str(line.index), {})
    is_chapter = line.row.kind is RowKind.CHAPTER
    held = view.draft.chapters if is_chapter else view.draft.held
    targets = [(one.key, f"{one.number or '–'} {one.title_zh or one.key}") for one in held]
    codes = line.wording.concerned if line.wording else ()
    return RowForm(
        request.POST or None,
        units=queries.units(plan, extra=codes),
        targets=targets,
        initial=initial_of_row(line, replaces=said.get("replaces", "")),
    )


def _after_row(
    request: HttpRequest, plan: Plan, found: TextImport, line: Line, view: Preview
) -> HttpResponse:
    """To the next row, where it was asked for, else back to the row in the preview."""
    if "next" in request.POST and line.index + 1 < len(view.lines):
        return redirect("text:import_row", key=plan.key, pk=found.pk, row=line.index + 2)
    answer = redirect("text:import", key=plan.key, pk=found.pk)
    answer["Location"] += f"?page={line.index // PAGE + 1}#row-{line.index + 1}"
    return answer


def _show(form: Any, error: Invalid) -> None:
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))
