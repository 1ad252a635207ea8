"""Pages of the common implementation."""

from consult.phase4_implementation.views.case_acts import (
    answer_case,
    close_case,
    raise_case,
    view_case,
)
from consult.phase4_implementation.views.cases import (
    case_detail,
    case_file,
    case_list,
    case_table,
)
from consult.phase4_implementation.views.commitments import (
    commitments,
)
from consult.phase4_implementation.views.front import (
    home,
)
from consult.phase4_implementation.views.gantt import (
    gantt,
    wall,
)
from consult.phase4_implementation.views.imports import (
    import_readings,
    reading_preview,
    reading_template,
)
from consult.phase4_implementation.views.indicators import (
    indicator_detail,
    indicator_list,
    indicator_table,
)
from consult.phase4_implementation.views.readings import (
    reading_file,
    report_reading,
)
from consult.phase4_implementation.views.statuses import (
    blockage_to_matter,
    project_detail,
    report_file,
    report_status,
)
from consult.phase4_implementation.views.warnings import (
    warning_detail,
)

__all__ = [
    "answer_case",
    "blockage_to_matter",
    "case_detail",
    "case_file",
    "case_list",
    "case_table",
    "close_case",
    "commitments",
    "gantt",
    "home",
    "import_readings",
    "indicator_detail",
    "indicator_list",
    "indicator_table",
    "project_detail",
    "raise_case",
    "reading_file",
    "reading_preview",
    "reading_template",
    "report_file",
    "report_reading",
    "report_status",
    "view_case",
    "wall",
    "warning_detail",
]
