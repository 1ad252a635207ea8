"""The overlap view: which units sit in which regions, and which regions share members."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from stakeholders.files.tables import Row, TableKind, answer_table
from stakeholders.jurisdictions import overlap, queries
from stakeholders.jurisdictions.forms import OverlapForm
from stakeholders.jurisdictions.forms.overlap import ORDERS, OverlapFilters
from stakeholders.terms import clock
from stakeholders.terms.columns import asked_order, columns

PAGE = 50
DEFAULT = "-total"


@require_safe
def overlap_view(request: HttpRequest) -> HttpResponse:
    form = OverlapForm(request.GET)
    filters = form.chosen()
    order = asked_order(request.GET.get("sort", ""), ORDERS, default=DEFAULT)
    table = _table(filters, order)
    circles = queries.regions_of(filters.unit) if filters.unit else None
    marked = {one.region_id for one in circles} if circles is not None else set()
    context = {
        "form": form,
        "filters": filters,
        "table": table,
        "page": Paginator(table.rows, PAGE).get_page(request.GET.get("page")),
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
        "unit": queries.get_jurisdiction(filters.unit) if filters.unit else None,
        "circles": circles,
        "shared": _shared(filters),
        "bars": overlap.draw_bars(table.regions, marked=marked, until=clock.now().year),
    }
    return render(request, "stakeholders/jurisdictions/overlap.html", context)


@require_safe
def overlap_table(request: HttpRequest, kind: TableKind) -> HttpResponseBase:
    """The table with the same filters, on all its pages."""
    order = asked_order(request.GET.get("sort", ""), ORDERS, default=DEFAULT)
    table = _table(OverlapForm(request.GET).chosen(), order)
    headings = [_("Code"), _("Name"), _("Regions"), *(one.pk for one in table.regions)]
    sums: Row = [_("Units shown"), "", None, *table.sums]
    rows: list[Row] = [
        [row.code, row.name, row.total, *map(_word, row.cells)] for row in table.rows
    ]
    return answer_table(
        name="overlap", kind=kind, sheet=_("Overlap"), headings=headings, rows=[*rows, sums]
    )


def _table(filters: OverlapFilters, order: str) -> overlap.Overlap:
    regions = list(queries.regions_in_force(kind=filters.kind, year=filters.year))
    members = queries.memberships(
        [one.pk for one in regions], level=filters.level, codes=filters.codes
    )
    return overlap.build(regions, members, least=filters.least, kept=filters.codes, order=order)


def _shared(filters: OverlapFilters) -> overlap.Shared | None:
    if filters.first is None or filters.second is None:
        return None
    members = queries.memberships([filters.first.pk, filters.second.pk])
    return overlap.compare(filters.first, filters.second, members)


def _word(cell: overlap.Cell) -> str:
    if not cell.members:
        return ""
    return (
        pgettext("extent", "whole")
        if cell.is_whole
        else (cell.extent or pgettext("extent", "part"))
    )
