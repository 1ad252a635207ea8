"""Pages of the common standards: the table, one standard, the values at once, the workbook."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import can, require
from plans.text import actions, queries
from plans.text.actions.standards import Saving
from plans.text.enums import Distance, SourceKind
from plans.text.forms.standards import (
    NewStandardForm,
    StandardForm,
    WorkbookForm,
    initial_of_norm,
    posted_cells,
    references_of,
    with_cells,
)
from plans.text.models import Standard
from plans.text.norms import NATIONAL, Norm, norm_of
from plans.text.queries import StandardRow
from plans.text.rules import ACTS, require_draft_sight, sees_draft
from plans.text.standard_previews import preview
from plans.text.standard_sheets import read_stored, write_standards
from stakeholders.files.tables import XLSX
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid, Text

PAGE, VALUES_PAGE = 50, 25
FOLDER = "plans/text"
TONES = {
    Distance.EQUAL: "success",
    Distance.STRICTER: "info",
    Distance.LOOSER: "warning",
    Distance.OTHER: "warning",
    Distance.UNSET: "neutral",
    Distance.OPEN: "neutral",
}
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def standards(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    if not sees_draft(actor=request.actor, plan=plan):
        return redirect("register:revisions", key=key)
    rows = queries.standard_rows(plan)
    parties = queries.makers(plan, rows=rows)
    shown = request.GET.get("show", "")
    lines = [_line(row, parties) for row in rows]
    if shown == "change":
        lines = [line for line in lines if line["owing"]]
    elif shown == "open":
        lines = [line for line in lines if not line["row"].norm.agreed]
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "page_obj": page,
        "total": len(rows),
        "parties": parties,
        "shown": shown,
        "may_edit": can("standard.edit", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, f"{FOLDER}/standards.html", context)


@require_http_methods(FORM_METHODS)
def standard_add(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("standard.add", ACTS, actor=request.actor, plan=plan)
    form = NewStandardForm(
        request.POST or None, units=queries.units(plan), parties=queries.makers(plan)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_standard(
                actor=request.actor, plan=plan, norm=form.norm(), key=form.cleaned_data["key"]
            )
            return redirect("text:standard", key=key, item=made.item.key)
        except Invalid as error:
            _show(form, error)
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/standard.html", context, status=status)


@require_http_methods(FORM_METHODS)
def standard(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    found = queries.get_standard(plan, key=item)
    form = _form(request, plan, found)
    context: dict[str, object] = {}
    if request.method == "POST":
        require("standard.edit", ACTS, actor=request.actor, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            edits = form.cleaned_data["edits"] or 0
            actions.edit_standard(
                actor=request.actor, plan=plan, key=item, edits=edits, norm=form.norm()
            )
            messages.success(request, _("The standard is saved."))
            return redirect("text:standard", key=key, item=item)
        except Invalid as error:
            _show(form, error)
        except Conflict as conflict:
            context = _conflict(request, form, conflict)
    return _standard_page(request, plan, found, form, context)


@require_POST
def standard_remove(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    edits = asked_number(request.POST.get("edits", ""), default=0)
    actions.remove_standard(actor=request.actor, plan=plan, key=item, edits=edits)
    messages.success(request, _("The standard is taken out of the next revision."))
    return redirect("text:standards", key=key)


@require_http_methods(FORM_METHODS)
def standard_values(request: HttpRequest, key: str) -> HttpResponse:
    """All values in one table. Only cells that were sent are looked at; all are saved or none."""
    plan = get_plan(actor=request.actor, key=key)
    require("standard.edit", ACTS, actor=request.actor, plan=plan)
    rows = queries.standard_rows(plan)
    errors: dict[str, Text] = {}
    if request.method == "POST":
        try:
            changed = _save_cells(request, plan, rows)
            messages.success(request, _said(changed))
            return redirect(request.get_full_path())
        except Invalid as error:
            errors = error.errors
    parties = queries.makers(plan, rows=rows)
    page = Paginator(rows, VALUES_PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "page_obj": page,
        "parties": parties,
        "lines": _cells(page, parties, request, errors),
        "errors": errors,
    }
    status = 422 if errors else 200
    return render(request, f"{FOLDER}/standard_values.html", context, status=status)


@require_safe
def standard_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The standards of the working draft as a workbook, to be filled in and imported again."""
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    target = BytesIO()
    write_standards(target, plan=plan)
    target.seek(0)
    name = f"{plan.key}-standards.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


