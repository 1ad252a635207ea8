"""Whose move it is in joint preparation; a fixed number of queries over many plans."""

from collections.abc import Sequence
from datetime import datetime

from consult.phase2_preparation.duties.advice import advice_duties
from consult.phase2_preparation.duties.checklists import paper_duties
from consult.phase2_preparation.duties.comments import clearance_duties
from consult.phase2_preparation.duties.dispositions import disposition_duties, office_duties
from consult.phase2_preparation.duties.experts import duties_of_experts, expert_duties
from consult.phase2_preparation.duties.rounds import answer_duties, letter_duties
from plans.register.models import Plan
from stakeholders.terms.duty import Duty

__all__ = ["duties", "duties_of_experts"]


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Answer a round, send its letter, clear comments, decide, publish, answer a disposition, file
    papers, advise, ask experts. At most thirteen queries.
    """
    keys = {plan.pk: plan.key for plan in plans}
    return [
        *answer_duties(keys, now),
        *letter_duties(keys, now),
        *clearance_duties(keys, now),
        *office_duties(keys, now),
        *disposition_duties(keys),
        *paper_duties(plans, now),
        *advice_duties(keys),
        *expert_duties(keys, now),
    ]
