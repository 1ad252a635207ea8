"""Where a supervision note (督办单) stands, from its replies and the verdicts on them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoteStage(StrEnum):
    """Whose turn it is."""

    ASKED = "asked"  # the addressee's
    ASKED_AGAIN = "asked_again"
    ANSWERED = "answered"  # the issuer's
    ACCEPTED = "accepted"  # nobody's


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A reply; `accepts` is the issuer's word on it, `due_at` until when it asks again."""

    accepts: bool | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NoteStanding:
    """`due_at` is when the addressee has to answer by; it stays that of the last asking."""

    stage: NoteStage
    due_at: datetime
    is_overdue: bool

    @property
    def is_asked(self) -> bool:
        return self.stage in (NoteStage.ASKED, NoteStage.ASKED_AGAIN)


def note_standing(*, due_at: datetime, answers: Sequence[Answer], now: datetime) -> NoteStanding:
    """The standing at `now`; the newest reply counts, in the order they were given."""
    stage = NoteStage.ASKED
    for one in answers:
        if one.accepts is None:
            stage = NoteStage.ANSWERED
        elif one.accepts:
            stage = NoteStage.ACCEPTED
        else:
            stage, due_at = NoteStage.ASKED_AGAIN, one.due_at or due_at
    asked = stage in (NoteStage.ASKED, NoteStage.ASKED_AGAIN)
    return NoteStanding(stage=stage, due_at=due_at, is_overdue=asked and due_at < now)
