"""Row writes of the letters of the approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.approval.models import ApprovalLetter
from consult.phase3_identification.models import CommonStatement
from plans.register.models import Plan, Revision
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """What a letter says of itself; `senders` and `addressees` are codes of units."""

    dated_on: date
    number: str = ""
    senders: Sequence[str] = ()
    addressees: Sequence[str] = ()
    due_on: date | None = None
    text: str = ""
    place: str = ""
    file: StoredFile | None = None


def write_letter(
    *,
    plan: Plan,
    statement: CommonStatement,
    revision: Revision,
    actor: Actor,
    kind: str,
    said: LetterText,
    answers: ApprovalLetter | None = None,
    corrects: ApprovalLetter | None = None,
    reason: str = "",
) -> ApprovalLetter:
    """One letter more, on `revision` as it stands now."""
    return ApprovalLetter.objects.create(
        plan=plan,
        statement=statement,
        revision=revision,
        kind=kind,
        senders=sorted(set(said.senders)),
        addressees=sorted(set(said.addressees)),
        number=said.number.strip(),
        dated_on=said.dated_on,
        due_on=said.due_on,
        text=said.text.strip(),
        place=said.place.strip(),
        file=said.file,
        answers=answers,
        corrects=corrects,
        reason=reason.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )
