"""The sweep of the sign-off: closes what is due. Called by the one sweep; safe to run twice."""

from datetime import datetime

from consult.phase3_identification import actions


def close_due_sign_offs(now: datetime) -> int:
    """Close every sign-off whose hour has come; says how many."""
    return actions.close_due_sign_offs(now=now)
