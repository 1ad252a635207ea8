"""Row writes of what a jurisdiction prepares for its own signatory."""

from collections.abc import Mapping

from consult.phase3_identification.enums import PreparedState
from consult.phase3_identification.models import (
    Declaration,
    PositionDraft,
    SignOff,
)
from plans.register.models import Revision
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def write_prepared(
    *,
    actor: Actor,
    sign_off: SignOff,
    revision: Revision,
    former: Declaration | None,
    draft: PositionDraft | None,
    content: Mapping[str, object],
    advice: str,
) -> PositionDraft:
    """The prepared position as it is from now on; being touched, it is no longer handed up."""
    if draft is None:
        draft = PositionDraft(
            sign_off=sign_off, jurisdiction_id=actor.jurisdiction, author_id=actor.mandate, edits=0
        )
    draft.revision = revision
    draft.former = former
    draft.content = dict(content)
    draft.advice = advice
    draft.state = PreparedState.WORKING
    draft.editor_id = actor.mandate
    draft.edited_at = clock.now()
    draft.edits += 1
    draft.save()
    return draft


def put_handed_up(draft: PositionDraft, *, actor: Actor) -> None:
    draft.state = PreparedState.HANDED_UP
    draft.reason = ""
    draft.handed_up_by_id = actor.mandate
    draft.handed_up_at = clock.now()
    draft.edits += 1
    draft.save()


def put_sent_back(draft: PositionDraft, *, reason: str) -> None:
    draft.state = PreparedState.SENT_BACK
    draft.reason = reason
    draft.edits += 1
    draft.save()


def put_taken(draft: PositionDraft) -> None:
    """The draft is signed as it stands: whoever still edits it is told that it has moved on."""
    draft.edits += 1
    draft.save()
