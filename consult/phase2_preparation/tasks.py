"""The sweepers: close rounds that are due, send links once more. Safe to run twice."""

from datetime import datetime

from consult.phase2_preparation.actions import close_round
from consult.phase2_preparation.actions.experts import remind_due_invitations
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


def remind_by_link(now: datetime) -> int:
    """Send the links of invited people once more before their last day; says how many."""
    return remind_due_invitations(actor=SYSTEM, now=now)
