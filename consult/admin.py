"""The administrators' pages of the slices, for Django to find."""

import consult.phase1_organization.admin
import consult.phase3_identification.admin  # noqa: F401 - imported to register
import consult.workflow.admin  # noqa: F401 - imported to register
"""The admin pages of the slices, for Django to find."""

from consult.matters.admin import MatterAdmin, MatterMoveAdmin, StandAdmin
from consult.phase2_preparation.admin import (
    ChangeReasonAdmin,
    CommenterAnswerAdmin,
    DispositionPublicationAdmin,
    RoundAdmin,
    RoundInviteeAdmin,
)

__all__ = [
    "ChangeReasonAdmin",
    "CommenterAnswerAdmin",
    "DispositionPublicationAdmin",
    "MatterAdmin",
    "MatterMoveAdmin",
    "RoundAdmin",
    "RoundInviteeAdmin",
    "StandAdmin",
]
