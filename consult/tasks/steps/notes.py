"""Row writes of supervision notes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from consult.tasks.models import SupervisionNote, SupervisionReply, SupervisionVerdict
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class NoteText:
    """What a note or a reply says: its words, its document number, its file."""

    text_zh: str = ""
    text_en: str = ""
    letter: str = ""
    file: StoredFile | None = None


def create_note(
    *,
    actor: Actor,
    plan: Plan,
    addressee: str,
    subject: str,
    subject_id: str,
    said: NoteText,
    due_at: datetime,
) -> SupervisionNote:
    last = SupervisionNote.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    return SupervisionNote.objects.create(
        plan=plan,
        number=last + 1,
        issuer_id=actor.jurisdiction_code,
        addressee_id=addressee,
        subject=subject,
        subject_id=subject_id,
        text_zh=said.text_zh.strip(),
        text_en=said.text_en.strip(),
        letter=said.letter.strip(),
        file=said.file,
        due_at=due_at,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_reply(*, actor: Actor, note: SupervisionNote, said: NoteText) -> SupervisionReply:
    return SupervisionReply.objects.create(
        note=note,
        text_zh=said.text_zh.strip(),
        text_en=said.text_en.strip(),
        letter=said.letter.strip(),
        file=said.file,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_verdict(
    *,
    actor: Actor,
    reply: SupervisionReply,
    accepts: bool,
    reason: str,
    due_at: datetime | None,
) -> SupervisionVerdict:
    return SupervisionVerdict.objects.create(
        reply=reply,
        accepts=accepts,
        reason=reason.strip(),
        due_at=due_at,
        mandate_id=actor.mandate,
        at=clock.now(),
    )
