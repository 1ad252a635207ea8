"""Forms of phase 4."""

from consult.phase4_implementation.forms.cases import (
    CaseAnswerForm,
    CaseCloseForm,
    CaseRaiseForm,
    CasesForm,
    CaseViewForm,
)
from consult.phase4_implementation.forms.imports import (
    ReadingTableForm,
)
from consult.phase4_implementation.forms.readings import (
    ReadingForm,
)
from consult.phase4_implementation.forms.standings import (
    StandingFilterForm,
)
from consult.phase4_implementation.forms.statuses import (
    BlockageForm,
    StatusForm,
    WallForm,
    initial_of_blockage,
)

__all__ = [
    "BlockageForm",
    "CaseAnswerForm",
    "CaseCloseForm",
    "CaseRaiseForm",
    "CaseViewForm",
    "CasesForm",
    "ReadingForm",
    "ReadingTableForm",
    "StandingFilterForm",
    "StatusForm",
    "WallForm",
    "initial_of_blockage",
]
