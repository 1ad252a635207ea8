"""Pages of the indicators: how all of them stand, one of them with its course, map and readings."""

from collections.abc import Iterator
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from consult.phase4_implementation import outlook, queries
from consult.phase4_implementation.enums import IndicatorState
from consult.phase4_implementation.forms import StandingFilterForm
from consult.phase4_implementation.rules import can, own
from consult.phase4_implementation.standings import Standing, standing_in
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.columns import Offer, asked_order, columns

PAGE, HISTORY = 50, 25
ORDERS = {
    "number": Offer(label=gettext_lazy("Indicator")),
    "state": Offer(label=gettext_lazy("State")),
    "value": Offer(label=gettext_lazy("The whole area"), is_number=True, is_sortable=False),
    "target": Offer(label=gettext_lazy("Target"), is_number=True, is_sortable=False),
    "lacking": Offer(label=gettext_lazy("Lacks to the target"), is_number=True),
    "beyond": Offer(label=gettext_lazy("Units beyond a threshold"), is_number=True),
    "period": Offer(label=pgettext_lazy("reading", "Period")),
}
_GRAVE = list(IndicatorState)


@require_safe
def indicator_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, rows, order = _chosen(request, plan)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
        "may_read": can("reading.report", **own(request.actor), plan=plan),
    }
    return render(request, "consult/phase4_implementation/indicators.html", context)


@require_safe
def indicator_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The list as it is filtered and sorted."""
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, _order = _chosen(request, plan)
    headings = [
        _("Number"),
        _("Indicator"),
        _("Unit of measure"),
        _("State"),
        pgettext("reading", "Period"),
        _("The whole area"),
        _("Target"),
        _("Target year"),
        _("Units beyond a threshold"),
    ]
    return answer_table(
        name=f"{plan.key}-indicators",
        kind=kind,
        sheet=_("Indicators"),
        headings=headings,
        rows=_lines(rows),
    )


def _chosen(request: HttpRequest, plan: Plan) -> tuple[StandingFilterForm, list[Standing], str]:
    form = StandingFilterForm(request.GET)
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="number")
    rows = queries.standings_of(queries.indicators_of(plan))
    return form, _sorted([one for one in rows if form.fits(one)], order), order


def _sorted(rows: list[Standing], order: str) -> list[Standing]:
    """In the order asked for; those that have nothing to compare come last."""
    name = order.removeprefix("-")
    if name == "number":
        return rows[::-1] if order.startswith("-") else rows
    keys = {
        "state": lambda one: _GRAVE.index(one.state),
        "lacking": lambda one: one.lacking,
        "beyond": lambda one: len(one.beyond),
        "period": lambda one: one.period or None,
    }
    key = keys[name]
    held = [one for one in rows if key(one) is not None]
    held.sort(key=key, reverse=order.startswith("-"))
    return held + [one for one in rows if key(one) is None]


def _lines(rows: list[Standing]) -> Iterator[list[Cell]]:
    for row in rows:
        one = row.indicator
        yield [
            one.number,
            in_language(one, "name"),
            in_language(one, "unit"),
            row.state.label,
            row.period,
            Decimal(row.value_text) if row.value_text else "",
            one.target if one.target is not None else "",
            one.measure.target_year or "",
            "; ".join(str(found.unit or found.code) for found in row.beyond),
        ]


@require_safe
def indicator_detail(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    indicator = queries.get_indicator(plan, key=item)
    series = queries.full_series(indicator)
    trend = outlook.trend_for(series.line, one=indicator, target=indicator.target)
    found = queries.all_readings(actor=request.actor, plan=plan).filter(item=indicator.item_id)
    readings = found.select_related("jurisdiction", "mandate__user", "warning", "file")
    outlines = queries.units_with_outlines(indicator.concerned)
    context = {
        "plan": plan,
        "series": series,
        "state": standing_in(series).state,
        "chart": outlook.chart_of(series),
        "trend": trend,
        "trend_words": outlook.words_of(trend, target=indicator.target),
        "trend_tone": outlook.tone_of(trend),
        "pace": outlook.number(trend.pace),
        "newest_pace": outlook.number(trend.newest_pace),
        "due_now": outlook.due_now(series),
        "smalls": outlook.smalls_of(series),
        "map": outlook.value_map(series, outlines=outlines),
        "page_obj": Paginator(readings.defer("jurisdiction__boundary"), HISTORY).get_page(
            request.GET.get("page")
        ),
        "may_read": can("reading.report", **own(request.actor), plan=plan),
    }
    return render(request, "consult/phase4_implementation/indicator.html", context)
