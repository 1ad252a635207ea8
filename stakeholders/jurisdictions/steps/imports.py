"""Row writes of an import: each step brings one table to what was read and counts the changes."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model

from stakeholders.jurisdictions.enums import ACROSS_WATER
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction, Region, RegionMember
from stakeholders.jurisdictions.reading import Line, MemberRow, PairRow, RegionRow, UnitRow
from stakeholders.jurisdictions.steps.succession import NAMES

# Two imports at once would each see half of the other's rows. Any fixed number will do.
_IMPORT_LOCK = 2_260_001
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a step did to one table."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def changes(self) -> int:
        return self.created + self.updated + self.removed

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged


def lock_import() -> None:
    """Wait until no other import runs; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])


def save_units(
    units: Sequence[UnitRow],
    *,
    paths: Mapping[str, str],
    with_boundaries: bool,
    kept: frozenset[str] = frozenset(),
) -> Counts:
    """Write the units. One that the file no longer has stays: plans may stand on it.

    Without delivered boundaries the held ones stay, and so do fields named in `kept`. What an
    act on this site has settled (a new name, an end and who followed) is not undone by an older
    delivery.
    """
    settled = _settled()
    wanted = [(unit.line, _keep(_unit(unit, paths), settled)) for unit in units]
    kept = kept if with_boundaries else kept | {"boundary"}
    return _bring_to(Jurisdiction, wanted, lambda row: row.code, kept_fields=kept)


def save_pairs(pairs: Sequence[PairRow], *, with_water: bool) -> Counts:
    """Write who borders on whom; a pair that is no longer delivered goes. Without a delivered
    list of neighbours across water the held ones stay."""
    wanted = [(pair.line, _pair(pair)) for pair in pairs]
    return _bring_to(
        Adjacency,
        wanted,
        lambda row: (row.a_id, row.b_id),
        removes=lambda row: with_water or row.relation not in ACROSS_WATER,
    )


def save_regions(regions: Sequence[RegionRow]) -> Counts:
    """Write the regions. One that the file no longer has stays: plans may stand on it."""
    wanted = [(region.line, _region(region)) for region in regions]
    return _bring_to(Region, wanted, lambda row: row.key)


def save_members(members: Sequence[MemberRow], *, regions: Iterable[str]) -> Counts:
    """Write the members of the delivered regions; one that is no longer delivered goes."""
    wanted = [(member.line, _member(member)) for member in members]
    delivered = set(regions)
    return _bring_to(
        RegionMember,
        wanted,
        lambda row: (row.region_id, row.code, row.extent_en),
        removes=lambda row: row.region_id in delivered,
    )


def save_paths(paths: Mapping[str, str]) -> int:
    """Bring the cached paths of units that were not delivered up to date; how many changed."""
    rows = list(Jurisdiction.objects.filter(pk__in=paths).only("code", "path"))
    stale = [row for row in rows if row.path != paths[row.code]]
    for row in stale:
        row.path = paths[row.code]
    Jurisdiction.objects.bulk_update(stale, ["path"])
    return len(stale)


def _settled() -> dict[str, tuple[Jurisdiction, tuple[str, ...]]]:
    """Code -> the held unit and which of its fields an act has settled. Two queries."""
    light = Jurisdiction.objects.defer("boundary")
    named = light.filter(former_names__isnull=False).distinct()
    ended = light.filter(successions__isnull=False, valid_until__isnull=False).distinct()
    settled: dict[str, tuple[Jurisdiction, tuple[str, ...]]] = {
        unit.code: (unit, NAMES) for unit in named
    }
    for unit in ended:
        names = settled.get(unit.code, (unit, ()))[1]
        settled[unit.code] = (unit, (*names, "valid_until", "successor_id"))
    return settled


def _keep(
    unit: Jurisdiction, settled: Mapping[str, tuple[Jurisdiction, tuple[str, ...]]]
) -> Jurisdiction:
    held, fields = settled.get(unit.code, (unit, ()))
    for name in fields:
        setattr(unit, name, getattr(held, name))
    return unit


def clean_unit(unit: UnitRow) -> Jurisdiction:
    """The unit as a row that is not saved. RowError for a cell that its column cannot hold."""
    row = _unit(unit, {unit.code: ""})
    _clean(unit.line, row)
    return row


def paths_of(parents: Mapping[str, str | None]) -> dict[str, str]:
    """`100000/310000/310118/` by code. The reading has made sure that no ring exists."""
    paths: dict[str, str] = {}
    for code in parents:
        chain: list[str] = []
        at: str | None = code
        while at is not None:
            chain.append(at)
            at = parents[at]
        paths[code] = "".join(f"{one}/" for one in reversed(chain))
    return paths


def _unit(unit: UnitRow, paths: Mapping[str, str]) -> Jurisdiction:
    return Jurisdiction(
        code=unit.code,
        parent_id=unit.parent_code,
        successor_id=unit.successor_code,
        level=unit.level.value,
        path=paths[unit.code],
        is_municipality=unit.is_municipality,
        lon=unit.lon,
        lat=unit.lat,
        area_km2=unit.area_km2,
        boundary=unit.boundary,
        valid_from=unit.valid_from,
        valid_until=unit.valid_until,
        **unit.names,
    )


def _pair(pair: PairRow) -> Adjacency:
    return Adjacency(
        a_id=pair.a,
        b_id=pair.b,
        level=pair.level.value,
        relation=pair.relation.value,
        shared_km=pair.shared_km,
        across_zh=pair.across_zh,
        across_en=pair.across_en,
        source=pair.source,
    )


def _region(region: RegionRow) -> Region:
    return Region(
        key=region.key,
        year=region.year,
        year_ended=region.year_ended,
        kind=region.kind.value,
        members_status=region.members_status.value,
        **region.texts,
    )


def _member(member: MemberRow) -> RegionMember:
    return RegionMember(
        region_id=member.region_key,
        code=member.code,
        jurisdiction_id=member.code if member.is_known else None,
        role=member.role.value,
        is_whole=member.is_whole,
        **member.texts,
    )


def _bring_to(
    model: type[Row],
    wanted: Sequence[tuple[Line, Row]],
    key: Callable[[Any], Hashable],
    *,
    removes: Callable[[Any], bool] = lambda row: False,
    kept_fields: frozenset[str] = frozenset(),
) -> Counts:
    """Create and update rows so that `model` holds `wanted`, and remove what `removes` says.

    `kept_fields` of a held row stay as they are.
    """
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in kept_fields
    ]
    held = {key(row): row for row in model._default_manager.all()}
    created, updated = [], []
    for line, row in wanted:
        _clean(line, row)
        old = held.pop(key(row), None)
        if old is None:
            created.append(row)
        elif any(getattr(old, f.attname) != getattr(row, f.attname) for f in fields):
            row.pk = old.pk
            updated.append(row)
    removed = [row.pk for row in held.values() if removes(row)]
    model._default_manager.filter(pk__in=removed).delete()
    model._default_manager.bulk_create(created)
    model._default_manager.bulk_update(updated, [field.name for field in fields], batch_size=500)
    return Counts(
        created=len(created),
        updated=len(updated),
        removed=len(removed),
        unchanged=len(wanted) - len(created) - len(updated),
    )


def _clean(line: Line, row: Model) -> None:
    """Check every field as a form would; foreign keys were checked against the tables read."""
    keys = [f.name for f in row._meta.concrete_fields if f.is_relation]
    try:
        row.clean_fields(exclude=keys)
    except ValidationError as error:
        column, reasons = next(iter(error.message_dict.items()))
        raise line.refuse(column, reasons[0]) from None
