"""Forms of the working draft."""

from plans.text.forms.amendments import (
    AmendmentFilterForm,
    AmendmentForm,
    DeclineForm,
    PutTogetherForm,
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
    "NONE",
    "AmendmentFilterForm",
    "AmendmentForm",
    "ChapterForm",
    "DeclineForm",
    "MoveForm",
    "NewProvisionForm",
    "ProvisionForm",
    "PutTogetherForm",
    "initial_of",
]
