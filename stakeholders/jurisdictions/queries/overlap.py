"""Reads for the overlap view: which regions, and which units sit in them."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from stakeholders.jurisdictions.models import Region, RegionMember
from stakeholders.jurisdictions.queries.regions import BY_YEAR


def regions_in_force(*, kind: str = "", year: int | None = None) -> QuerySet[Region]:
    """Regions by year, of a kind, in force at some time of a year.

    One that took over and the one that ended both count in the year of the change; one without
    a known year counts in none.
    """
    found = Region.objects.annotate(size=Count("members__code", distinct=True)).order_by(*BY_YEAR)
    if kind:
        found = found.filter(kind=kind)
    if year is not None:
        lasts = Q(year_ended=None) | Q(year_ended__gte=year)
        found = found.filter(lasts, year__lte=year)
    return found


def memberships(
    regions: Collection[str], *, level: str = "", codes: Collection[str] = ()
) -> QuerySet[RegionMember]:
    """The memberships in these regions in the order of codes, of a level, of chosen units."""
    found = RegionMember.objects.filter(region__in=regions)
    if level:
        found = found.filter(jurisdiction__level=level)
    if codes:
        found = found.filter(code__in=codes)
    return (
        found.select_related("jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("code", "region", "extent_en")
    )


def same_line(region: Region) -> list[Region]:
    """The dated extents of one platform, oldest first: same kind, each begun as one ended.

    Only the region itself when none ended as it began and none began as it ended.
    """
    rivals = list(Region.objects.filter(kind=region.kind).exclude(year=None))
    line = [region]
    while before := _beside(rivals, line, year_ended=line[0].year):
        line.insert(0, before)
    while after := _beside(rivals, line, year=line[-1].year_ended):
        line.append(after)
    return line


def _beside(rivals: list[Region], line: list[Region], **wanted: int | None) -> Region | None:
    (name, year) = next(iter(wanted.items()))
    fits = (one for one in rivals if year is not None and getattr(one, name) == year)
    return next((one for one in fits if one not in line), None)
