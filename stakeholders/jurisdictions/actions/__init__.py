"""Changes of the administrative map and of the calendar."""

from stakeholders.jurisdictions.actions.calendar import enter_days
from stakeholders.jurisdictions.actions.imports import (
    DATA,
    ImportResult,
    import_jurisdictions,
    import_regions,
)
from stakeholders.jurisdictions.actions.succession import rename, succeed

__all__ = [
    "DATA",
    "ImportResult",
    "enter_days",
    "import_jurisdictions",
    "import_regions",
    "rename",
    "succeed",
]
