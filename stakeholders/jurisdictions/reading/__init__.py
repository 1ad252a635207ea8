"""Reads delivered tables into plain rows, or stops with file, line, column and reason."""

from stakeholders.jurisdictions.reading.regions import MemberRow, RegionRow, read_regions
from stakeholders.jurisdictions.reading.rows import Line, RowError, read_table
from stakeholders.jurisdictions.reading.timeline import Platform, platforms, read_platforms
from stakeholders.jurisdictions.reading.units import Layer, PairRow, UnitRow, read_layer
from stakeholders.jurisdictions.reading.workdays import DayRow, read_workdays

__all__ = [
    "DayRow",
    "Layer",
    "Line",
    "MemberRow",
    "PairRow",
    "Platform",
    "RegionRow",
    "RowError",
    "UnitRow",
    "platforms",
    "read_layer",
    "read_platforms",
    "read_regions",
    "read_table",
    "read_workdays",
]
