"""Forms of the working draft."""

from plans.text.forms.drafting import (
    NONE,
    ChapterForm,
    MoveForm,
    NewProvisionForm,
    ProvisionForm,
    initial_of,
)

__all__ = [
    "NONE",
    "ChapterForm",
    "MoveForm",
    "NewProvisionForm",
    "ProvisionForm",
    "initial_of",
]
