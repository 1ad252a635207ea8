"""Comments inside a jurisdiction, and the reply it submits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.checks import (
    check_day,
    check_letter,
    check_oral,
    check_remark,
    still_asked,
    with_quote,
    written_remarks,
)
from consult.phase2_preparation.enums import CLEARABLE, DraftState
from consult.phase2_preparation.lengths import letter_due
from consult.phase2_preparation.models import CommentDraft, Reply, Round
from consult.phase2_preparation.queries import (
    is_late_at,
    is_past,
    reply_subject,
    scope_of,
)
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps import Letter, Opinion, Oral, Remark
from consult.phase2_preparation.steps.comments import locked_draft, said_in
from consult.phase2_preparation.telling import append, record_inside
from plans.register.models import Item, ItemVersion, Plan
from plans.register.queries import entries_of
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.steps import notify
from stakeholders.people.enums import ChainKind
from stakeholders.people.queries import coordinators_of, is_through, people_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid

unit_name = lazy(str, str)


@transaction.atomic
def draft_comment(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    key: UUID,
    remark: Remark,
    item: Item | None = None,
    share: bool = True,
    files: Sequence[StoredFile] = (),
    before: str = "",
) -> CommentDraft:
    """Write a comment for one's jurisdiction, on an item or on the whole; `share` hands it to
    the colleagues and the contact point. `before` is the text before the passage quoted.

    The same `key` sent twice makes one draft. Refused, Invalid, Conflict.
    """
    require("comment.draft", actor=actor, plan=plan, code=actor.jurisdiction_code)
    still_asked(one, actor, "comment.draft")
    check_remark(remark)
    if item is not None and item.pk not in scope_of(one):
        raise Invalid({"item": _("This round does not ask about this item.")})
    remark = with_quote(remark, _version(one, item), before=before)
    state = DraftState.SHARED if share else DraftState.DRAFT
    draft, is_new = steps.save_draft(
        one=one, actor=actor, key=key, item=item, remark=remark, state=state
    )
    if draft.round_id != one.pk or draft.jurisdiction_id != actor.jurisdiction_code:
        raise Conflict(_("Open the form again: it was used before."))
    if not is_new and remark.fields() != said_in(draft):
        raise Conflict(_("This comment was saved already, with another text."), theirs=draft)
    if is_new:
        steps.set_files(draft, files=files)
        steps.drop_typed(actor=actor, one=one, item=item)
        record_inside(actor, plan, "comment.draft", draft)
    return draft


def _version(one: Round, item: Item | None) -> ItemVersion | None:
    """The wording of an item that the round asks about."""
    if item is None:
        return None
    return one.revision.entries.select_related("version").get(item=item).version


@transaction.atomic
def edit_comment(
    *,
    actor: Actor,
    plan: Plan,
    draft: CommentDraft,
    remark: Remark,
    share: bool = True,
    files: Sequence[StoredFile] | None = None,
    edits: int | None = None,
    before: str = "",
) -> CommentDraft:
    """Change a comment that is not submitted; it has to be cleared again.

    `edits` is the state of the draft that was read: Conflict with their draft when a colleague
    changed it since. `files` replace those it had. Only its author takes it back to himself.
    Refused, Invalid, Conflict.
    """
    require("comment.edit", actor=actor, plan=plan, code=draft.jurisdiction_id)
    check_remark(remark)
    draft = locked_draft(draft)
    still_asked(draft.round, actor, "comment.edit")
    if edits is not None and edits != draft.edits:
        raise Conflict(_("A colleague changed this comment after you opened it."), theirs=draft)
    remark = with_quote(remark, _version(draft.round, draft.item), before=before)
    is_own = draft.author.user_id == actor.user_id
    state = DraftState.DRAFT if is_own and not share else DraftState.SHARED
    changes = {"state": state, "reason": "", "editor_id": actor.mandate_id}
    steps.change_draft(draft, changes={**remark.fields(), **changes})
    if files is not None:
        steps.set_files(draft, files=files)
    steps.drop_typed(actor=actor, one=draft.round, draft=draft)
    record_inside(actor, plan, "comment.edit", draft)
    return draft


@transaction.atomic
def delete_comment(*, actor: Actor, plan: Plan, draft: CommentDraft) -> None:
    """Throw away a comment that is not submitted. Refused, Conflict."""
    require("comment.delete", actor=actor, plan=plan, code=draft.jurisdiction_id)
    draft = locked_draft(draft)
    CommentDraft.objects.filter(pk=draft.pk).delete()
    record_inside(actor, plan, "comment.delete", draft)


@transaction.atomic
def clear_comment(*, actor: Actor, plan: Plan, draft: CommentDraft) -> CommentDraft:
    """The contact point takes a comment into the set to submit. Refused, Conflict."""
    require("comment.clear", actor=actor, plan=plan, code=draft.jurisdiction_id)
    draft = locked_draft(draft)
    if draft.state not in CLEARABLE:
        raise Conflict(_("Only a comment that waits for clearance can be cleared."))
    steps.change_draft(draft, changes={"state": DraftState.CLEARED})
    record_inside(actor, plan, "comment.clear", draft)
    return draft


@transaction.atomic
def send_back(*, actor: Actor, plan: Plan, draft: CommentDraft, reason: str) -> CommentDraft:
    """The contact point returns a comment to its author. Refused, Invalid, Conflict."""
    require("comment.send_back", actor=actor, plan=plan, code=draft.jurisdiction_id)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    draft = locked_draft(draft)
    if draft.state == DraftState.SENT_BACK:
        raise Conflict(_("This comment was sent back already."))
    steps.change_draft(draft, changes={"state": DraftState.SENT_BACK, "reason": reason.strip()})
    notify(
        people=[draft.author.user_id],
        kind="comment",
        title=_("Your comment was sent back"),
        url=reverse("preparation:round", args=[plan.key, draft.round.number]),
        key=f"draft:{draft.key}:back:{draft.edited_at:%Y%m%d%H%M%S%f}",
        plan_key=plan.key,
    )
    record_inside(actor, plan, "comment.send_back", draft)
    return draft


def _require_own_steps(one: Round, actor: Actor, plan: Plan, subjects: Sequence[object]) -> None:
    """Conflict while the steps the jurisdiction laid down for its replies are not all passed for
    one of `subjects`."""
    through = any(
        is_through(
            code=actor.jurisdiction,
            kind=ChainKind.REPLY.value,
            plan_key=plan.key,
            subject_kind="round",
            subject_id=subject,
        )
        for subject in subjects
    )
    if not through:
        raise Conflict(_("The steps inside your jurisdiction before a reply are not all passed."))


@transaction.atomic
def submit_reply(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    letter: Letter,
    is_nil: bool = False,
    text: str = "",
    remarks: Sequence[Opinion] = (),
    said_at: datetime | None = None,
    oral: Oral | None = None,
) -> Reply:
    """Answer a round for one's jurisdiction: its cleared comments as one set, or none (`is_nil`).

    A jurisdiction answers a round once. `said_at`: when the reply was entered for the jurisdiction
    that now confirms it, with its `remarks`; that instant counts for the time to answer, and the
    comments inside stay as they are. `oral`: an answer given orally in an urgent round, whose
    letter follows. Refused, Invalid, Conflict.
    """
    require("reply.submit", actor=actor, plan=plan, code=actor.jurisdiction_code)
    plan = lock_plan(plan)
    one = steps.lock_round(one)
    now = clock.now()
    invitee = still_asked(one, actor, "reply.submit", in_time=said_at is not None, at=now)
    check_day(letter, at=now)
    if oral is not None:
        check_oral(one, oral, at=now)
    elif one.is_official and said_at is None:
        check_letter(letter)
    if one.replies.filter(jurisdiction=actor.jurisdiction_code).exists():
        raise Conflict(_("Your jurisdiction has answered this round already."))
    # What was passed is the set as it stood: once a comment of it is touched, its steps are void.
    subject = reply_subject(one, code=actor.jurisdiction)
    _require_own_steps(one, actor, plan, [subject, one.pk] if said_at else [subject])
    cleared = [] if said_at else _cleared(one, actor, is_nil=is_nil)
    past, late = is_past(one, at=now), said_at is None and is_late_at(one, invitee, at=now)
    entries = list(entries_of(one.revision))
    written = [(d.item, said_in(d)) for d in cleared] or written_remarks(remarks, entries)
    reply = steps.write_reply(
        one=one,
        actor=actor,
        letter=letter,
        is_nil=is_nil,
        text=text,
        is_late=past and not late and said_at is None,
        is_admitted_late=late,
        oral=oral,
        letter_due_at=_letter_due(one, letter, oral, now),
        at=now,
    )
    by_item = {e.item_id: e for e in entries}
    comments = steps.write_comments(reply=reply, plan=plan, remarks=written, entries=by_item)
    steps.keep_files(drafts=cleared, comments=comments[: len(cleared)])
    prefetch_related_objects(comments, "files__file")
    steps.mark_submitted(cleared)
    _tell(plan, one, actor)
    content = steps.reply_content(reply, comments)
    effects = steps.bound(reply, content, is_sealed=one.is_sealed and not past)
    append(actor, plan, "reply.submit", one, effects)
    return reply


def _letter_due(one: Round, letter: Letter, oral: Oral | None, now: datetime) -> datetime | None:
    """Until when the stamped letter is to follow, where one is asked for and did not come."""
    asked = oral is not None or one.is_official
    return letter_due(one=one, given=now) if asked and letter.file is None else None


def _cleared(one: Round, actor: Actor, *, is_nil: bool) -> list[CommentDraft]:
    """The comments to submit, locked. Invalid where the answer and the comments contradict."""
    cleared = list(
        CommentDraft.objects.select_for_update(of=("self",), no_key=True)
        .filter(round=one, jurisdiction=actor.jurisdiction_code, state=DraftState.CLEARED)
        .select_related("item")
        .prefetch_related("files__file")
        .order_by("pk")
    )
    if is_nil and cleared:
        raise Invalid({"is_nil": _("There are cleared comments: send them back or submit them.")})
    if not is_nil and not cleared:
        raise Invalid({"": _("No comment is cleared. Clear one, or answer “no comments”.")})
    return cleared


def _tell(plan: Plan, one: Round, actor: Actor) -> None:
    """The joint office learns that somebody answered, and the signatories of its own side."""
    at = clock.now()
    unit = Jurisdiction.objects.defer("boundary").get(pk=actor.jurisdiction_code)
    own = people_of(codes=[unit.pk], roles=[Role.PLANNER], at=at, plan_key=plan.key)
    notify(
        people={*coordinators_of(plan_key=plan.key, at=at), *own.get(unit.pk, [])},
        kind="round",
        title=format_lazy(
            _("{unit} has answered round {round}"), unit=unit_name(unit), round=str(one.number)
        ),
        url=reverse("preparation:round", args=[plan.key, one.number]),
        key=f"round:{one.pk}:reply:{unit.pk}",
        plan_key=plan.key,
    )
