"""Boundaries as SVG paths in one frame of a fixed width."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stakeholders.jurisdictions.models import Jurisdiction

WIDTH = 320
MARGIN = 4
# Points closer than this many drawing units cannot be told apart.
STEP = 0.6
Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The path data and the height that belongs to the fixed width."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One unit of a common drawing."""

    jurisdiction: Jurisdiction
    path: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Several units in one frame of the fixed width."""

    shapes: list[Shape]
    width: int
    height: int


def draw(boundary: str | None) -> Outline | None:
    """The outline of a GeoJSON polygon or multipolygon, or None when there is none."""
    rings = list(rings_of(boundary))
    frame = frame_of(rings)
    if frame is None:
        return None
    return Outline(path=path_of(rings, frame), width=WIDTH, height=frame.height)


def draw_together(jurisdictions: Iterable[Jurisdiction]) -> Drawing | None:
    """The outlines of several units on one scale, or None when none of them has one."""
    found = [(one, list(rings_of(one.boundary))) for one in jurisdictions]
    frame = frame_of([ring for _one, rings in found for ring in rings])
    if frame is None:
        return None
    shapes = [Shape(jurisdiction=one, path=path_of(rings, frame)) for one, rings in found if rings]
    return Drawing(shapes=shapes, width=WIDTH, height=frame.height)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Plate carrée with the scale of the middle latitude: true enough for a unit's shape.

    `across` and `down` are drawing units per degree of longitude and of latitude.
    """

    west: float
    north: float
    across: float
    down: float
    height: int

    def place(self, point: Point) -> Point:
        lon, lat = point
        return (lon - self.west) * self.across + MARGIN, (self.north - lat) * self.down + MARGIN


def frame_of(rings: list[list[Point]], *, air: float = 0) -> Frame | None:
    """The frame around the rings, or None without any; `air` is a share added on each side."""
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    wide, high = (east - west) * air, (north - south) * air
    west, east, south, north = west - wide, east + wide, south - high, north + high
    narrowing = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * narrowing, 1e-9)
    height = math.ceil((north - south) * scale) + 2 * MARGIN
    return Frame(west=west, north=north, across=narrowing * scale, down=scale, height=height)


def path_of(rings: list[list[Point]], frame: Frame) -> str:
    """SVG path data of the rings, specks left out."""
    parts = [_subpath([frame.place(point) for point in ring]) for ring in rings]
    return " ".join(part for part in parts if part)


def rings_of(boundary: str | None) -> Iterator[list[Point]]:
    """The rings of a GeoJSON polygon or multipolygon; none without a boundary."""
    if not boundary:
        return
    geometry = json.loads(boundary)
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    for polygon in polygons:
        for ring in polygon:
            yield [(float(point[0]), float(point[1])) for point in ring]


def _subpath(ring: list[Point]) -> str:
    """`M…L…Z`, thinned to points that can be seen; "" for a speck."""
    kept = ring[:1]
    for point in ring[1:]:
        if math.dist(point, kept[-1]) >= STEP:
            kept.append(point)
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"
