"""A small map: outlines with names and a scale bar. What it shows also stands in a table."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shapely import GEOSException, Polygon, clip_by_rect, get_parts
from shapely.geometry.base import BaseGeometry

from stakeholders.jurisdictions.outline.frame import (
    MARGIN,
    WIDTH,
    Frame,
    Point,
    frame_of,
    path_of,
    rings_of,
)

KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6,371 km
FOOT = 26  # room for the scale bar below the map
LONGEST_BAR = 90
TEXT_HEIGHT = 13
WIDE, NARROW = 11.0, 6.0  # room of a Chinese and of a Latin character
AROUND = 0.35  # how much of the neighbours shows around one unit
Box = tuple[float, float, float, float]


class Style(StrEnum):
    """How a piece is drawn; the page's key says what it means."""

    OWN = "own"
    NEIGHBOUR = "neighbour"
    ACROSS = "across"
    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One unit to be drawn."""

    label: str
    boundary: str | None
    style: Style


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A piece in its place. `x` and `y` are None where its name finds no room."""

    label: str
    style: Style
    path: str
    x: str | None
    y: str | None


@dataclass(frozen=True, kw_only=True)
class Map:
    """All that the template writes down; lengths are in drawing units, as text."""

    pieces: list[Drawn]
    width: int
    height: int
    foot: int  # where the map ends and the room of the scale bar begins
    bar_y: int
    bar_end: str
    km: int


def draw_map(pieces: Sequence[Piece], *, around: Style | None = None) -> Map | None:
    """The pieces on one scale; None when none of them has a boundary.

    `around` names the style that the frame is drawn about, with some air: the others show as
    far as they reach into it. Without it the frame holds them all.
    """
    found = [(one, list(rings_of(one.boundary))) for one in pieces]
    focus = [r for one, rings in found for r in rings if around in (None, one.style)]
    frame = frame_of(focus, air=AROUND if around else 0)
    if frame is None:
        return None
    names = _names(found, frame)
    drawn = [
        Drawn(label=one.label, style=one.style, path=path, **_at(names.get(number)))
        for number, (one, rings) in enumerate(found)
        if (path := path_of(rings, frame))
    ]
    km, length = _scale(frame)
    return Map(
        # What the frame is drawn about lies on top of its neighbours.
        pieces=sorted(drawn, key=lambda one: one.style == around),
        width=WIDTH,
        height=frame.height + FOOT,
        foot=frame.height,
        bar_y=frame.height + FOOT // 2,
        bar_end=f"{MARGIN + length:.1f}",
        km=km,
    )


def _at(place: Point | None) -> dict[str, str | None]:
    return {"x": f"{place[0]:.1f}", "y": f"{place[1]:.1f}"} if place else {"x": None, "y": None}


def _scale(frame: Frame) -> tuple[int, float]:
    """A round number of kilometres (1, 2 or 5 times a power of ten) and how long it is."""
    per_km = frame.down / KM_PER_DEGREE
    most = max(LONGEST_BAR / per_km, 1)
    power = 10 ** math.floor(math.log10(most))
    km = max(step * power for step in (1, 2, 5) if step * power <= most)
    return km, km * per_km


def _names(found: Iterable[tuple[Piece, list[list[Point]]]], frame: Frame) -> dict[int, Point]:
    """Where the name of each piece stands, by its number; the greater piece chooses first."""
    wishes = []
    for number, (piece, rings) in enumerate(found):
        middle, size = _middle(rings, frame)
        if middle is not None:
            wishes.append((piece.style != Style.OWN, -size, number, piece.label, middle))
    taken: list[Box] = []
    places: dict[int, Point] = {}
    for _rank, _size, number, label, middle in sorted(wishes):
        place, box = _fit(label, middle, frame)
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            places[number] = place
    return places


def _middle(rings: list[list[Point]], frame: Frame) -> tuple[Point | None, float]:
    """A point inside the largest part that shows in the frame, and the size of that part."""
    best: BaseGeometry | None = None
    for ring in rings:
        if len(ring) < 4:
            continue
        placed = Polygon([frame.place(point) for point in ring])
        try:
            seen = clip_by_rect(placed, 0, 0, WIDTH, frame.height)
        except GEOSException:  # a ring that crosses itself keeps its outline, without a name
            continue
        for part in get_parts(seen):
            if part.area and (best is None or part.area > best.area):
                best = part
    if best is None:
        return None, 0
    point = best.representative_point()
    return (point.x, point.y), best.area


def _fit(label: str, middle: Point, frame: Frame) -> tuple[Point, Box]:
    """The place of a centred text moved into the frame, and the box it fills."""
    half = sum(NARROW if one.isascii() else WIDE for one in label) / 2
    x = min(max(middle[0], half), WIDTH - half)
    y = min(max(middle[1], TEXT_HEIGHT / 2), frame.height - TEXT_HEIGHT / 2)
    return (x, y), (x - half, y - TEXT_HEIGHT / 2, x + half, y + TEXT_HEIGHT / 2)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
