"""The sweepers of phase 1: answers that begin to count when their mandate is confirmed, ballots
that end by their hour, parties whose notice has run out. Safe to run twice."""

from collections.abc import Callable
from datetime import datetime

from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot
from consult.ballots.queries import due_ballots
from consult.phase1_organization.actions import (
    close_accession_ballot,
    close_base_ballot,
    close_charter_ballot,
    count_answer,
    leave,
)
from consult.phase1_organization.membership import due_withdrawals, get_accession
from consult.phase1_organization.queries import answers_to_count, get_charter
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Blocked, Conflict, Refused


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


def _close_charter(ballot: Ballot) -> object:
    charter = get_charter(ballot.plan, number=int(ballot.subject_id))
    return close_charter_ballot(actor=SYSTEM, charter=charter)


def _close_base(ballot: Ballot) -> object:
    return close_base_ballot(actor=SYSTEM, plan=ballot.plan)


def _close_accession(ballot: Ballot) -> object:
    accession = get_accession(ballot.plan, number=int(ballot.subject_id))
    return close_accession_ballot(actor=SYSTEM, accession=accession)


CLOSERS: dict[str, Callable[[Ballot], object]] = {
    SubjectKind.CHARTER.value: _close_charter,
    SubjectKind.BASE.value: _close_base,
    SubjectKind.ACCESSION.value: _close_accession,
}


def close_due_ballots(now: datetime) -> int:
    """Let the rule decide on what was put to the parties until now; returns how many."""
    closed = 0
    for ballot in due_ballots(list(CLOSERS), at=now):
        try:
            CLOSERS[ballot.subject_kind](ballot)
        except (Conflict, Refused):
            continue  # ended meanwhile, its subject was changed, or the plan has moved on
        closed += 1
    return closed


def let_parties_leave(now: datetime) -> int:
    """Let the parties leave whose notice has run out and who have settled all; returns how many."""
    left = 0
    for withdrawal in due_withdrawals(at=now):
        try:
            leave(actor=SYSTEM, withdrawal=withdrawal)
        except (Blocked, Conflict, Refused):
            continue  # the joint office has the duty to see to it
        left += 1
    return left
