"""Row writes of what is said of a meeting: attendance, decisions, minutes and words on them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.ballots.models import Ballot
from consult.matters.steps import Wording
from consult.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    MinutesComment,
    MinutesConfirmation,
    MinutesDraft,
    MinutesEdition,
    MinutesLock,
    MinutesReply,
)
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


def add_attendance(
    *,
    meeting: Meeting,
    actor: Actor,
    code: str | None,
    body: int | None = None,
    kind: str,
    speaker: int | None = None,
    remarks: str = "",
) -> Attendance:
    return Attendance.objects.create(
        meeting=meeting,
        jurisdiction_id=code,
        organization_id=body,
        kind=kind,
        speaker_id=speaker,
        remarks=remarks.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_decision(
    *,
    item: AgendaItem,
    mandate_id: int,
    outcome: str,
    text: Wording,
    ballot: Ballot | None = None,
) -> Decision:
    return Decision.objects.create(
        agenda_item=item,
        outcome=outcome,
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        ballot=ballot,
        mandate_id=mandate_id,
        at=clock.now(),
    )


def save_draft(*, meeting: Meeting, draft: MinutesDraft | None, text: Wording) -> MinutesDraft:
    """The text of the minutes as it is now; the caller has compared `edits`."""
    if draft is None:
        return MinutesDraft.objects.create(
            meeting=meeting, text_zh=text.zh, text_en=text.en, changed_at=clock.now()
        )
    draft.text_zh, draft.text_en = text.zh, text.en
    draft.edits += 1
    draft.changed_at = clock.now()
    draft.save()
    return draft


def add_edition(
    *, meeting: Meeting, actor: Actor, content: Mapping[str, Any], due_at: datetime
) -> MinutesEdition:
    return MinutesEdition.objects.create(
        meeting=meeting,
        number=meeting.editions.count() + 1,
        content=canonical.canonical(content),
        hash=canonical.digest_of(content),
        due_at=due_at,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_comment(*, edition: MinutesEdition, actor: Actor, text: str) -> MinutesComment:
    return MinutesComment.objects.create(
        edition=edition,
        jurisdiction_id=actor.jurisdiction,
        text=text.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_reply(
    *, comment: MinutesComment, actor: Actor, is_adopted: bool, reason: str
) -> MinutesReply:
    return MinutesReply.objects.create(
        comment=comment,
        is_adopted=is_adopted,
        reason=reason.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_word(
    *, edition: MinutesEdition, actor: Actor, confirms: bool, reason: str
) -> MinutesConfirmation:
    return MinutesConfirmation.objects.create(
        edition=edition,
        jurisdiction_id=actor.jurisdiction,
        confirms=confirms,
        reason=reason.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_lock(*, edition: MinutesEdition, actor: Actor) -> MinutesLock:
    return MinutesLock.objects.create(
        meeting=edition.meeting, edition=edition, mandate_id=actor.mandate_id, at=clock.now()
    )
