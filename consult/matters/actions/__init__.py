"""The acts on matters: each requires its right, does it once, and puts it on record."""

from consult.matters.actions.climbing import ask_raise, raise_matter, raise_overdue, reschedule
from consult.matters.actions.commitments import (
    confirm_commitment,
    give_commitment,
    propose_commitment,
    report_commitment,
    take_back_commitment,
    tell_lapsed,
)
from consult.matters.actions.matters import (
    DATA,
    import_matters,
    open_matter,
    reopen_matter,
    state_fact,
    take_stand,
)
from consult.matters.actions.options import (
    answer_option,
    propose_option,
    revise_option,
    withdraw_option,
)
from consult.matters.actions.outcomes import (
    answer_agreement,
    close_matter,
    object_to_withdrawal,
    propose_agreement,
    withdraw_matter,
)
from consult.matters.actions.parties import join_matter, leave_matter, link_items

__all__ = [
    "DATA",
    "answer_agreement",
    "answer_option",
    "ask_raise",
    "close_matter",
    "confirm_commitment",
    "give_commitment",
    "import_matters",
    "join_matter",
    "leave_matter",
    "link_items",
    "object_to_withdrawal",
    "open_matter",
    "propose_agreement",
    "propose_commitment",
    "propose_option",
    "raise_matter",
    "raise_overdue",
    "reopen_matter",
    "report_commitment",
    "reschedule",
    "revise_option",
    "state_fact",
    "take_back_commitment",
    "take_stand",
    "tell_lapsed",
    "withdraw_matter",
    "withdraw_option",
]
