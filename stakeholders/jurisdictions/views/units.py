"""Pages of the administrative units, for everybody who is signed in."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.jurisdictions import outline, queries
from stakeholders.jurisdictions.enums import ACROSS_WATER
from stakeholders.jurisdictions.forms import FilterForm
from stakeholders.jurisdictions.forms.units import ORDERS
from stakeholders.jurisdictions.models import Jurisdiction, chosen
from stakeholders.jurisdictions.outline import Piece, Style
from stakeholders.terms.columns import asked_order, columns

PAGE = 50


@require_safe
def jurisdiction_list(request: HttpRequest) -> HttpResponse:
    """The tree opened along a chain, or a flat list as soon as something is looked for."""
    form = FilterForm(request.GET)
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="code")
    opened = request.GET.get("open", "")
    context = {
        "form": form,
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
    }
    if form.narrows:
        found = _found(form, order)
        context["page"] = Paginator(found, PAGE).get_page(request.GET.get("page"))
    else:
        context["tree"] = queries.open_tree(opened=opened, order=order)
        context["chain"] = [row.unit for row in context["tree"] if row.is_open]
    return render(request, "stakeholders/jurisdictions/list.html", context)


@require_safe
def jurisdiction_table(request: HttpRequest, kind: TableKind) -> HttpResponseBase:
    """What the list shows, on all its pages."""
    form = FilterForm(request.GET)
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="code")
    units = (
        list(_found(form, order))
        if form.narrows
        else [
            row.unit for row in queries.open_tree(opened=request.GET.get("open", ""), order=order)
        ]
    )
    headings = [*(str(offer.label) for offer in ORDERS.values()), _("Superior unit")]
    rows = ([*_cells(unit), unit.parent_id or ""] for unit in units)
    return answer_table(
        name="jurisdictions", kind=kind, sheet=_("Jurisdictions"), headings=headings, rows=rows
    )


def _found(form: FilterForm, order: str) -> QuerySet[Jurisdiction]:
    found = queries.find_jurisdictions(**form.chosen())
    if form.errors.get("text"):
        found = found.none()
    return queries.in_order(queries.with_figures(found), order)


def _cells(unit: Jurisdiction) -> list[Cell]:
    return [
        unit.code,
        str(unit),
        unit.get_level_display(),
        unit.area_km2,
        unit.region_count,
        unit.neighbour_count,
    ]


@require_safe
def jurisdiction_detail(request: HttpRequest, code: str) -> HttpResponse:
    jurisdiction = queries.get_jurisdiction(code)
    if jurisdiction is None:
        raise Http404
    neighbours = queries.neighbours(code)
    context = {
        "jurisdiction": jurisdiction,
        "ancestors": queries.ancestors(code),
        "children": queries.with_figures(queries.all_jurisdictions().filter(parent=code)),
        "neighbours": neighbours,
        "border_km": sum(one.shared_km for one in neighbours),
        "is_across": any(one.relation in ACROSS_WATER for one in neighbours),
        "memberships": queries.regions_of(code),
        "map": _map(jurisdiction, neighbours),
        "former": queries.former_names_of(code),
        "predecessors": queries.predecessors_of(code),
        "successors": queries.successors_of(code),
    }
    return render(request, "stakeholders/jurisdictions/detail.html", context)


def _map(unit: Jurisdiction, neighbours: list[queries.Neighbour]) -> outline.Map | None:
    """The unit among its neighbours; None where the unit's boundary is not known."""
    if not unit.boundary:
        return None
    held = queries.boundaries([one.jurisdiction.code for one in neighbours])
    pieces = [Piece(label=_short(unit), boundary=unit.boundary, style=Style.OWN)]
    for one in neighbours:
        style = Style.ACROSS if one.relation in ACROSS_WATER else Style.NEIGHBOUR
        other = one.jurisdiction
        pieces.append(Piece(label=_short(other), boundary=held.get(other.code), style=style))
    return outline.draw_map(pieces, around=Style.OWN)


def _short(unit: Jurisdiction) -> str:
    return chosen(unit.short_zh, unit.short_en)
