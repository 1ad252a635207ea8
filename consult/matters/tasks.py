"""The sweeper of the ladder: raises as the system what is overdue. Safe to run twice."""

from datetime import datetime

from consult.matters.actions import raise_overdue
from consult.matters.queries import overdue_matters
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Conflict


def raise_overdue_matters(now: datetime) -> int:
    """One step up for every overdue matter below the top; returns how many were raised here."""
    raised = 0
    for matter in overdue_matters(at=now):
        try:
            raise_overdue(actor=SYSTEM, matter=matter, at=now)
        except Conflict:
            continue  # raised, closed or given more time meanwhile; or at the top already
        raised += 1
    return raised
