"""The sweeper of sign-offs: closes as the system what is due. Safe to run twice."""

from datetime import datetime

from consult.phase3_identification.actions import close_sign_off, tell_passed
from consult.phase3_identification.queries import due_sign_offs, passed_drafts
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Blocked, Conflict


def close_due_sign_offs(now: datetime) -> int:
    """Close every sign-off whose hour has come; returns how many were closed here."""
    closed = 0
    for sign_off in due_sign_offs(now=now):
        try:
            close_sign_off(actor=SYSTEM, plan=sign_off.plan)
        except (Blocked, Conflict):
            continue  # an override can still be prepared, or another sweep closed it meanwhile
        closed += 1
    return closed


def tell_ready_positions(now: datetime) -> int:
    """Tell signatories what has passed its last step; returns of how many they were told here."""
    return sum(tell_passed(actor=SYSTEM, draft=draft) for draft in passed_drafts())
