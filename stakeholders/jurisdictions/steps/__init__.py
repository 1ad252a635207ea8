"""Row writes of the administrative map and of the calendar."""

from stakeholders.jurisdictions.steps.calendar import add_days
from stakeholders.jurisdictions.steps.imports import (
    Counts,
    clean_unit,
    lock_import,
    paths_of,
    save_members,
    save_pairs,
    save_paths,
    save_regions,
    save_units,
)
from stakeholders.jurisdictions.steps.succession import NAMES, close_unit, give_name, lock_units

__all__ = [
    "NAMES",
    "Counts",
    "add_days",
    "clean_unit",
    "close_unit",
    "give_name",
    "lock_import",
    "lock_units",
    "paths_of",
    "save_members",
    "save_pairs",
    "save_paths",
    "save_regions",
    "save_units",
]
