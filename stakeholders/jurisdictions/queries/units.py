"""Reads of the administrative map. It is public reference data, so no reader needs an actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from stakeholders.jurisdictions.enums import Level, Relation
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction

# A province's outline alone is tens of kilobytes: lists never need it.
HEAVY = ("boundary",)


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """One neighbour of a unit; `level` is the level at which the two are compared."""

    jurisdiction: Jurisdiction
    level: Level
    relation: Relation
    shared_km: Decimal
    across_zh: str
    across_en: str


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A unit with what lies below it."""

    jurisdiction: Jurisdiction
    children: list["Branch"]


def all_jurisdictions() -> QuerySet[Jurisdiction]:
    """Every unit in code order, without outlines, with its superior unit at hand."""
    return Jurisdiction.objects.defer(*HEAVY, "parent__boundary").select_related("parent")


def get_jurisdiction(code: str) -> Jurisdiction | None:
    """One unit with its outline, or None."""
    return Jurisdiction.objects.select_related("parent", "successor").filter(pk=code).first()


def find_jurisdictions(
    *, text: str = "", level: str = "", parent: str = ""
) -> QuerySet[Jurisdiction]:
    """Units whose name holds `text` or whose code begins with it, at a level, below a unit."""
    found = all_jurisdictions()
    if text:
        by_name = Q(name_zh__icontains=text) | Q(name_en_unique__icontains=text)
        found = found.filter(by_name | Q(code__startswith=text))
    if level:
        found = found.filter(level=level)
    if parent:
        found = found.filter(path__contains=f"{parent}/").exclude(pk=parent)
    return found


def provinces() -> QuerySet[Jurisdiction]:
    return all_jurisdictions().filter(level=Level.PROVINCE)


def neighbours(code: str) -> list[Neighbour]:
    """The neighbours of one unit in code order: land borders, bridges and facing shores."""
    pairs = (
        Adjacency.objects.filter(Q(a=code) | Q(b=code))
        .select_related("a", "b")
        .defer("a__boundary", "b__boundary")
    )
    found = [_neighbour(pair, pair.b if pair.a_id == code else pair.a) for pair in pairs]
    return sorted(found, key=lambda one: one.jurisdiction.code)


def _neighbour(pair: Adjacency, other: Jurisdiction) -> Neighbour:
    return Neighbour(
        jurisdiction=other,
        level=Level(pair.level),
        relation=Relation(pair.relation),
        shared_km=pair.shared_km,
        across_zh=pair.across_zh,
        across_en=pair.across_en,
    )


def neighbours_of(codes: Iterable[str]) -> QuerySet[Jurisdiction]:
    """Units that are neighbours of at least one of `codes` and none of them themselves."""
    group = set(codes)
    touching = Q(adjacent_after__b__in=group) | Q(adjacent_before__a__in=group)
    return all_jurisdictions().filter(touching).exclude(pk__in=group).distinct()


def ancestors(code: str) -> QuerySet[Jurisdiction]:
    """The superior units of `code`, the country first."""
    path = Jurisdiction.objects.filter(pk=code).values_list("path", flat=True).first() or ""
    above = [one for one in path.split("/") if one and one != code]
    # A longer path lies deeper; code order alone would not say so in every layer.
    return all_jurisdictions().filter(pk__in=above).order_by("path")


def tree() -> list[Branch]:
    """All units as a tree, one query."""
    branches = {one.code: Branch(jurisdiction=one, children=[]) for one in all_jurisdictions()}
    tops: list[Branch] = []
    for branch in branches.values():
        parent = branch.jurisdiction.parent_id
        (branches[parent].children if parent else tops).append(branch)
    return tops


def levels_by_code() -> dict[str, Level]:
    rows = Jurisdiction.objects.values_list("code", "level")
    return {code: Level(level) for code, level in rows}


def parents_by_code() -> dict[str, str | None]:
    return dict(Jurisdiction.objects.values_list("code", "parent_id"))