@require_http_methods(FORM_METHODS)
def standard_import(request: HttpRequest, key: str) -> HttpResponse:
    """First what the workbook would do, then, confirmed, all of it or nothing."""
    plan = get_plan(actor=request.actor, key=key)
    require("standard.import", ACTS, actor=request.actor, plan=plan)
    form = WorkbookForm(request.POST or None, request.FILES or None, actor=request.actor)
    context: dict[str, object] = {"plan": plan, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            sheet = read_stored(form.cleaned_data["file"].sha256)
            if "confirm" in request.POST:
                done = actions.import_standards(actor=request.actor, plan=plan, sheet=sheet)
                messages.success(request, _said(len(done.changed)))
                return redirect("text:standards", key=key)
            context["preview"] = preview(plan=plan, sheet=sheet)
            context["stored"] = form.cleaned_data["file"]
        except Invalid as error:
            _show(form, error)
        except Conflict as conflict:
            form.add_error(None, str(conflict.text))
            context |= {"preview": conflict.theirs, "stored": form.cleaned_data["file"]}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/standard_import.html", context, status=status)


def _line(row: StandardRow, parties: dict[str, Any]) -> dict[str, Any]:
    """A row of the table: each party's cell with its deviation, and who has to change."""
    cells = [(code, name, *row.compared(code)) for code, name in parties.items()]
    return {
        "row": row,
        "cells": [
            (name, source, found, TONES[found.distance]) for _c, name, source, found in cells
        ],
        "national": row.compared(NATIONAL),
        "references": [row.compared(s.key) for s in row.norm.of_kind(SourceKind.REFERENCE)],
        "owing": [name for _c, name, _s, found in cells if found.must_change],
    }


def _form(request: HttpRequest, plan: Plan, found: Standard) -> StandardForm:
    draft = found.item.draft
    norm = norm_of(draft)
    return StandardForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of_norm(norm, edits=draft.edits),
        units=queries.units(plan, extra=draft.concerned),
        parties=queries.makers(plan, norms=[norm]),
        references=references_of(norm),
    )


def _standard_page(
    request: HttpRequest,
    plan: Plan,
    found: Standard,
    form: StandardForm,
    context: dict[str, object],
) -> HttpResponse:
    norm = norm_of(found.item.draft)
    number = next((r.number for r in queries.standard_rows(plan) if r.key == found.item.key), "")
    row = StandardRow(number=number, standard=found, norm=norm)
    status = 409 if "theirs" in context else 422 if form.errors else 200
    context |= {
        "plan": plan,
        "row": row,
        "norm": norm,
        "names": queries.units(plan, extra=norm.concerned),
        "found": found,
        "edits": found.item.draft.edits,
        "sources": [
            (one, found_, TONES[found_.distance])
            for one, found_ in (row.compared(s.key) for s in norm.sources)
        ],
        "form": form,
        "may_edit": can("standard.edit", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, f"{FOLDER}/standard.html", context, status=status)


def _conflict(request: HttpRequest, form: StandardForm, conflict: Conflict) -> dict[str, object]:
    """Theirs beside mine; sending mine again saves it over theirs, knowingly."""
    theirs: Any = conflict.theirs  # the draft as it stands now
    form.data = request.POST.copy()
    form.data["edits"] = str(theirs.edits)
    return {"theirs": norm_of(theirs), "conflict": conflict.text}


def _save_cells(request: HttpRequest, plan: Plan, rows: list[StandardRow]) -> int:
    """Put the sent cells over the drafts that were read; says how many standards changed."""
    sent = posted_cells(request.POST)
    savings = {}
    for row in rows:
        cells = sent.get(row.key)
        changed: Norm | None = with_cells(row.norm, cells) if cells else None
        if changed is not None and changed != row.norm:
            edits = asked_number(request.POST.get(f"{row.key}:edits", ""), default=0)
            savings[row.key] = Saving(edits=edits, norm=changed)
    return len(actions.edit_standards(actor=request.actor, plan=plan, savings=savings))


def _cells(
    page: Page[StandardRow],
    parties: Mapping[str, object],
    request: HttpRequest,
    errors: Mapping[str, Text],
) -> list[dict[str, Any]]:
    """The inputs of each row: name, label, text as sent or as it stands, its error."""
    columns = {f"value_{code}": name for code, name in parties.items()}
    columns |= {f"value_{NATIONAL}": _("National standard"), "agreed": _("Agreed value")}
    lines = []
    for row in page:
        cells = [
            {
                "name": f"{row.key}:{name}",
                "label": label,
                "stands": stands,
                "text": request.POST.get(f"{row.key}:{name}", stands),
                "error": errors.get(f"{row.key}:{name}"),
            }
            for name, label in columns.items()
            for stands in [_standing(row, name)]
        ]
        shown = {cell["name"] for cell in cells}
        other = [t for n, t in errors.items() if n.startswith(f"{row.key}:") and n not in shown]
        edits = request.POST.get(f"{row.key}:edits", row.draft.edits)
        lines.append({"row": row, "cells": cells, "edits": edits, "other": other})
    return lines


def _standing(row: StandardRow, name: str) -> str:
    if name == "agreed":
        return row.norm.agreed
    return row.norm.source(name.removeprefix("value_")).value


def _said(number: int) -> str:
    if not number:
        return _("Nothing was changed.")
    text = ngettext("%(number)s standard is saved.", "%(number)s standards are saved.", number)
    return text % {"number": number}


def _show(form: StandardForm | WorkbookForm, error: Invalid) -> None:
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))
