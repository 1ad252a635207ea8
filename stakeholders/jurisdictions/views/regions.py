"""Pages of the coordination regions and of the platforms they grew from."""

from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.jurisdictions import outline, overlap, queries
from stakeholders.jurisdictions.models import Region, RegionMember, chosen
from stakeholders.jurisdictions.outline import Piece, Style
from stakeholders.jurisdictions.reading import platforms
from stakeholders.jurisdictions.sources import cited, in_words
from stakeholders.terms.columns import Offer, asked_order, columns

ORDERS = {
    "years": Offer(label=gettext_lazy("Years")),
    "name": Offer(label=gettext_lazy("Region")),
    "kind": Offer(label=gettext_lazy("Kind")),
    "convened": Offer(label=gettext_lazy("Convened by")),
    "members": Offer(label=gettext_lazy("Members"), is_number=True),
}


@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="years")
    context = {
        "regions": queries.regions_in_order(order),
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
    }
    return render(request, "stakeholders/jurisdictions/regions.html", context)


@require_safe
def region_table(request: HttpRequest, kind: TableKind) -> HttpResponseBase:
    """The list of regions as it is sorted."""
    headings = [
        _("Key"),
        _("Region"),
        _("Since"),
        _("Until"),
        _("Kind"),
        _("Convened by"),
        _("Members"),
        _("Standing of the member list"),
        _("Source"),
    ]
    found = queries.regions_in_order(
        asked_order(request.GET.get("sort", ""), ORDERS, default="years")
    )
    rows = (
        [*_cells(one), one.size, one.get_members_status_display(), in_words(one.source)]
        for one in found
    )
    return answer_table(
        name="regions", kind=kind, sheet=_("Coordination regions"), headings=headings, rows=rows
    )


def _cells(region: Region) -> list[Cell]:
    return [
        region.key,
        str(region),
        region.year,
        region.year_ended,
        region.get_kind_display(),
        chosen(region.convened_by_zh, region.convened_by_en),
    ]


@require_safe
def region_detail(request: HttpRequest, key: str) -> HttpResponse:
    region = queries.get_region(key)
    if region is None:
        raise Http404
    members = list(queries.members(key))
    line = queries.same_line(region)
    context = {
        "region": region,
        "sources": cited(region.source),
        "members": members,
        "change": queries.membership_change(region),
        "map": _map(members),
        "has_parts": any(not one.is_whole for one in members),
    }
    if len(line) > 1:
        held = queries.memberships([one.pk for one in line])
        context["line"] = overlap.build(line, held, order="code")
    return render(request, "stakeholders/jurisdictions/region.html", context)


def _map(members: list[RegionMember]) -> outline.Map | None:
    """The members' outlines; a unit that belongs with a part only is drawn as such."""
    held = queries.boundaries({one.code for one in members})
    whole = {one.code for one in members if one.is_whole}
    units = {one.code: one.jurisdiction for one in members if one.jurisdiction}
    pieces = [
        Piece(
            label=chosen(unit.short_zh, unit.short_en),
            boundary=held.get(code),
            style=Style.WHOLE if code in whole else Style.PART,
        )
        for code, unit in units.items()
    ]
    return outline.draw_map(pieces)


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Platforms year by year, each year with the regions on record that began in it."""
    by_year: dict[int, list[Region]] = defaultdict(list)
    for region in queries.all_regions():
        if region.year is not None:
            by_year[region.year].append(region)
    told: dict[int, list[object]] = defaultdict(list)
    for one in platforms():
        told[one.year].append(one)
    source_of = {one.year: one.source for one in platforms()}
    years = [
        {
            "year": year,
            "platforms": told.get(year, []),
            "sources": cited(source_of.get(year, "")),
            "regions": by_year.get(year, []),
        }
        for year in sorted(told.keys() | by_year.keys())
    ]
    caveats = dict.fromkeys(chosen(one.caveat_zh, one.caveat_en) for one in platforms())
    context = {"years": years, "caveats": [text for text in caveats if text]}
    return render(request, "stakeholders/jurisdictions/timeline.html", context)
