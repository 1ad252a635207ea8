"""The table of coordination regions and the table of their members."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from stakeholders.jurisdictions.enums import MemberRole, MembersStatus, RegionKind
from stakeholders.jurisdictions.reading.rows import Line, read_table

REGIONS = "regions.csv"
MEMBERS = "region_members.csv"
WHOLE = "whole"


@dataclass(frozen=True, kw_only=True)
class RegionRow:
    line: Line
    key: str
    year: int | None
    year_ended: int | None
    kind: RegionKind
    members_status: MembersStatus
    texts: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    line: Line
    region_key: str
    code: str
    is_known: bool
    role: MemberRole
    is_whole: bool
    texts: dict[str, str]


def read_regions(
    folder: Path, *, known: Collection[str]
) -> tuple[list[RegionRow], list[MemberRow]]:
    """Both tables of a delivered folder; `known` are the codes of our units.

    A member whose province we do not hold is kept and marked; an unknown code inside a
    province we hold is a mistake. RowError at the first thing that cannot be taken.
    """
    regions = list(_read_regions(folder / REGIONS))
    keys = {region.key for region in regions}
    members = list(_read_members(folder / MEMBERS, keys, known))
    _check_counts(regions, members)
    return regions, members


def _read_regions(path: Path) -> Iterator[RegionRow]:
    seen: dict[str, int] = {}
    required = ("region_id", "year", "name_zh", "name_en", "kind", "members_status", "source")
    for line in read_table(path, required=required):
        key = line.filled("region_id")
        if key in seen:
            reason = _("“%(value)s” stands already in line %(line)s.")
            raise line.refuse("region_id", reason % {"value": key, "line": seen[key]})
        seen[key] = line.number
        year = line.whole_number("year", low=1900, high=2200)
        ended = line.whole_number("year_ended", low=1900, high=2200)
        if year is not None and ended is not None and ended < year:
            raise line.refuse("year_ended", _("The end lies before the beginning."))
        yield RegionRow(
            line=line,
            key=key,
            year=year,
            year_ended=ended,
            kind=line.choice("kind", RegionKind),
            members_status=line.choice("members_status", MembersStatus),
            texts={
                "name_zh": line.filled("name_zh"),
                "name_en": line.filled("name_en"),
                "convened_by_zh": line.text("convened_by_zh"),
                "convened_by_en": line.text("convened_by_en", "convened_by"),
                "source": line.filled("source"),
                "note_zh": line.text("note_zh"),
                "note_en": line.text("note_en", "note"),
            },
        )


def _read_members(path: Path, keys: Collection[str], known: Collection[str]) -> Iterator[MemberRow]:
    provinces = {code[:2] for code in known}
    seen: dict[tuple[str, str, str], int] = {}
    for line in read_table(path, required=("region_id", "code", "role", "source")):
        key, code = line.filled("region_id"), line.code("code")
        if key not in keys:
            reason = _("There is no region with the key %(key)s.") % {"key": key}
            raise line.refuse("region_id", reason)
        if code not in known and code[:2] in provinces:
            reason = _("There is no unit with the code %(code)s.") % {"code": code}
            raise line.refuse("code", reason)
        extent = line.text("extent_en", "extent") or WHOLE
        if (key, code, extent) in seen:
            reason = _("This member stands already in line %(line)s.")
            raise line.refuse("code", reason % {"line": seen[key, code, extent]})
        seen[key, code, extent] = line.number
        yield _member(line, key, code, extent, is_known=code in known)


def _member(line: Line, key: str, code: str, extent: str, *, is_known: bool) -> MemberRow:
    is_whole = extent == WHOLE
    return MemberRow(
        line=line,
        region_key=key,
        code=code,
        is_known=is_known,
        role=line.choice("role", MemberRole),
        is_whole=is_whole,
        texts={
            "name_zh": "" if is_known else line.text("name_zh"),
            "name_en": "" if is_known else line.text("name_en"),
            "extent_zh": "" if is_whole else line.text("extent_zh"),
            "extent_en": "" if is_whole else extent,
            "source": line.filled("source"),
        },
    )


def _check_counts(regions: list[RegionRow], members: list[MemberRow]) -> None:
    """A stated number of members must be the number of rows: a lost row would go unseen."""
    have = Counter(member.region_key for member in members)
    for region in regions:
        stated = region.line.whole_number("member_count", low=0, high=10_000)
        if stated is not None and stated != have[region.key]:
            reason = _("%(stated)s members are stated, %(have)s rows are there.")
            counts = {"stated": stated, "have": have[region.key]}
            raise region.line.refuse("member_count", reason % counts)
