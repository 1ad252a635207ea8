"""The filters above the lists of the administrative map; they live in the address of the page."""

from stakeholders.jurisdictions.forms.overlap import OverlapForm
from stakeholders.jurisdictions.forms.units import FilterForm

__all__ = ["FilterForm", "OverlapForm"]
