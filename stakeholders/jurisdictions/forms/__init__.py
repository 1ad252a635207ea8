"""The filters above the lists of the administrative map; they live in the address of the page."""

from stakeholders.jurisdictions.forms.administration import (
    DaysForm,
    RenameForm,
    SucceedForm,
)
from stakeholders.jurisdictions.forms.overlap import (
    OverlapForm,
)
from stakeholders.jurisdictions.forms.units import (
    FilterForm,
)

__all__ = [
    "DaysForm",
    "FilterForm",
    "OverlapForm",
    "RenameForm",
    "SucceedForm",
]
