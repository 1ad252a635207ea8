"""The minutes: drafted together, put forward as editions, commented, confirmed, locked.

An edition takes comments and confirmations only while the minutes still read as it does; what is
changed afterwards is put forward as the next edition, which asks every party again.
"""

from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.ladder import end_of_workdays
from consult.matters.steps import Wording
from consult.meetings import steps
from consult.meetings.board import Board, words_on
from consult.meetings.checks import opened
from consult.meetings.content import minutes_content
from consult.meetings.models import (
    Meeting,
    MinutesComment,
    MinutesConfirmation,
    MinutesDraft,
    MinutesEdition,
    MinutesReply,
)
from consult.meetings.queries import get_board
from consult.meetings.standing import is_complete
from plans.register.models import Plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

# Working days in which the parties say whether they confirm an edition.
DAYS_TO_CONFIRM = 5
NOT_PUT = _("The minutes were not put forward yet.")
CHANGED = _(
    "The minutes were changed after edition {number} was put forward: it takes no words any more. "
    "The changed minutes are put forward as a new edition, which asks every party again."
)
NEWER = _("Edition {number} was put forward meanwhile: read it and answer it.")


@transaction.atomic
def edit_minutes(
    *, actor: Actor, plan: Plan, meeting: Meeting, text: Wording, edits: int
) -> MinutesDraft:
    """Save the text of the minutes. `edits`: the count of saves the writer saw (0: none yet).

    NotVisible, Refused, Conflict (saved by another meanwhile, with `theirs`; locked, cancelled).
    """
    board = opened("minutes.edit", actor=actor, plan=plan, meeting=meeting)
    draft = board.draft
    if (draft.edits if draft else 0) != edits:
        raise Conflict(
            _("Another person saved these minutes meanwhile. Both texts are shown; yours is kept."),
            theirs=draft,
        )
    row = steps.save_draft(meeting=board.meeting, draft=draft, text=text)
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="minutes.edit",
        meeting=board.meeting,
        effects={"edits": row.edits, "text": canonical.digest_of([row.text_zh, row.text_en])},
    )
    return row


@transaction.atomic
def put_minutes_forward(
    *, actor: Actor, plan: Plan, meeting: Meeting, due_at: datetime | None = None
) -> MinutesEdition:
    """Put the minutes as they stand to every party that attended: text, attendance, decisions and
    tasks. Each is asked, whatever it said of a former edition.

    NotVisible, Refused, Invalid (no text, the day is past), Conflict (not held, a ballot is open,
    nothing has changed since the last edition).
    """
    board = opened("minutes.put_forward", actor=actor, plan=plan, meeting=meeting)
    now = clock.now()
    if board.meeting.held_at is None:
        raise Conflict(_("Enter who was there first."))
    if board.draft is None or not (board.draft.text_zh or board.draft.text_en):
        raise Invalid({"": _("Write the minutes first.")})
    if any(point.running for point in board.points):
        raise Conflict(_("A ballot of this meeting is open: end it first."))
    if not board.there:
        raise Conflict(_("No party of the plan attended: nobody can confirm the minutes."))
    if board.edition is not None and not board.is_changed:
        raise Conflict(_("Nothing has changed since the last edition."))
    due_at = due_at or end_of_workdays(now, DAYS_TO_CONFIRM)
    if due_at <= now:
        raise Invalid({"due_on": _("This day is over.")})
    edition = steps.add_edition(
        meeting=board.meeting, actor=actor, content=minutes_content(board), due_at=due_at
    )
    steps.tell(
        plan=plan,
        meeting=board.meeting,
        kind="minutes.put_forward",
        title=_("Confirm the minutes: {title}"),
        occasion=f"edition-{edition.number}",
        codes=board.there,
        page="minutes",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="minutes.put_forward",
        meeting=board.meeting,
        effects={
            "edition": edition.number,
            "hash": edition.hash,
            "due_at": due_at,
            "asked": sorted(board.there),
        },
    )
    return edition


@transaction.atomic
def comment_minutes(
    *, actor: Actor, plan: Plan, meeting: Meeting, text: str, edition: int
) -> MinutesComment:
    """Say what one's jurisdiction would have written otherwise in the newest edition.

    NotVisible, Refused, Invalid, Conflict (another edition by now, locked).
    """
    board = opened("minutes.comment", actor=actor, plan=plan, meeting=meeting)
    found = _newest(board, edition)
    if not text.strip():
        raise Invalid({"text": _("Say what should be written otherwise.")})
    row = steps.add_comment(edition=found, actor=actor, text=text)
    steps.tell_office(
        plan=plan,
        meeting=board.meeting,
        kind="minutes.comment",
        title=_("{unit} comments on the minutes: {title}"),
        occasion=f"comment-{row.pk}",
        unit=row.jurisdiction,
        page="minutes",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="minutes.comment",
        meeting=board.meeting,
        effects={
            "comment": row.pk,
            "edition": found.number,
            "text": canonical.digest(row.text),
        },
    )
    return row


