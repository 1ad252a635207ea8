"""Input shapes of the pages of joint preparation."""

from consult.phase2_preparation.forms.answers import (
    BodyAnswerForm,
    EnterAnswerForm,
    SymposiumForm,
    opinion_rows,
)
from consult.phase2_preparation.forms.comments import (
    CommentForm,
    CosignForm,
    NoteForm,
    initial_of_draft,
    initial_of_typed,
)
from consult.phase2_preparation.forms.dispositions import AnswerForm, ExplainForm
from consult.phase2_preparation.forms.filters import FilterForm
from consult.phase2_preparation.forms.given import LetterForm, ReasonForm
from consult.phase2_preparation.forms.handling import (
    AdviceForm,
    AnswersForm,
    AskForm,
    BlockForm,
    PublishForm,
)
from consult.phase2_preparation.forms.outcome import BulkForm, DispositionForm
from consult.phase2_preparation.forms.replies import ReplyForm
from consult.phase2_preparation.forms.rounds import (
    AdmitLateForm,
    ExtendForm,
    OpenRoundForm,
    OpinionForm,
    RecallForm,
)

__all__ = [
    "AdmitLateForm",
    "AdviceForm",
    "AnswerForm",
    "AnswersForm",
    "AskForm",
    "BlockForm",
    "BodyAnswerForm",
    "BulkForm",
    "CommentForm",
    "CosignForm",
    "DispositionForm",
    "EnterAnswerForm",
    "ExplainForm",
    "ExtendForm",
    "FilterForm",
    "LetterForm",
    "NoteForm",
    "OpenRoundForm",
    "OpinionForm",
    "PublishForm",
    "ReasonForm",
    "RecallForm",
    "ReplyForm",
    "SymposiumForm",
    "initial_of_draft",
    "initial_of_typed",
    "opinion_rows",
]
