"""Pages of the administrative map."""

from stakeholders.jurisdictions.views.regions import region_detail, region_list
from stakeholders.jurisdictions.views.units import jurisdiction_detail, jurisdiction_list

__all__ = ["jurisdiction_detail", "jurisdiction_list", "region_detail", "region_list"]
