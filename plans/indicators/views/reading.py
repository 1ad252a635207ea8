"""The list of indicators, its downloads, and the page of one definition."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from plans.indicators import queries
from plans.indicators.forms import IndicatorFilter
from plans.indicators.queries import Row
from plans.indicators.rules import ACTS
from plans.indicators.shown import paces_of, shares_of
from plans.register.models import Plan
from plans.register.queries import get_plan, names_of
from plans.register.rules import can, sees_draft
from plans.register.shown import item_shown
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.columns import Offer, asked_order, columns

PAGE, VERSIONS = 50, 10
ORDERS = {
    "number": Offer(label=gettext_lazy("Number")),
    "name": Offer(label=gettext_lazy("Indicator")),
    "unit": Offer(label=gettext_lazy("Unit")),
    "strength": Offer(label=gettext_lazy("Strength")),
    "target": Offer(label=gettext_lazy("Target"), is_number=True),
    "warning": Offer(label=gettext_lazy("Warning value"), is_number=True, is_sortable=False),
    "limit": Offer(label=gettext_lazy("Limit"), is_number=True, is_sortable=False),
    "shares": Offer(label=gettext_lazy("Shares"), is_sortable=False),
}
_KEYS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: in_language(row.measure, "name"),
    "unit": lambda row: row.measure.unit,
    "strength": lambda row: str(row.measure.strength_label),
    "target": lambda row: float(row.measure.target or "-inf"),
}
_GROUPS: dict[str, Callable[[Row], str]] = {
    "strength": lambda row: str(row.measure.strength_label),
    "aggregation": lambda row: str(row.measure.aggregation_label),
    "period": lambda row: str(row.measure.period_label) or "–",
}


def _chosen(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """The filter, what it leaves in the order asked for, and the names of whom it concerns."""
    sees = sees_draft(actor=request.actor, plan=plan)
    rows = queries.seen_rows(plan, sees_draft=sees)
    names = names_of({c for row in rows for c in (*row.measure.concerned, *row.measure.codes)})
    form = IndicatorFilter(request.GET, names=names)
    asked = form.chosen()
    found = [row for row in rows if _fits(row, asked)]
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="number")
    name = order.removeprefix("-")
    if name in _KEYS:
        found.sort(key=_KEYS[name])
    if order.startswith("-"):
        found.reverse()
    group = _GROUPS.get(asked["group"])
    if group is not None:
        found.sort(key=group)
    return {
        "form": form,
        "found": found,
        "group": group,
        "order": order,
        "names": names,
        "sees_draft": sees,
        "total": len(rows),
    }


def _fits(row: Row, asked: dict[str, str]) -> bool:
    measure = row.measure
    said = f"{measure.name_zh} {measure.name_en} {measure.definition_zh} {measure.definition_en}"
    return (
        asked["q"].casefold() in said.casefold()
        and asked["strength"] in ("", measure.strength)
        and asked["aggregation"] in ("", measure.aggregation)
        and (not asked["party"] or asked["party"] in {*measure.concerned, *measure.codes})
    )


@require_safe
def indicator_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    chosen = _chosen(request, plan)
    page = Paginator(chosen["found"], PAGE).get_page(request.GET.get("page"))
    name_of = chosen["group"] or (lambda _row: "")
    query = request.GET.urlencode()
    context = {
        **chosen,
        "plan": plan,
        "page_obj": page,
        "groups": [(name, list(rows)) for name, rows in groupby(page.object_list, key=name_of)],
        "columns": columns(query, ORDERS, order=chosen["order"]),
        "query": query,
        "may_edit": can("indicator.edit", ACTS, actor=request.actor, plan=plan),
        "paces": paces_of(queries.reference_values()),
        "figures": queries.other_values(),
    }
    return render(request, "plans/indicators/list.html", context)


@require_safe
def indicator_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The list as it is filtered and sorted, with a column for each jurisdiction's share."""
    plan = get_plan(actor=request.actor, key=key)
    chosen = _chosen(request, plan)
    names = chosen["names"]
    headings = [
        *(_("Number"), _("Key"), _("Name (Chinese)"), _("Name (English)"), _("Unit"), _("Source")),
        *(_("Reading period"), _("Strength"), _("Direction"), _("Aggregation"), _("Base year")),
        *(_("Base value"), _("Target"), _("Target year"), _("Path by year"), _("Warning value")),
        *(_("Limit"), _("Guard"), *(str(name) for name in names.values())),
    ]
    rows = _cells(chosen["found"], list(names))
    name = f"{key}-indicators"
    return answer_table(name=name, kind=kind, sheet=_("Indicators"), headings=headings, rows=rows)


def _cells(rows: list[Row], codes: list[str]) -> Iterator[list[Cell]]:
    for row in rows:
        one = row.measure
        said: list[Cell] = [row.number, row.key, one.name_zh, one.name_en, one.unit, one.source]
        said += [str(one.period_label), str(one.strength_label), str(one.direction_label)]
        said += [str(one.aggregation_label), one.base_year, one.base_value, one.target]
        said += [one.target_year, row.path_text, one.warning, one.limit]
        yield [*said, str(one.guard_label), *(one.allocations.get(code, "") for code in codes)]


@require_safe
def indicator(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """One definition: what is measured, its target and path, everybody's figures, its wordings."""
    plan = get_plan(actor=request.actor, key=key)
    sees = sees_draft(actor=request.actor, plan=plan)
    row = queries.seen_row(plan, key=item, sees_draft=sees)
    shown = item_shown(plan=plan, item=row.item, sees_draft=sees)
    context = {
        "plan": plan,
        "row": row,
        "measure": row.measure,
        "shares": shares_of(
            row.measure, names=names_of({*row.measure.concerned, *row.measure.codes})
        ),
        "shown": shown,
        "versions": shown.versions[:VERSIONS],
        "sees_draft": sees,
        "may_edit": can("indicator.edit", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, "plans/indicators/indicator.html", context)
