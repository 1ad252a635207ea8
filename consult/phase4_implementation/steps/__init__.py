"""Row writes of phase 4."""

from consult.phase4_implementation.steps.case_acts import (
    effect_of_case,
    open_again,
    put_on_record,
    tell_of_case,
    tell_opened,
    today,
)
from consult.phase4_implementation.steps.cases import (
    AnswerText,
    add_answer,
    add_end,
    add_move,
    add_view,
    days_for,
    open_case,
)
from consult.phase4_implementation.steps.readings import (
    Measured,
    add_readings,
    raise_warnings,
)
from consult.phase4_implementation.steps.statuses import (
    Said,
    add_report,
    take_up,
)

__all__ = [
    "AnswerText",
    "Measured",
    "Said",
    "add_answer",
    "add_end",
    "add_move",
    "add_readings",
    "add_report",
    "add_view",
    "days_for",
    "effect_of_case",
    "open_again",
    "open_case",
    "put_on_record",
    "raise_warnings",
    "take_up",
    "tell_of_case",
    "tell_opened",
    "today",
]
