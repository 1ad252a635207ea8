"""What an entered act says: a plain mapping, and the arguments of the act it is done as."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from consult.ballots.steps import Letter as BallotLetter
from consult.matters.steps import Wording
from consult.phase1_organization.steps import Reply as Answer
from consult.phase2_preparation.steps import Letter as ReplyLetter
from consult.phase2_preparation.steps import Opinion, Remark
from consult.phase3_identification.steps import ReservationText, Stand
from consult.spoken.models import EnteredAct
from stakeholders.files.models import StoredFile
from stakeholders.people.enums import EvidenceKind

Said = Mapping[str, Any]


def said_in(act: EnteredAct) -> Said:
    """What the party is said to have said."""
    said: Said = json.loads(act.content)["said"]
    return said


def _text(said: Said, name: str) -> str:
    return str(said.get(name) or "").strip()


def _rows(said: Said, name: str) -> Sequence[Said]:
    rows = said.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def answer_in(
    said: Said, *, number: str = "", on: date | None = None, file: StoredFile | None = None
) -> Answer:
    return Answer(
        answer=_text(said, "answer"),
        role_asked=_text(said, "role_asked"),
        text=_text(said, "text"),
        letter_number=number,
        letter_on=on,
        letter_file=file,
    )


def remarks_in(said: Said) -> list[Opinion]:
    return [
        Opinion(
            remark=Remark(
                type=_text(row, "type"),
                text_zh=_text(row, "text_zh"),
                text_en=_text(row, "text_en"),
                wording_zh=_text(row, "wording_zh"),
                wording_en=_text(row, "wording_en"),
            ),
            item_key=_text(row, "item"),
        )
        for row in _rows(said, "remarks")
    ]


def stand_in(said: Said) -> tuple[str, Wording]:
    """Value and words of a stand on a matter."""
    return _text(said, "value"), Wording(zh=_text(said, "text_zh"), en=_text(said, "text_en"))


def general_in(said: Said) -> Stand:
    return Stand(value=_text(said, "value"), text=_text(said, "text"))


def exceptions_in(said: Said) -> list[Stand]:
    return [
        Stand(
            item=_text(row, "item"),
            value=_text(row, "value"),
            text=_text(row, "text"),
            wording=_text(row, "wording"),
            reservation=_reservation(row),
        )
        for row in _rows(said, "exceptions")
    ]


def _reservation(row: Said) -> ReservationText:
    review = _text(row, "review_on")
    return ReservationText(
        text_en=_text(row, "text_en"),
        scope=_text(row, "scope"),
        review_on=date.fromisoformat(review) if review else None,
        lifted_if_zh=_text(row, "lifted_if_zh"),
        lifted_if_en=_text(row, "lifted_if_en"),
    )


def reply_letter(act: EnteredAct) -> ReplyLetter:
    """The evidence as the letter that carries a reply."""
    return ReplyLetter(number=act.evidence_number, on=act.evidence_on, file=letter_file(act))


def letter_file(act: EnteredAct) -> StoredFile | None:
    """The scan of the evidence where that is the party's own letter; a note of a call or minutes
    are the joint office's paper and stay with the entry."""
    return act.evidence_file if act.evidence_kind == EvidenceKind.LETTER else None


def ballot_letter(act: EnteredAct) -> BallotLetter:
    """The evidence as the letter that carries a position."""
    return BallotLetter(number=act.evidence_number, on=act.evidence_on)
