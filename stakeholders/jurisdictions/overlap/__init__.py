"""Regions by units: which circles share members, as a table and as bars over the years. Pure."""

from stakeholders.jurisdictions.overlap.bars import Bars, draw_bars
from stakeholders.jurisdictions.overlap.table import (
    Cell,
    Overlap,
    Shared,
    UnitRow,
    build,
    compare,
)

__all__ = [
    "Bars",
    "Cell",
    "Overlap",
    "Shared",
    "UnitRow",
    "build",
    "compare",
    "draw_bars",
]
