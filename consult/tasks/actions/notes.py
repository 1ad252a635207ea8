"""Supervision notes (督办单): issued from above, answered, accepted or asked again."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.matters.ladder import end_of_day
from consult.tasks.enums import NoteSubject
from consult.tasks.models import SupervisionNote, SupervisionReply, SupervisionVerdict
from consult.tasks.pressing import NoteStage
from consult.tasks.queries.notes import get_note, may_press, subject_exists
from consult.tasks.rules import require
from consult.tasks.steps.notes import NoteText, add_reply, add_verdict, create_note
from consult.tasks.steps.telling import SPEAKING, put_on_record, tell
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

LONGEST = 20_000


@transaction.atomic
def issue_note(
    *,
    actor: Actor,
    plan: Plan,
    addressee: str,
    subject: str,
    subject_id: str = "",
    said: NoteText,
    due_on: date,
) -> SupervisionNote:
    """Press a unit below for a task, a project, a case or something else, to be answered by the
    end of the office day `due_on`.

    By a supervisor, or who speaks for a unit above the addressee. Refused; Invalid.
    """
    party = plan.parties.filter(jurisdiction=addressee, left_at__isnull=True)
    found = party.select_related("jurisdiction").first()
    own = found is not None and may_press(actor=actor, addressee=found.jurisdiction)
    # Whom one may not press is no choice of one's form: who presses nobody is refused.
    require("supervision.issue", actor=actor, plan=plan, own=own or found is None)
    faults = _text_faults(said)
    if found is None:
        faults["addressee"] = _("Choose a party of the plan.")
    if subject not in NoteSubject.values:
        faults["subject"] = _("Choose one of the values offered.")
    elif subject == NoteSubject.OTHER:
        subject_id = ""
    elif not subject_id or not subject_exists(plan, subject=subject, subject_id=subject_id):
        faults["subject_id"] = _("Name which one: there is none of this number in the plan.")
    due_at = end_of_day(due_on)
    if due_at <= clock.now():
        faults["due_on"] = _("The date lies ahead.")
    if faults:
        raise Invalid(faults)
    plan = lock_plan(plan)
    note = create_note(
        actor=actor,
        plan=plan,
        addressee=addressee,
        subject=subject,
        subject_id=subject_id,
        said=said,
        due_at=due_at,
    )
    _tell(plan, note, actor, [addressee], "supervision.issue", ISSUED, str(note.pk))
    put_on_record(
        actor=actor,
        plan=plan,
        act="supervision.issue",
        subject=f"supervision_note:{note.number}",
        effects={
            "addressee": addressee,
            "about": [subject, subject_id],
            "due_at": due_at,
            "text": _digest(said),
            "file": said.file.sha256 if said.file else None,
        },
    )
    return note


@transaction.atomic
def reply_to_note(*, actor: Actor, plan: Plan, number: int, said: NoteText) -> SupervisionReply:
    """The addressee answers. NotVisible, Refused; Conflict where it has answered and waits, or
    the note is closed; Invalid."""
    state = get_note(actor=actor, plan=plan, number=number)
    require("supervision.reply", actor=actor, plan=plan, own=state.is_to(actor))
    plan = lock_plan(plan)
    state = get_note(actor=actor, plan=plan, number=number)
    if not state.standing.is_asked:
        raise Conflict(_("This note is answered: its issuer decides first."))
    faults = _text_faults(said)
    if faults:
        raise Invalid(faults)
    reply = add_reply(actor=actor, note=state.note, said=said)
    holders = [state.note.issuer_id or f"org-{state.note.mandate.organization_id}"]
    _tell(plan, state.note, actor, holders, "supervision.reply", REPLIED, str(reply.pk))
    put_on_record(
        actor=actor,
        plan=plan,
        act="supervision.reply",
        subject=f"supervision_note:{number}",
        effects={
            "reply": reply.pk,
            "text": _digest(said),
            "file": said.file.sha256 if said.file else None,
        },
    )
    return reply


@transaction.atomic
def judge_reply(
    *,
    actor: Actor,
    plan: Plan,
    number: int,
    reply: int,
    accepts: bool,
    reason: str = "",
    due_on: date | None = None,
) -> SupervisionVerdict:
    """The issuer accepts the reply, or asks again until a date with the reason.

    `reply` is the one that was read. NotVisible, Refused; Conflict where it is not the one that
    waits; Invalid.
    """
    state = get_note(actor=actor, plan=plan, number=number)
    require("supervision.judge", actor=actor, plan=plan, own=state.is_from(actor))
    plan = lock_plan(plan)
    state = get_note(actor=actor, plan=plan, number=number)
    last = state.last_reply
    if state.standing.stage is not NoteStage.ANSWERED or last is None or last.pk != reply:
        raise Conflict(_("No reply waits for a decision, or a newer one does."))
    due_at = _asked_again(accepts, reason, due_on)
    verdict = add_verdict(actor=actor, reply=last, accepts=accepts, reason=reason, due_at=due_at)
    title = ACCEPTED if accepts else ASKED_AGAIN
    _tell(
        plan,
        state.note,
        actor,
        [state.note.addressee_id],
        "supervision.judge",
        title,
        str(verdict.pk),
    )
    put_on_record(
        actor=actor,
        plan=plan,
        act="supervision.judge",
        subject=f"supervision_note:{number}",
        effects={
            "reply": last.pk,
            "accepts": accepts,
            "reason": canonical.digest(reason.strip()) if reason.strip() else None,
            "due_at": due_at,
        },
    )
    return verdict


ISSUED = _("Supervision note {number}: answer by {day}")
REPLIED = _("Supervision note {number} was answered")
ACCEPTED = _("The reply to supervision note {number} was accepted")
ASKED_AGAIN = _("Supervision note {number}: more is asked for")


def _asked_again(accepts: bool, reason: str, due_on: date | None) -> datetime | None:
    """Until when it is asked again. Invalid without a reason and a date ahead."""
    if accepts:
        return None
    faults: dict[str, Text] = {}
    if not reason.strip():
        faults["reason"] = _("Say what is missing.")
    due_at = end_of_day(due_on) if due_on else None
    if due_at is None or due_at <= clock.now():
        faults["due_on"] = _("Say until when: the date lies ahead.")
    if faults:
        raise Invalid(faults)
    return due_at


def _text_faults(said: NoteText) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if not said.text_zh.strip() and not said.text_en.strip():
        faults["text_zh"] = _("This text must not be empty.")
    if max(len(said.text_zh), len(said.text_en)) > LONGEST:
        faults["text_zh"] = _("At most 20,000 characters.")
    if len(said.letter.strip()) > 120:
        faults["letter"] = _("At most 120 characters.")
    return faults


def _digest(said: NoteText) -> str:
    return canonical.digest_of([said.text_zh.strip(), said.text_en.strip(), said.letter.strip()])


def _tell(
    plan: Plan,
    note: SupervisionNote,
    actor: Actor,
    holders: list[str],
    kind: str,
    title: Text,
    key: str,
) -> None:
    tell(
        plan,
        actor=actor,
        holders=holders,
        kind=kind,
        title=format_lazy(title, number=note.number, day=localtime(note.due_at).date().isoformat()),
        url=reverse("tasks:note", args=[plan.key, note.number]),
        key=f"{kind}:{key}",
        roles=SPEAKING,
    )
