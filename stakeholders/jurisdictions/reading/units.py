"""The layer of administrative units: units, boundaries, and who borders on whom."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from stakeholders.jurisdictions.enums import Level, Relation
from stakeholders.jurisdictions.reading.rows import Line, RowError, read_table, read_text

UNITS = "jurisdictions.csv"
# The second file is kept by hand: islands and facing shores share no border on a map.
BORDERS = ("adjacency.csv", "adjacency_water.csv")
BOUNDARIES = "boundaries_*.geojson"
NAMES = (
    "name_zh",
    "name_en",
    "name_en_unique",
    "short_zh",
    "short_en",
    "type_zh",
    "type_en",
)
REQUIRED = ("code", "parent_code", "level", *NAMES)
DERIVED = "derived from the borders of lower units"
# Which level's borders are added up for two provinces, the best last.
_PREFERRED = (Level.COUNTRY, Level.PROVINCE, Level.COUNTY, Level.PREFECTURE)


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    line: Line
    code: str
    parent_code: str | None
    level: Level
    names: Mapping[str, str]
    is_municipality: bool
    lon: Decimal | None
    lat: Decimal | None
    area_km2: Decimal | None
    boundary: str | None
    valid_from: date | None
    valid_until: date | None
    successor_code: str | None


@dataclass(frozen=True, kw_only=True)
class PairRow:
    line: Line
    a: str
    b: str
    level: Level
    relation: Relation
    shared_km: Decimal
    source: str
    across_zh: str = ""
    across_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A whole delivered layer. `pairs` is None when the folder brings no borders."""

    units: list[UnitRow]
    pairs: list[PairRow] | None
    has_boundaries: bool
    has_water: bool


def read_layer(
    folder: Path, *, known: Mapping[str, Level], parents: Mapping[str, str | None]
) -> Layer:
    """Read a delivered folder whole; `known` and `parents` describe the units already held.

    RowError at the first thing that cannot be taken.
    """
    boundaries = _read_boundaries(folder)
    units = list(
        _read_units(folder / UNITS, {code: text for code, (_at, text) in boundaries.items()})
    )
    levels = {**known, **{unit.code: unit.level for unit in units}}
    _check_parents(units, levels)
    _check_held(units, levels, parents)
    for code, (at, _text) in boundaries.items():
        if code not in levels:
            raise RowError(file=at, line=0, column=code, reason=_unknown(code))
    if not (folder / BORDERS[0]).exists():
        return Layer(units=units, pairs=None, has_boundaries=bool(boundaries), has_water=False)
    pairs = list(_read_pairs(folder, levels))
    above = {**parents, **{unit.code: unit.parent_code for unit in units}}
    return Layer(
        units=units,
        pairs=pairs + _between_provinces(pairs, levels, above),
        has_boundaries=bool(boundaries),
        has_water=(folder / BORDERS[1]).exists(),
    )


def _unknown(code: str) -> str:
    return _("There is no unit with the code %(code)s.") % {"code": code}


def _read_units(path: Path, boundaries: Mapping[str, str]) -> Iterator[UnitRow]:
    lines: dict[str, int] = {}
    unique: dict[str, int] = {}
    for line in read_table(path, required=REQUIRED):
        unit = read_unit(line, boundaries=boundaries)
        _only_once(line, "code", unit.code, lines)
        if unit.valid_until is None:  # a merged unit may share its name with its successor
            _only_once(line, "name_en_unique", unit.names["name_en_unique"], unique)
        yield unit


def read_unit(line: Line, *, boundaries: Mapping[str, str]) -> UnitRow:
    """One row as a unit, looked at alone. RowError for the first cell that cannot be taken."""
    code = line.code("code")
    begins, ends = line.day("valid_from"), line.day("valid_until")
    if begins and ends and ends <= begins:
        raise line.refuse("valid_until", _("The end lies before the beginning."))
    return UnitRow(
        line=line,
        code=code,
        parent_code=line.code_if_any("parent_code"),
        level=line.choice("level", Level),
        names={name: line.filled(name) for name in NAMES},
        is_municipality=line.flag("is_municipality"),
        lon=line.decimal("lon", places=5, low=-180, high=180),
        lat=line.decimal("lat", places=5, low=-90, high=90),
        area_km2=line.decimal("area_km2", places=2, low=0, high=20_000_000),
        boundary=boundaries.get(code),
        valid_from=begins,
        valid_until=ends,
        successor_code=line.code_if_any("successor_code"),
    )


def _only_once(line: Line, column: str, value: str, seen: dict[str, int]) -> None:
    if value in seen:
        reason = _("“%(value)s” stands already in line %(line)s.")
        raise line.refuse(column, reason % {"value": value, "line": seen[value]})
    seen[value] = line.number


def _check_parents(units: list[UnitRow], levels: Mapping[str, Level]) -> None:
    """Every unit but the country hangs below a unit of a higher level; so no ring can form."""
    for unit in units:
        if unit.successor_code is not None and unit.successor_code not in levels:
            raise unit.line.refuse("successor_code", _unknown(unit.successor_code))
        if unit.parent_code is None:
            if unit.level is not Level.COUNTRY:
                raise unit.line.refuse("parent_code", _("Only the country has no superior unit."))
        elif unit.parent_code not in levels:
            raise unit.line.refuse("parent_code", _unknown(unit.parent_code))
        elif levels[unit.parent_code].rank >= unit.level.rank:
            reason = _("The superior unit %(code)s is not of a higher level.")
            raise unit.line.refuse("parent_code", reason % {"code": unit.parent_code})


