"""Pages of the administrative map, for everybody who is signed in."""

from stakeholders.jurisdictions.views.calendar import (
    calendar_now,
    calendar_year,
)
from stakeholders.jurisdictions.views.overlap import (
    overlap_table,
    overlap_view,
)
from stakeholders.jurisdictions.views.regions import (
    region_detail,
    region_list,
    region_table,
    timeline,
)
from stakeholders.jurisdictions.views.units import (
    jurisdiction_detail,
    jurisdiction_list,
    jurisdiction_table,
)

__all__ = [
    "calendar_now",
    "calendar_year",
    "jurisdiction_detail",
    "jurisdiction_list",
    "jurisdiction_table",
    "overlap_table",
    "overlap_view",
    "region_detail",
    "region_list",
    "region_table",
    "timeline",
]
