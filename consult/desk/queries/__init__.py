"""Whose move it is, collected from all phases: a fixed number of queries for any number of plans."""

from consult.desk.queries.awaiting import awaited_by
from consult.desk.queries.collecting import (
    all_plans,
    collect,
    duties_of,
    in_order,
    mine_of,
    plans_of,
)
from consult.desk.queries.home import Desk, OwnCount, awaited_lines, desk_of, lines_of
from consult.desk.queries.late import Asked, LateTable, late_table
from consult.desk.queries.moved import Moved, moved_since
from consult.desk.queries.reminded import Reminded, reminded_of
from consult.desk.queries.standings import (
    OFFICE,
    PERSONS,
    Holder,
    Standing,
    holder_names,
    holder_of,
    overdue_of,
    overseen_duties,
    standing_code,
    standings_of,
)

__all__ = [
    "OFFICE",
    "PERSONS",
    "Asked",
    "Desk",
    "Holder",
    "LateTable",
    "Moved",
    "OwnCount",
    "Reminded",
    "Standing",
    "all_plans",
    "awaited_by",
    "awaited_lines",
    "collect",
    "desk_of",
    "duties_of",
    "holder_names",
    "holder_of",
    "in_order",
    "late_table",
    "lines_of",
    "mine_of",
    "moved_since",
    "overdue_of",
    "overseen_duties",
    "plans_of",
    "reminded_of",
    "standing_code",
    "standings_of",
]
