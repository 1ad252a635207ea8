"""Phase 4: reports on projects, readings of indicators, warnings and their cases."""

from consult.phase4_implementation.models.cases import (
    Case,
    CaseAnswer,
    CaseEnd,
    CaseMove,
    CaseParty,
    CaseView,
)
from consult.phase4_implementation.models.readings import PERIOD, Reading, ThresholdWarning
from consult.phase4_implementation.models.reports import BlockageMatter, StatusReport

__all__ = [
    "PERIOD",
    "BlockageMatter",
    "Case",
    "CaseAnswer",
    "CaseEnd",
    "CaseMove",
    "CaseParty",
    "CaseView",
    "Reading",
    "StatusReport",
    "ThresholdWarning",
]