def _check_held(
    units: list[UnitRow], levels: Mapping[str, Level], parents: Mapping[str, str | None]
) -> None:
    """A held unit that is not delivered keeps its superior: that one must stay above it."""
    delivered = {unit.code: unit for unit in units}
    for code, parent in parents.items():
        if code in delivered or parent not in delivered:
            continue
        if delivered[parent].level.rank >= levels[code].rank:
            reason = _("The unit %(code)s, which stays below it, is not of a lower level.")
            raise delivered[parent].line.refuse("level", reason % {"code": code})


def _read_pairs(folder: Path, levels: Mapping[str, Level]) -> Iterator[PairRow]:
    seen: dict[str, int] = {}
    for path in (folder / name for name in BORDERS):
        if not path.exists():
            continue
        for line in read_table(path, required=("level", "code_a", "code_b", "relation")):
            a, b = line.code("code_a"), line.code("code_b")
            for column, code in (("code_a", a), ("code_b", b)):
                if code not in levels:
                    raise line.refuse(column, _unknown(code))
            if a >= b:
                raise line.refuse("code_b", _("The smaller code stands first, and no unit twice."))
            _only_once(line, "code_b", f"{a} {b}", seen)
            yield PairRow(
                line=line,
                a=a,
                b=b,
                level=line.choice("level", Level),
                relation=line.choice("relation", Relation),
                shared_km=line.decimal("shared_km", places=1, low=0, high=100_000) or Decimal(0),
                source=line.text("source") or path.name,
                across_zh=line.text("across_zh"),
                across_en=line.text("across_en"),
            )


def _between_provinces(
    pairs: list[PairRow], levels: Mapping[str, Level], parents: Mapping[str, str | None]
) -> list[PairRow]:
    """Borders of provinces that the file lacks, added up from those of a lower level.

    Prefecture borders are used when there are any between the two provinces, county borders
    else: adding both would count each border twice.
    """
    given = {(pair.a, pair.b) for pair in pairs}
    found: dict[tuple[str, str], dict[Level, list[PairRow]]] = {}
    for pair in pairs:
        ends = sorted((_province(pair.a, levels, parents), _province(pair.b, levels, parents)))
        if ends[0] and ends[0] != ends[1] and (ends[0], ends[1]) not in given:
            found.setdefault((ends[0], ends[1]), {}).setdefault(pair.level, []).append(pair)
    return [
        _added_up(a, b, below[max(below, key=_PREFERRED.index)])
        for (a, b), below in sorted(found.items())
    ]


def _province(code: str, levels: Mapping[str, Level], parents: Mapping[str, str | None]) -> str:
    at: str | None = code
    while at is not None and levels[at] is not Level.PROVINCE:
        at = parents.get(at)
    return at or ""


def _added_up(a: str, b: str, below: list[PairRow]) -> PairRow:
    firmest = min(below, key=lambda pair: list(Relation).index(pair.relation))
    return PairRow(
        line=firmest.line,
        a=a,
        b=b,
        level=Level.PROVINCE,
        relation=firmest.relation,
        shared_km=sum((pair.shared_km for pair in below), Decimal(0)),
        source=DERIVED,
    )


def _read_boundaries(folder: Path) -> dict[str, tuple[str, str]]:
    """By code: the file and the geometry as JSON text. Of two files the later name wins."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob(BOUNDARIES)):
        for number, feature in enumerate(_features(path), start=1):
            place = _("feature %(number)s") % {"number": number}
            code = str(_object(_object(feature).get("properties")).get("code", ""))
            geometry = _object(_object(feature).get("geometry"))
            if not code:
                reason = _("The feature has no code.")
                raise RowError(file=path.name, line=0, column=place, reason=reason)
            if not _is_drawn(geometry):
                reason = _("The boundary of %(code)s is no polygon.") % {"code": code}
                raise RowError(file=path.name, line=0, column=place, reason=reason)
            found[code] = (path.name, json.dumps(geometry, separators=(",", ":")))
    return found


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_drawn(geometry: Mapping[str, Any]) -> bool:
    """Whether the geometry is rings of points on the globe, as a drawing needs them."""
    shapes = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        shapes = [shapes]
    elif geometry.get("type") != "MultiPolygon":
        return False
    rings = [ring for shape in _list(shapes) for ring in _list(shape)]
    points = [point for ring in rings for point in _list(ring)]
    return bool(points) and all(map(_list, rings)) and all(map(_is_point, points))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_point(value: object) -> bool:
    """Longitude and latitude, and perhaps a height; NaN is no number."""
    pair = _list(value)[:2]
    numbers = [one for one in pair if isinstance(one, int | float) and not isinstance(one, bool)]
    return len(numbers) == 2 and abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90


def _features(path: Path) -> list[Any]:
    try:
        features = json.loads(read_text(path))["features"]
    except json.JSONDecodeError as error:
        reason = _("This is no valid JSON: %(error)s.") % {"error": error.msg}
        raise RowError(
            file=path.name, line=error.lineno, column=str(error.colno), reason=reason
        ) from None
    except (KeyError, TypeError, ValueError, RecursionError):
        features = None
    if not isinstance(features, list):
        reason = _("This is no GeoJSON feature collection.")
        raise RowError(file=path.name, line=0, column="", reason=reason)
    return features
