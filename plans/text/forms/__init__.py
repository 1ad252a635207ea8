"""Forms of the working draft."""

from plans.text.forms.claims import (
    DRAFT,
    AnswerForm,
    CompareForm,
    TermForm,
)
from plans.text.forms.drafting import (
    NONE,
    ChapterForm,
    MoveForm,
    NewProvisionForm,
    ProvisionForm,
    initial_of,
)

__all__ = [
    "DRAFT",
    "NONE",
    "AnswerForm",
    "ChapterForm",
    "CompareForm",
    "MoveForm",
    "NewProvisionForm",
    "ProvisionForm",
    "TermForm",
    "initial_of",
]
