"""Row writes of acts entered for a party."""

from dataclasses import dataclass
from datetime import date, datetime

from consult.spoken.enums import SUBJECTS
from consult.spoken.models import EnteredAct, EnteredActWord
from consult.spoken.subjects import Subject
from stakeholders.files.models import StoredFile
from stakeholders.people.enums import Basis
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The letter, note of a call or minutes on which an act is entered."""

    kind: str = ""
    number: str = ""
    on: date | None = None
    text: str = ""
    file: StoredFile | None = None


def write_entered(
    *,
    actor: Actor,
    subject: Subject,
    code: str,
    basis: Basis,
    said: dict[str, object],
    evidence: Evidence,
    at: datetime,
    confirm_by: datetime,
) -> EnteredAct:
    content = canonical.canonical(
        {
            "kind": subject.kind,
            "subject": subject.row.pk,
            "jurisdiction": code,
            "basis": basis.value,
            "said": said,
            "evidence": {
                "kind": evidence.kind,
                "number": evidence.number,
                "on": evidence.on,
                "text": evidence.text,
                "file": evidence.file.sha256 if evidence.file else None,
            },
            "at": at,
        }
    )
    return EnteredAct.objects.create(
        plan=subject.plan,
        jurisdiction_id=code,
        mandate_id=actor.mandate,
        basis=basis.value,
        evidence_kind=evidence.kind,
        evidence_number=evidence.number.strip(),
        evidence_on=evidence.on,
        evidence_text=evidence.text.strip(),
        evidence_file=evidence.file,
        at=at,
        confirm_by=confirm_by,
        kind=subject.kind,
        content=content,
        nonce=canonical.new_nonce(),
        is_sealed=subject.is_sealed,
        **{SUBJECTS[subject.kind]: subject.row},
    )


def write_word(
    *, actor: Actor, act: EnteredAct, agrees: bool, at: datetime, reason: str = ""
) -> EnteredActWord:
    """The party's word. The caller holds the plan's row lock and has seen that none is there."""
    return EnteredActWord.objects.create(
        act=act, agrees=agrees, reason=reason.strip(), mandate_id=actor.mandate, at=at
    )


def commitment_of(act: EnteredAct) -> str:
    """What the record holds of an entry: nothing can be read from it before it is opened."""
    return canonical.commitment(canonical.digest(act.content), act.nonce)
