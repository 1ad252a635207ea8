"""A boundary drawn as one SVG path, so that a page shows the shape without any script."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

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


def draw(boundary: str | None) -> Outline | None:
    """The outline of a GeoJSON polygon or multipolygon, or None when there is none.

    Plate carrée with the scale of the middle latitude: true enough for a unit's shape.
    """
    rings = list(_rings(boundary))
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrowing = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * narrowing, 1e-9)
    height = math.ceil((north - south) * scale) + 2 * MARGIN

    def place(point: Point) -> Point:
        lon, lat = point
        return (lon - west) * narrowing * scale + MARGIN, (north - lat) * scale + MARGIN

    parts = [_subpath([place(point) for point in ring]) for ring in rings]
    return Outline(path=" ".join(part for part in parts if part), width=WIDTH, height=height)


def _rings(boundary: str | None) -> Iterator[list[Point]]:
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
