"""Reads delivered tables into plain rows, or stops with file, line, column and reason."""

from stakeholders.jurisdictions.reading.regions import MemberRow, RegionRow, read_regions
from stakeholders.jurisdictions.reading.rows import Line, RowError, read_table
from stakeholders.jurisdictions.reading.timeline import Milestone, milestones, read_milestones
from stakeholders.jurisdictions.reading.units import Layer, PairRow, UnitRow, read_layer

__all__ = [
    "Layer",
    "Line",
    "MemberRow",
    "Milestone",
    "PairRow",
    "RegionRow",
    "RowError",
    "UnitRow",
    "milestones",
    "read_layer",
    "read_milestones",
    "read_regions",
    "read_table",
]
