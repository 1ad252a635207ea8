"""What the hour does: ballots of meetings end. Safe to run twice."""

from datetime import datetime

from consult.ballots.enums import SubjectKind
from consult.ballots.queries import due_ballots
from consult.meetings.actions import close_decision_ballot
from consult.meetings.queries import find_item
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Conflict, NotVisible, Refused


def close_due_decisions(now: datetime) -> int:
    """Let the rule decide on what was put to the parties at meetings until now; how many."""
    closed = 0
    for ballot in due_ballots([SubjectKind.MEETING_DECISION.value], at=now):
        item = find_item(plan=ballot.plan, pk=int(ballot.subject_id))
        if item is None:
            continue
        try:
            close_decision_ballot(actor=SYSTEM, plan=ballot.plan, meeting=item.meeting, item=item)
        except (Conflict, NotVisible, Refused):
            continue  # ended meanwhile, or its subject was changed
        closed += 1
    return closed
