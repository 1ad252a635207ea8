"""The sweepers of matters: raise what is overdue, tell whose counterpart lapsed. Safe to run twice."""

from datetime import datetime

from consult.matters.actions import raise_overdue, tell_lapsed
from consult.matters.queries import overdue_matters, tied_matters
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


def tell_lapsed_commitments(now: datetime) -> int:
    """Tell who relied on a commitment that has lapsed; returns of how many it was told here."""
    return sum(tell_lapsed(actor=SYSTEM, matter=one, at=now) for one in tied_matters())
