"""Row writes of the joint organization."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from consult.phase1_organization.content import CharterContent
from consult.phase1_organization.models import Charter, Invitation, InvitationAnswer
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One jurisdiction to be invited, as the form or the API gives it."""

    code: str
    role: str
    answer_by: datetime
    must_sign: bool = False
    weight: str = "1"
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What an invited jurisdiction says, with its official letter."""

    answer: str
    role_asked: str = ""
    text: str = ""
    letter_number: str = ""
    letter_on: date | None = None
    issuer: str = ""
    letter_file: StoredFile | None = None


def write_invitations(*, actor: Actor, plan: Plan, askings: Sequence[Asking]) -> list[Invitation]:
    """One row per jurisdiction, in one insert."""
    now = clock.now()
    return Invitation.objects.bulk_create(
        Invitation(
            plan=plan,
            jurisdiction_id=asking.code,
            role=asking.role,
            must_sign=asking.must_sign,
            weight=Decimal(asking.weight),
            message=asking.message.strip(),
            invited_at=now,
            answer_by=asking.answer_by,
            mandate_id=actor.mandate,
        )
        for asking in askings
    )


def write_answer(*, actor: Actor, invitation: Invitation, reply: Reply) -> InvitationAnswer:
    return InvitationAnswer.objects.create(
        invitation=invitation,
        answer=reply.answer,
        role_asked=reply.role_asked,
        text=reply.text.strip(),
        mandate_id=actor.mandate,
        letter_number=reply.letter_number.strip(),
        letter_on=reply.letter_on,
        issuer=reply.issuer.strip(),
        letter_file=reply.letter_file,
        at=clock.now(),
    )


def write_charter(*, actor: Actor, plan: Plan, content: CharterContent, note: str) -> Charter:
    """The next number of the plan. The caller holds the plan's row lock.

    The hash covers plan and number too, so that it names one charter only.
    """
    last = plan.charters.order_by("-number").first()
    number = last.number + 1 if last else 1
    text = canonical.canonical({"plan": plan.key, "charter": number, "content": content.as_dict()})
    return Charter.objects.create(
        plan=plan,
        number=number,
        text=text,
        hash=canonical.digest(text),
        note=note.strip(),
        mandate_id=actor.mandate,
        proposed_at=clock.now(),
    )
