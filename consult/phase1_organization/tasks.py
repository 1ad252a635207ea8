"""The sweeper of answers that begin to count when their mandate is confirmed. Safe to run twice."""

from datetime import datetime

from consult.phase1_organization.actions import count_answer
from consult.phase1_organization.queries import answers_to_count
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Conflict


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
