"""Boundaries drawn as SVG on the server, so that a page shows the shape without any script."""

from stakeholders.jurisdictions.outline.frame import (
    WIDTH,
    Drawing,
    Outline,
    Shape,
    draw,
    draw_together,
)
from stakeholders.jurisdictions.outline.maps import Map, Piece, Style, draw_map

__all__ = [
    "WIDTH",
    "Drawing",
    "Map",
    "Outline",
    "Piece",
    "Shape",
    "Style",
    "draw",
    "draw_map",
    "draw_together",
]
