"""Sign-off of a frozen revision, item by item; reservations; the common statement."""

from consult.phase3_identification.models.autosaves import PositionAutosave, PreparedAutosave
from consult.phase3_identification.models.conditions import (
    Condition,
    ConditionConfirmation,
    ConditionReport,
)
from consult.phase3_identification.models.overrides import Override
from consult.phase3_identification.models.positions import Declaration
from consult.phase3_identification.models.prepared import PositionDraft
from consult.phase3_identification.models.reopening import (
    ReopeningAnswer,
    ReopeningItem,
    ReopeningRequest,
)
from consult.phase3_identification.models.reservations import Reservation, ReservationLift
from consult.phase3_identification.models.sign_offs import SignOff, SignOffBallot, SignOffEnd
from consult.phase3_identification.models.statements import (
    CommonStatement,
    PartialAdoption,
    Signature,
    StatementNumber,
)

__all__ = [
    "CommonStatement",
    "Condition",
    "ConditionConfirmation",
    "ConditionReport",
    "Declaration",
    "Override",
    "PartialAdoption",
    "PositionAutosave",
    "PositionDraft",
    "PreparedAutosave",
    "ReopeningAnswer",
    "ReopeningItem",
    "ReopeningRequest",
    "Reservation",
    "ReservationLift",
    "SignOff",
    "SignOffBallot",
    "SignOffEnd",
    "Signature",
    "StatementNumber",
]
