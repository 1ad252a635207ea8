"""The public acts of the joint organization."""

from consult.phase1_organization.actions.base_set import (
    close_base_ballot,
    close_base_without_result,
    open_base_ballot,
    recall_base_ballot,
    take_base_position,
)
from consult.phase1_organization.actions.charters import (
    close_charter_ballot,
    close_without_result,
    open_charter_ballot,
    propose_charter,
    recall_charter_ballot,
    take_charter_position,
)
from consult.phase1_organization.actions.invitations import (
    answer_invitation,
    count_answer,
    invite,
)
from consult.phase1_organization.actions.joining import (
    close_accession_ballot,
    close_accession_without_result,
    open_accession_ballot,
    propose_accession,
    recall_accession_ballot,
    take_accession_position,
)
from consult.phase1_organization.actions.leaving import give_notice, leave, recall_notice

__all__ = [
    "answer_invitation",
    "close_accession_ballot",
    "close_accession_without_result",
    "close_base_ballot",
    "close_base_without_result",
    "close_charter_ballot",
    "close_without_result",
    "count_answer",
    "give_notice",
    "invite",
    "leave",
    "open_accession_ballot",
    "open_base_ballot",
    "open_charter_ballot",
    "propose_accession",
    "propose_charter",
    "recall_accession_ballot",
    "recall_base_ballot",
    "recall_charter_ballot",
    "recall_notice",
    "take_accession_position",
    "take_base_position",
    "take_charter_position",
]
