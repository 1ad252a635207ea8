"""Reads for browsing: units with their figures, in an order, and the tree opened along a chain."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as Where
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from stakeholders.jurisdictions.enums import Level
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction, RegionMember
from stakeholders.jurisdictions.queries.units import all_jurisdictions

RANK = Case(
    *(Where(level=level, then=Value(level.rank)) for level in Level),
    default=Value(len(Level)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, kw_only=True)
class TreeRow:
    """A unit of the opened tree; `depth` counts from 0."""

    unit: Jurisdiction
    depth: int
    is_open: bool


def with_figures(units: QuerySet[Jurisdiction]) -> QuerySet[Jurisdiction]:
    """Each unit with `region_count`, `neighbour_count` and `below_count`."""
    me = OuterRef("pk")
    regions = RegionMember.objects.filter(jurisdiction=me).order_by().values("jurisdiction")
    pairs = Adjacency.objects.filter(Q(a=me) | Q(b=me)).order_by()
    below = Jurisdiction.objects.filter(parent=me).order_by().values("parent")
    return units.annotate(
        region_count=_number(regions.annotate(n=Count("region", distinct=True))),
        neighbour_count=_number(pairs.values(all=Value(1)).annotate(n=Count("pk"))),
        below_count=_number(below.annotate(n=Count("pk"))),
    )


def in_order(units: QuerySet[Jurisdiction], order: str) -> QuerySet[Jurisdiction]:
    """Units with figures sorted by code, name, level, area, regions or neighbours ("-": down).

    Units without a figure come last either way; equals stand in the order of codes.
    """
    english = (get_language() or "").startswith("en")
    fields: dict[str, F | Case] = {
        "code": F("code"),
        "name": F("name_en_unique" if english else "name_zh"),
        "level": RANK,
        "area": F("area_km2"),
        "regions": F("region_count"),
        "neighbours": F("neighbour_count"),
    }
    field = fields[order.removeprefix("-")]
    by = field.desc(nulls_last=True) if order.startswith("-") else field.asc(nulls_last=True)
    return units.order_by(by, "code")


def open_tree(*, opened: str = "", order: str = "code") -> list[TreeRow]:
    """The units on the way to `opened` with all beside them, and those one level below it.

    Without `opened`, or with an unknown one, the topmost unit is open when it stands alone.
    """
    path = Jurisdiction.objects.filter(pk=opened).values_list("path", flat=True).first() or ""
    chain = [code for code in path.split("/") if code]
    if not chain:
        tops = Jurisdiction.objects.filter(parent=None).values_list("pk", flat=True)[:2]
        chain = list(tops) if len(tops) == 1 else []
    shown = Q(parent=None) | Q(parent__in=chain)
    units = in_order(with_figures(all_jurisdictions().filter(shown)), order)
    children: dict[str | None, list[Jurisdiction]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    return _rows(children, None, frozenset(chain), 0)


def _rows(
    children: dict[str | None, list[Jurisdiction]],
    parent: str | None,
    chain: Collection[str],
    depth: int,
) -> list[TreeRow]:
    rows: list[TreeRow] = []
    for unit in children.get(parent, []):
        is_open = unit.code in chain and unit.code in children
        rows.append(TreeRow(unit=unit, depth=depth, is_open=is_open))
        if is_open:
            rows += _rows(children, unit.code, chain, depth + 1)
    return rows


def boundaries(codes: Collection[str]) -> dict[str, str]:
    """The outlines of some units by code; a unit without one is left out."""
    held = Jurisdiction.objects.filter(pk__in=codes).exclude(boundary=None)
    return {code: boundary for code, boundary in held.values_list("pk", "boundary") if boundary}


def _number(counted: QuerySet) -> Coalesce:  # type: ignore[type-arg] # values() has its own row
    return Coalesce(Subquery(counted.values("n")), 0, output_field=IntegerField())
