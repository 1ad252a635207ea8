"""Forms of the working draft."""

from plans.text.forms.amendments import (
    AmendmentFilterForm,
    AmendmentForm,
    DeclineForm,
    PutTogetherForm,
)
from plans.text.forms.drafting import (
    NONE,
    ChapterEditForm,
    ChapterForm,
    MoveForm,
    NewProvisionForm,
    ProvisionForm,
    initial_of,
)
from plans.text.forms.moving import (
    MoveSelectedForm,
)
from plans.text.forms.notes import (
    NoteForm,
)
from plans.text.forms.typed import (
    change_in_words,
    initial_of_typed,
    merged_in_words,
    typed_of,
    with_choices,
)

__all__ = [
    "NONE",
    "AmendmentFilterForm",
    "AmendmentForm",
    "ChapterEditForm",
    "ChapterForm",
    "DeclineForm",
    "MoveForm",
    "MoveSelectedForm",
    "NewProvisionForm",
    "NoteForm",
    "ProvisionForm",
    "PutTogetherForm",
    "change_in_words",
    "initial_of",
    "initial_of_typed",
    "merged_in_words",
    "typed_of",
    "with_choices",
]
