"""Reads of the coordination regions, public reference data."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.utils.translation import get_language

from stakeholders.jurisdictions.models import Region, RegionMember

# A query that counts drops the order of the model: it is asked for each time.
BY_YEAR = (F("year").asc(nulls_last=True), "key")


@dataclass(frozen=True, kw_only=True)
class MembershipChange:
    """What a region changed against the one it took over from."""

    before: Region
    joined: list[RegionMember]
    left: list[RegionMember]


def all_regions() -> QuerySet[Region]:
    """Every region by year with its number of members as `size`."""
    return Region.objects.annotate(size=Count("members")).order_by(*BY_YEAR)


def regions_in_order(order: str) -> QuerySet[Region]:
    """Every region by years, name, kind, convened or members ("-": down), then by key."""
    english = (get_language() or "").startswith("en")
    fields = {
        "years": F("year"),
        "name": F("name_en" if english else "name_zh"),
        "kind": F("kind"),
        "convened": F("convened_by_en" if english else "convened_by_zh"),
        "members": F("size"),
    }
    field = fields[order.removeprefix("-")]
    by = field.desc(nulls_last=True) if order.startswith("-") else field.asc(nulls_last=True)
    return all_regions().order_by(by, "key")


def get_region(key: str) -> Region | None:
    return Region.objects.filter(pk=key).first()


def regions_of(code: str) -> QuerySet[RegionMember]:
    """The memberships of one unit with their regions, by year: the circles it sits in."""
    by_year = F("region__year").asc(nulls_last=True)
    return (
        RegionMember.objects.filter(jurisdiction=code)
        .select_related("region")
        .order_by(by_year, "region")
    )


def members(region: str) -> QuerySet[RegionMember]:
    """The members of a region in code order; one outside our table has no jurisdiction."""
    return (
        RegionMember.objects.filter(region=region)
        .select_related("jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("code", "extent_en")
    )


def membership_change(region: Region) -> MembershipChange | None:
    """Who joined and who left against the region of the same kind that ended as it began."""
    if region.year is None:
        return None
    before = Region.objects.filter(kind=region.kind, year_ended=region.year).first()
    if before is None or before == region:
        return None
    now, then = members(region.key), members(before.key)
    now_codes, then_codes = {one.code for one in now}, {one.code for one in then}
    return MembershipChange(
        before=before,
        joined=[one for one in now if one.code not in then_codes],
        left=[one for one in then if one.code not in now_codes],
    )
