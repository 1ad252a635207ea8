"""The sweepers of phase 1: answers that begin to count when their mandate is confirmed, ballots
that end by their hour. Safe to run twice."""

from datetime import datetime

from consult.ballots.enums import SubjectKind
from consult.ballots.queries import due_ballots
from consult.phase1_organization.actions import (
    close_base_ballot,
    close_charter_ballot,
    count_answer,
)
from consult.phase1_organization.queries import answers_to_count, get_charter
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Conflict, Refused


def count_confirmed_answers(_now: datetime) -> int:
    """Let every confirmed acceptance count; returns how many jurisdictions joined."""
    counted = 0
    for answer in answers_to_count():
        try:
            count_answer(actor=SYSTEM, answer=answer)
        except Conflict:
            continue  # another sweep did meanwhile, or the plan has moved on
        counted += 1
    return counted


def close_due_ballots(now: datetime) -> int:
    """Let the rule decide on charters and base sets whose hour has come; returns how many."""
    closed = 0
    for ballot in due_ballots([SubjectKind.CHARTER, SubjectKind.BASE], at=now):
        try:
            if ballot.subject_kind == SubjectKind.BASE:
                close_base_ballot(actor=SYSTEM, plan=ballot.plan)
            else:
                charter = get_charter(ballot.plan, number=int(ballot.subject_id))
                close_charter_ballot(actor=SYSTEM, charter=charter)
        except (Conflict, Refused):
            continue  # ended meanwhile, its subject was changed, or the plan has moved on
        closed += 1
    return closed
