"""Whose move it is in joint preparation; a fixed number of queries over many plans."""

from collections.abc import Sequence
from datetime import datetime

from consult.phase2_preparation.duties.advice import advice_duties
from consult.phase2_preparation.duties.checklists import paper_duties
from consult.phase2_preparation.duties.comments import clearance_duties
from consult.phase2_preparation.duties.dispositions import disposition_duties, office_duties
from consult.phase2_preparation.duties.experts import duties_of_experts, expert_duties
from consult.phase2_preparation.duties.rounds import answer_duties, letter_duties
from consult.phase2_preparation.duties.waiting import (
    ASKING,
    DECIDING,
    TAKING,
    Waiting,
    waiting_in,
)
from plans.register.models import Plan
from stakeholders.terms.duty import Duty

__all__ = ["duties", "duties_of_experts"]


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Answer a round, send its letter, clear comments, decide, publish, answer a disposition, file
    papers, advise, ask experts. At most fourteen queries, one where nothing waits.
    """
    keys = {plan.pk: plan.key for plan in plans}
    there = waiting_in(list(keys), now=now)
    return [
        *(answer_duties(keys, now) if there & TAKING else ()),
        *(letter_duties(keys, now) if Waiting.LETTER in there else ()),
        *(clearance_duties(keys, now) if there & TAKING else ()),
        *(office_duties(keys, now) if there & DECIDING else ()),
        *(disposition_duties(keys) if Waiting.SHOWN_DISPOSITION in there else ()),
        *paper_duties(plans, now),
        *(advice_duties(keys) if Waiting.ADVICE in there else ()),
        *(expert_duties(keys, now) if there & ASKING else ()),
    ]
