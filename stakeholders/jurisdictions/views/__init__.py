"""Pages of the administrative map."""

from stakeholders.jurisdictions.views.calendar import calendar_now, calendar_year
from stakeholders.jurisdictions.views.regions import region_detail, region_list
from stakeholders.jurisdictions.views.units import jurisdiction_detail, jurisdiction_list

__all__ = [
    "calendar_now",
    "calendar_year",
    "jurisdiction_detail",
    "jurisdiction_list",
    "region_detail",
    "region_list",
]
