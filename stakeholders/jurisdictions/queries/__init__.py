"""Reads of the administrative map. It is public reference data, so no reader needs an actor."""

from stakeholders.jurisdictions.queries.deliveries import (
    counts_of,
    deliveries_of,
    get_delivery,
    rows_of,
)
from stakeholders.jurisdictions.queries.regions import (
    MembershipChange,
    all_regions,
    get_region,
    members,
    membership_change,
    regions_of,
)
from stakeholders.jurisdictions.queries.units import (
    HEAVY,
    Branch,
    Neighbour,
    all_jurisdictions,
    ancestors,
    descendants,
    find_jurisdictions,
    get_jurisdiction,
    levels_by_code,
    neighbours,
    neighbours_of,
    parents_by_code,
    provinces,
    tree,
)

__all__ = [
    "HEAVY",
    "Branch",
    "MembershipChange",
    "Neighbour",
    "all_jurisdictions",
    "all_regions",
    "ancestors",
    "counts_of",
    "deliveries_of",
    "descendants",
    "find_jurisdictions",
    "get_delivery",
    "get_jurisdiction",
    "get_region",
    "levels_by_code",
    "members",
    "membership_change",
    "neighbours",
    "neighbours_of",
    "parents_by_code",
    "provinces",
    "regions_of",
    "rows_of",
    "tree",
]
