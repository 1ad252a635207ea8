"""Input shapes of the pages of joint preparation."""

from consult.phase2_preparation.forms.answers import AnswerForm as BodyAnswerForm
from consult.phase2_preparation.forms.answers import (
    EnterAnswerForm,
    SymposiumForm,
    opinion_rows,
)
from consult.phase2_preparation.forms.comments import (
    CommentForm,
)
from consult.phase2_preparation.forms.dispositions import (
    AnswerForm,
    DispositionForm,
    ExplainForm,
    FilterForm,
)
from consult.phase2_preparation.forms.given import (
    LetterForm,
    ReasonForm,
)
from consult.phase2_preparation.forms.replies import (
    ReplyForm,
)
from consult.phase2_preparation.forms.rounds import (
    AdmitLateForm,
    ExtendForm,
    OpenRoundForm,
    OpinionForm,
    RecallForm,
)

__all__ = [
    "AdmitLateForm",
    "AnswerForm",
    "BodyAnswerForm",
    "CommentForm",
    "DispositionForm",
    "EnterAnswerForm",
    "ExplainForm",
    "ExtendForm",
    "FilterForm",
    "LetterForm",
    "OpenRoundForm",
    "OpinionForm",
    "ReasonForm",
    "RecallForm",
    "ReplyForm",
    "SymposiumForm",
    "opinion_rows",
]
