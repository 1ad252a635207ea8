"""Input shapes of the pages of joint preparation."""

from consult.phase2_preparation.forms.comments import (
    CommentForm,
)
from consult.phase2_preparation.forms.dispositions import (
    AnswerForm,
    DispositionForm,
    ExplainForm,
)
from consult.phase2_preparation.forms.filters import FilterForm
from consult.phase2_preparation.forms.given import (
    LetterForm,
    ReasonForm,
)
from consult.phase2_preparation.forms.replies import (
    ReplyForm,
)
from consult.phase2_preparation.forms.rounds import (
    ExtendForm,
    OpenRoundForm,
    OpinionForm,
)

__all__ = [
    "AnswerForm",
    "CommentForm",
    "DispositionForm",
    "ExplainForm",
    "ExtendForm",
    "FilterForm",
    "LetterForm",
    "OpenRoundForm",
    "OpinionForm",
    "ReasonForm",
    "ReplyForm",
]
