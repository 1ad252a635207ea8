"""Input shapes of the pages on meetings."""

from consult.meetings.forms.meetings import (
    AnswerForm,
    AttendanceForm,
    FilterForm,
    ItemForm,
    MeetingForm,
    PaperForm,
)
from consult.meetings.forms.minutes import (
    CommentForm,
    ConfirmForm,
    DecisionForm,
    DraftForm,
    EmptyForm,
    ForwardForm,
    ReasonForm,
    ReplyForm,
    TaskForm,
)

__all__ = [
    "AnswerForm",
    "AttendanceForm",
    "CommentForm",
    "ConfirmForm",
    "DecisionForm",
    "DraftForm",
    "EmptyForm",
    "FilterForm",
    "ForwardForm",
    "ItemForm",
    "MeetingForm",
    "PaperForm",
    "ReasonForm",
    "ReplyForm",
    "TaskForm",
]
