"""Acts of phase 4."""

from consult.phase4_implementation.actions.blockages import (
    blockage_to_matter,
)
from consult.phase4_implementation.actions.case_ends import (
    Ending,
    close_case,
)
from consult.phase4_implementation.actions.cases import (
    answer_case,
    raise_case,
    raise_overdue_case,
    view_case,
)
from consult.phase4_implementation.actions.imports import (
    import_readings,
)
from consult.phase4_implementation.actions.readings import (
    report_reading,
)
from consult.phase4_implementation.actions.statuses import (
    report_status,
)

__all__ = [
    "Ending",
    "answer_case",
    "blockage_to_matter",
    "close_case",
    "import_readings",
    "raise_case",
    "raise_overdue_case",
    "report_reading",
    "report_status",
    "view_case",
]
