"""Forms of the administrative map: the filter of its list, and the administrators' acts."""

from stakeholders.jurisdictions.forms.administration import DaysForm, RenameForm, SucceedForm
from stakeholders.jurisdictions.forms.units import FilterForm

__all__ = ["DaysForm", "FilterForm", "RenameForm", "SucceedForm"]
