"""Inside a jurisdiction: notes on drafts, clearances taken back, many drafts at once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.actions.comments import (
    clear_comment,
    draft_comment,
    send_back,
)
from consult.phase2_preparation.enums import CLEARABLE, DraftState
from consult.phase2_preparation.models import CommentAutosave, CommentDraft, DraftNote, Round
from consult.phase2_preparation.queries import entries_by_key
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps import Opinion
from consult.phase2_preparation.steps.comments import lock_drafts, locked_draft
from consult.phase2_preparation.telling import record_inside
from plans.register.models import Item, Plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict

MOST_NOTE = 2_000
MOST_TYPED = 200_000  # characters of one form altogether


@transaction.atomic
def withdraw_clearance(*, actor: Actor, plan: Plan, draft: CommentDraft) -> CommentDraft:
    """Take a cleared comment out of the set to submit; it waits again. Refused, Conflict."""
    require("comment.withdraw_clearance", actor=actor, plan=plan, code=draft.jurisdiction_id)
    draft = locked_draft(draft)
    if draft.state != DraftState.CLEARED:
        raise Conflict(_("Only a cleared comment loses its clearance."))
    steps.change_draft(draft, changes={"state": DraftState.SHARED})
    record_inside(actor, plan, "comment.withdraw_clearance", draft)
    return draft


@transaction.atomic
def note_on_draft(*, actor: Actor, plan: Plan, draft: CommentDraft, text: str) -> DraftNote:
    """Say something about a draft to one's colleagues. Refused, Invalid, Conflict."""
    require("comment.note", actor=actor, plan=plan, code=draft.jurisdiction_id)
    if not text.strip():
        raise Invalid({"text": _("Say it in words.")})
    if len(text) > MOST_NOTE:
        raise Invalid({"text": _("A note has at most 2,000 characters.")})
    draft = locked_draft(draft)
    note = steps.add_note(draft=draft, actor=actor, text=text)
    record_inside(actor, plan, "comment.note", draft, note=canonical.digest(note.text))
    return note


@transaction.atomic
def clear_comments(
    *, actor: Actor, plan: Plan, drafts: Sequence[CommentDraft]
) -> list[CommentDraft]:
    """Clear those of `drafts` that wait for it, all or none. Refused, Invalid, Conflict."""
    waiting = [one for one in drafts if one.state in CLEARABLE]
    if not waiting:
        raise Invalid({"": _("None of the chosen comments waits for clearance.")})
    lock_drafts(waiting)
    return [clear_comment(actor=actor, plan=plan, draft=one) for one in waiting]


@transaction.atomic
def send_back_comments(
    *, actor: Actor, plan: Plan, drafts: Sequence[CommentDraft], reason: str
) -> list[CommentDraft]:
    """Send back those of `drafts` that are not back yet, all or none. Refused, Invalid, Conflict."""
    here = [one for one in drafts if one.state != DraftState.SENT_BACK]
    if not here:
        raise Invalid({"": _("Choose comments that are not sent back yet.")})
    lock_drafts(here)
    return [send_back(actor=actor, plan=plan, draft=one, reason=reason) for one in here]


@transaction.atomic
def draft_comments(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    opinions: Sequence[tuple[UUID, Opinion]],
    share: bool = True,
) -> list[CommentDraft]:
    """Write many comments at once, all or none, each with the key its form made for it.

    Refused, Invalid, Conflict.
    """
    if not opinions:
        raise Invalid({"": _("Choose at least one piece.")})
    wanted = {opinion.item_key for _key, opinion in opinions if opinion.item_key}
    entries = entries_by_key(one, wanted)
    if wanted - entries.keys():
        raise Invalid({"item": _("This item is not in the revision of the round.")})
    return [
        draft_comment(
            actor=actor,
            plan=plan,
            one=one,
            key=key,
            remark=opinion.remark,
            item=entries[opinion.item_key].item if opinion.item_key else None,
            share=share,
        )
        for key, opinion in opinions
    ]


@transaction.atomic
def keep_typed_comment(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    fields: Mapping[str, list[str]],
    draft: CommentDraft | None = None,
    item: Item | None = None,
    edits: int = 0,
) -> CommentAutosave:
    """Keep what is in the form of a comment. No act: nobody else sees it, and it is kept after the
    round has closed too, so that no text is lost. Refused, Invalid.
    """
    require("comment.draft", actor=actor, plan=plan, code=actor.jurisdiction_code)
    texts = [text for values in fields.values() for text in values]
    if sum(map(len, texts)) > MOST_TYPED:
        raise Invalid({"": _("This is too long to be kept unsaved.")})
    if any("\x00" in text for text in texts):
        raise Invalid({"": _("The text holds a null character and cannot be kept unsaved.")})
    return steps.put_typed(actor=actor, one=one, draft=draft, item=item, edits=edits, fields=fields)


@transaction.atomic
def discard_typed_comment(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    draft: CommentDraft | None = None,
    item: Item | None = None,
) -> int:
    """Forget what the actor had typed there; says how many rows went. Refused."""
    require("comment.draft", actor=actor, plan=plan, code=actor.jurisdiction_code)
    return steps.drop_typed(actor=actor, one=one, draft=draft, item=item)


def forget_typed_comments(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: delete what was typed longer ago than `older_than`; says how many."""
    if actor.kind is not ActorKind.SYSTEM:
        verdict = Verdict(allowed=False, reason=Reason.NO_MANDATE, act="autosave.forget")
        raise Refused(verdict)
    return steps.drop_typed_before(clock.now() - older_than)