@transaction.atomic
def reply_to_comment(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    comment: MinutesComment,
    is_adopted: bool,
    reason: str = "",
) -> MinutesReply:
    """Say whether a comment is taken up; if not, why. NotVisible, Refused, Invalid, Conflict."""
    board = opened("minutes.reply", actor=actor, plan=plan, meeting=meeting)
    if MinutesReply.objects.filter(comment=comment).exists():
        raise Conflict(_("This comment was answered already."))
    if not is_adopted and not reason.strip():
        raise Invalid({"reason": _("Give the reason why it is not taken up.")})
    row = steps.add_reply(comment=comment, actor=actor, is_adopted=is_adopted, reason=reason)
    steps.tell(
        plan=plan,
        meeting=board.meeting,
        kind="minutes.reply",
        title=_("Your comment on the minutes was answered: {title}"),
        occasion=f"reply-{row.pk}",
        codes=[str(comment.jurisdiction_id)],
        page="minutes",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="minutes.reply",
        meeting=board.meeting,
        effects={
            "comment": comment.pk,
            "adopted": is_adopted,
            "reason": canonical.digest(row.reason) if row.reason else None,
        },
    )
    return row


@transaction.atomic
def confirm_minutes(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    edition: int,
    confirms: bool,
    reason: str = "",
) -> MinutesConfirmation:
    """A party that attended confirms an edition, or does not and says why; its newest word counts.

    The last confirmation locks the minutes in the same act. NotVisible, Refused (no party that is
    asked), Invalid, Conflict (another edition by now, changed since, locked).
    """
    board = opened("minutes.confirm", actor=actor, plan=plan, meeting=meeting)
    found = _newest(board, edition)
    if actor.jurisdiction not in board.asked:
        raise Conflict(_("Only the parties that attended confirm the minutes."))
    if not confirms and not reason.strip():
        raise Invalid({"reason": _("Say what you do not confirm.")})
    former = words_on(found).get(actor.jurisdiction)
    if former is not None and former.confirms and confirms:
        raise Conflict(_("Your jurisdiction has confirmed this edition already."))
    row = steps.add_word(edition=found, actor=actor, confirms=confirms, reason=reason)
    now = get_board(actor=actor, plan=plan, number=meeting.number)
    effects: dict[str, object] = {
        "edition": found.number,
        "hash": found.hash,
        "confirms": confirms,
        "reason": canonical.digest(row.reason) if row.reason else None,
    }
    if is_complete(now.facts):
        effects["locked"] = steps.add_lock(edition=found, actor=actor).pk
    _tell_word(plan, now, row, is_locked="locked" in effects)
    steps.put_on_record(
        actor=actor, plan=plan, act="minutes.confirm", meeting=board.meeting, effects=effects
    )
    return row


def _tell_word(plan: Plan, board: Board, row: MinutesConfirmation, *, is_locked: bool) -> None:
    if is_locked:
        steps.tell(
            plan=plan,
            meeting=board.meeting,
            kind="minutes.lock",
            title=_("All have confirmed, the minutes are locked: {title}"),
            occasion="lock",
            codes=[str(seat.guest.jurisdiction_id) for seat in board.seats if seat.holder[0]],
            page="minutes",
        )
        return
    said = _("{unit} confirmed the minutes: {title}")
    if not row.confirms:
        said = _("{unit} does not confirm the minutes: {title}")
    steps.tell_office(
        plan=plan,
        meeting=board.meeting,
        kind="minutes.confirm",
        title=said,
        occasion=f"word-{row.pk}",
        unit=row.jurisdiction,
        page="minutes",
    )


def _newest(board: Board, number: int) -> MinutesEdition:
    """The newest edition, if it is the one that was read and still the text."""
    if board.edition is None:
        raise Conflict(NOT_PUT)
    if board.edition.number != number:
        raise Conflict(format_lazy(NEWER, number=board.edition.number))
    if board.is_changed:
        raise Conflict(format_lazy(CHANGED, number=board.edition.number))
    return board.edition
