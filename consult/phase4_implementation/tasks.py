"""The sweeper of cases: raises as the system what was not answered in time. Safe to run twice."""

from datetime import datetime

from consult.phase4_implementation.actions import raise_overdue_case
from consult.phase4_implementation.queries import overdue_cases
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Conflict


def raise_overdue_cases(now: datetime) -> int:
    """One step up for every case not answered by its date; returns how many were raised here."""
    raised = 0
    for row in overdue_cases(at=now):
        try:
            raise_overdue_case(actor=SYSTEM, case=row, at=now)
        except Conflict:
            continue  # answered, closed or raised meanwhile
        raised += 1
    return raised
