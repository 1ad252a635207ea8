"""Taking over a table of readings: its template, the upload, the preview row by row, the act."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase4_implementation import actions, queries
from consult.phase4_implementation.enums import RowState
from consult.phase4_implementation.forms import ReadingTableForm
from consult.phase4_implementation.reading_sheets import headings, missing_rows
from consult.phase4_implementation.rules import own, require
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.models import StoredFile
from stakeholders.files.tables import TableKind, answer_table
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Invalid

PAGE = 100


@require_safe
def reading_template(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """A table to be filled in: a row for each reading of the last twelve months that is missing."""
    plan = get_plan(actor=request.actor, key=key)
    require("reading.import", **own(request.actor), plan=plan)
    indicators = queries.indicators_of(plan)
    codes = {code for one in indicators for code in one.concerned}
    units = queries.units_for(actor=request.actor, codes=codes)
    rows = missing_rows(
        indicators,
        names={unit.pk: str(unit) for unit in units},
        has_whole=request.actor.role is Role.COORDINATOR,
        held=queries.held_readings(plan),
        today=localtime(clock.now()).date(),
    )
    return answer_table(
        name=f"{plan.key}-readings",
        kind=kind,
        sheet=_("Readings"),
        headings=headings(),
        rows=rows,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_readings(request: HttpRequest, key: str) -> HttpResponse:
    """The upload; what it holds is shown before anything is entered."""
    plan = get_plan(actor=request.actor, key=key)
    require("reading.import", **own(request.actor), plan=plan)
    form = ReadingTableForm(
        request.POST or None, request.FILES or None, actor=request.actor, plan_key=plan.key
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            queries.rows_of_table(actor=request.actor, plan=plan, file=file)
            return redirect("implementation:reading_preview", key=key, file=file.pk)
        except Invalid as error:
            for text in error.errors.values():
                form.add_error("file", str(text))
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "consult/phase4_implementation/import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def reading_preview(request: HttpRequest, key: str, file: UUID) -> HttpResponse:
    """What each row of an uploaded table would do; one act takes over the good ones, or all."""
    plan = get_plan(actor=request.actor, key=key)
    require("reading.import", **own(request.actor), plan=plan)
    stored = queries.get_table(actor=request.actor, pk=file)
    fault = ""
    if request.method == "POST":
        try:
            taken = actions.import_readings(
                actor=request.actor,
                plan=plan,
                file=stored,
                is_partial=request.POST.get("which") == "good",
                seen=asked_number(request.POST.get("seen", ""), default=0),
            )
            count = len(taken.readings)
            text = ngettext(
                "%(count)s reading is entered.", "%(count)s readings are entered.", count
            )
            messages.success(request, text % {"count": count})
            return redirect("implementation:reading_preview", key=key, file=file)
        except Invalid as error:
            fault = " ".join(str(text) for text in error.errors.values())
    context = _preview(request, plan, stored) | {"fault": fault}
    status = 422 if fault else 200
    return render(request, "consult/phase4_implementation/preview.html", context, status=status)


def _preview(request: HttpRequest, plan: Plan, stored: StoredFile) -> dict[str, Any]:
    seen = queries.newest_id(plan)
    rows = queries.rows_of_table(actor=request.actor, plan=plan, file=stored)
    counts = Counter(row.state for row in rows)
    state = request.GET.get("state", "")
    shown = [row for row in rows if state in ("", row.state.value)]
    return {
        "plan": plan,
        "file": stored,
        "seen": seen,
        "headings": headings(),
        "counts": [(one, counts[one]) for one in RowState],
        "total": len(rows),
        "good": counts[RowState.NEW] + counts[RowState.CORRECTION],
        "faults": counts[RowState.FAULT],
        "state": state,
        "page_obj": Paginator(shown, PAGE).get_page(request.GET.get("page")),
    }
