"""Pages of the cases of a plan: the list, its download, one case with its acts, their files."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from consult.phase4_implementation import queries
from consult.phase4_implementation.forms import CasesForm
from consult.phase4_implementation.queries import CaseRow
from consult.phase4_implementation.views.case_acts import inline_forms
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.templatetags.in_language import in_language
from stakeholders.templatetags.moment import moment
from stakeholders.terms.actor import Actor
from stakeholders.terms.columns import Offer, asked_order, columns

PAGE = 25
ORDERS = {
    "number": Offer(label=pgettext_lazy("warning case", "Case")),
    "indicator": Offer(label=gettext_lazy("Indicator")),
    "unit": Offer(label=gettext_lazy("Reporting unit")),
    "state": Offer(label=gettext_lazy("State")),
    "level": Offer(label=pgettext_lazy("matter", "Level")),
    "turn": Offer(label=gettext_lazy("Whose move"), is_sortable=False),
    "due": Offer(label=gettext_lazy("Answer due")),
}


def _chosen(request: HttpRequest, plan: Plan) -> tuple[CasesForm, list[CaseRow], str]:
    """The filter, the cases it leaves, and their order."""
    indicators = queries.indicators_of(plan)
    form = CasesForm(
        request.GET,
        indicators=[(one.key, f"{one.number} {in_language(one, 'name')}") for one in indicators],
        units=queries.units_in_cases(plan).values(),
    )
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="-number")
    rows = queries.listed_cases(actor=request.actor, plan=plan, asked=form.asked(), order=order)
    return form, rows, order


@require_safe
def case_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, rows, order = _chosen(request, plan)
    context = {
        "plan": plan,
        "form": form,
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
    }
    return render(request, "consult/phase4_implementation/cases.html", context)


@require_safe
def case_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The list as it is filtered and sorted."""
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, _order = _chosen(request, plan)
    headings = [
        pgettext("warning case", "Case"),
        _("Indicator"),
        _("Reporting unit"),
        pgettext("reading", "Period"),
        _("Value"),
        _("Threshold"),
        _("State"),
        pgettext("matter", "Level"),
        _("Answers"),
        _("Told"),
        _("Answer due"),
        _("Opened"),
        pgettext("case", "Outcome"),
    ]
    return answer_table(
        name=f"cases-{plan.key}",
        kind=kind,
        sheet=_("Cases"),
        headings=headings,
        rows=_lines(rows),
    )


def _lines(rows: list[CaseRow]) -> Iterator[list[Cell]]:
    for row in rows:
        standing, reading = row.standing, row.reading
        name = row.reading.item.key
        if row.indicator:
            name = f"{row.indicator.number} {in_language(row.indicator, 'name')}"
        yield [
            str(row.case),
            name,
            str(reading.jurisdiction) if reading.jurisdiction else _("The whole area"),
            reading.period,
            reading.plain_value,
            row.case.warning.threshold,
            str(standing.state.label),
            str(row.level_label),
            "; ".join(str(unit) for unit in row.answering),
            "; ".join(str(unit) for unit in row.neighbours),
            moment(standing.due_at) if standing.due_at else "",
            moment(row.case.at),
            row.end.get_outcome_display() if row.end else "",
        ]


@require_safe
def case_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    row = queries.get_case(actor=request.actor, plan=plan, number=number)
    return render(
        request,
        "consult/phase4_implementation/case.html",
        {"acts": inline_forms(request, plan, row), **about(request.actor, plan, row)},
    )


def about(actor: Actor, plan: Plan, row: CaseRow) -> dict[str, Any]:
    """What the page of a case shows of it."""
    series = queries.series_of(plan, [row.indicator])[0] if row.indicator else None
    return {
        "plan": plan,
        "row": row,
        "series": series,
        "events": queries.thread_of_case(row, plan=plan),
        "tasks": queries.tasks_of_case(row, actor=actor),
    }


@require_safe
def case_file(request: HttpRequest, key: str, number: int, pk: UUID) -> HttpResponseBase:
    """What is enclosed with an answer, a view or the end."""
    plan = get_plan(actor=request.actor, key=key)
    row = queries.get_case(actor=request.actor, plan=plan, number=number)
    return answer_file(queries.case_file(row, pk=pk), request=request)
