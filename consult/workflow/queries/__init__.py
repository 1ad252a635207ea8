"""What a publishing would do, the way a plan has come, the changes of its text in force."""

from consult.workflow.queries.publishing import (
    SHOWN,
    Change,
    ChangeGroup,
    Moving,
    Pending,
    Since,
    charter_version,
    choices_of_open,
    moving_comments,
    pending,
    phase_steps_of,
    since,
)

__all__ = [
    "SHOWN",
    "Change",
    "ChangeGroup",
    "Moving",
    "Pending",
    "Since",
    "charter_version",
    "choices_of_open",
    "moving_comments",
    "pending",
    "phase_steps_of",
    "since",
]
