"""The sweeper of rounds: closes as the system what is due. Safe to run twice."""

from datetime import datetime

from consult.phase2_preparation.actions import close_round
from consult.phase2_preparation.queries import due_rounds
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Conflict


def close_due_rounds(now: datetime) -> int:
    """Close every round whose hour has come; returns how many were closed here."""
    closed = 0
    for one in due_rounds(at=now):
        try:
            close_round(actor=SYSTEM, plan=one.plan, one=one)
        except Conflict:
            continue  # another sweep closed it, or it was extended meanwhile
        closed += 1
    return closed
