"""The sweepers: tell what opens, close what is due, send links again. Safe to run twice."""

from datetime import datetime

from consult.phase2_preparation.actions import begin_round, close_round
from consult.phase2_preparation.actions.experts import remind_due_invitations
from consult.phase2_preparation.queries import due_rounds, rounds_to_begin
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


def begin_due_rounds(now: datetime) -> int:
    """Tell the opening of every announced round whose hour has come; how many were told here."""
    begun = 0
    for one in rounds_to_begin(at=now):
        try:
            begin_round(actor=SYSTEM, plan=one.plan, one=one)
        except Conflict:
            continue  # another sweep told it, or it was recalled meanwhile
        begun += 1
    return begun


def remind_by_link(now: datetime) -> int:
    """Send the links of invited people once more before their last day; says how many."""
    return remind_due_invitations(actor=SYSTEM, now=now)
