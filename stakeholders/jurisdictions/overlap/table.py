"""The table of units by regions, with its sums."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from stakeholders.jurisdictions.models import Jurisdiction, Region, RegionMember, chosen


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How a unit sits in a region: not at all without members, whole, or with parts of it."""

    region: Region
    members: tuple[RegionMember, ...]

    @property
    def is_whole(self) -> bool:
        return any(one.is_whole for one in self.members)

    @property
    def role(self) -> str:
        """The part played where it is more than being a member."""
        roles = {str(one.get_role_display()) for one in self.members if one.role != "member"}
        return ", ".join(sorted(roles))

    @property
    def extent(self) -> str:
        """The parts that belong to the region, in the active language."""
        texts = [chosen(one.extent_zh, one.extent_en) for one in self.members]
        return ", ".join(text for text in texts if text)


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """One unit in all the regions shown; `jurisdiction` is None outside our table."""

    code: str
    name: str
    jurisdiction: Jurisdiction | None
    cells: list[Cell]

    @property
    def total(self) -> int:
        return sum(1 for cell in self.cells if cell.members)

    @property
    def regions(self) -> set[str]:
        return {cell.region.pk for cell in self.cells if cell.members}


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Rows of units, columns of regions; `sums` counts the units shown per region."""

    regions: list[Region]
    rows: list[UnitRow]

    @property
    def sums(self) -> list[int]:
        marks = [[bool(cell.members) for cell in row.cells] for row in self.rows]
        return [sum(column) for column in zip(*marks, strict=True)] if marks else []


@dataclass(frozen=True, kw_only=True)
class Shared:
    """The members of two regions: of both, and of only one."""

    first: Region
    second: Region
    both: list[UnitRow]
    only_first: list[UnitRow]
    only_second: list[UnitRow]


def build(
    regions: Iterable[Region],
    members: Iterable[RegionMember],
    *,
    least: int = 1,
    kept: Collection[str] = (),
    order: str = "-total",
) -> Overlap:
    """The table: units in at least `least` of the regions, and those in `kept` in any case.

    Sorted by total, code or name ("-": down); equals stand in the order of codes.
    """
    columns = list(regions)
    by_unit: dict[str, dict[str, list[RegionMember]]] = {}
    for member in members:
        by_unit.setdefault(member.code, {}).setdefault(member.region_id, []).append(member)
    rows = [_row(code, found, columns) for code, found in by_unit.items()]
    shown = [row for row in rows if row.total >= least or row.code in kept]
    return Overlap(regions=columns, rows=_sorted(shown, order))


def _row(code: str, found: dict[str, list[RegionMember]], columns: Sequence[Region]) -> UnitRow:
    first = next(iter(found.values()))[0]
    return UnitRow(
        code=code,
        name=str(first),
        jurisdiction=first.jurisdiction,
        cells=[Cell(region=one, members=tuple(found.get(one.pk, ()))) for one in columns],
    )


def _sorted(rows: list[UnitRow], order: str) -> list[UnitRow]:
    key = order.removeprefix("-")
    rows = sorted(rows, key=lambda row: row.code)
    down = order.startswith("-")
    return sorted(rows, key=lambda row: getattr(row, key), reverse=down)


def compare(first: Region, second: Region, members: Iterable[RegionMember]) -> Shared:
    """Which units two regions share. A unit in whole and one in part are both members."""
    rows = build([first, second], members, order="code").rows
    return Shared(
        first=first,
        second=second,
        both=[row for row in rows if row.total == 2],
        only_first=[row for row in rows if row.regions == {first.pk}],
        only_second=[row for row in rows if row.regions == {second.pk}],
    )
