"""Row writes of the reply to a submission, its conditions and their acknowledgement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.approval.models import Acknowledgement, ApprovalLetter, ApprovalReply, ReplyCondition
from plans.register.models import Revision, RevisionItem
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class ConditionText:
    """One condition as it was typed: the item by its number, key or title, "" for the plan as a
    whole."""

    item: str = ""
    text_zh: str = ""
    text_en: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.item.strip() or self.text_zh.strip() or self.text_en.strip())


@dataclass(frozen=True, kw_only=True)
class Found:
    """A condition with the entry of the submitted revision it names."""

    entry: RevisionItem | None
    text_zh: str
    text_en: str


def write_reply(
    *, letter: ApprovalLetter, outcome: str, conditions: Sequence[Found]
) -> ApprovalReply:
    """The reply of a letter; each condition keeps the wording it was written on."""
    reply = ApprovalReply.objects.create(letter=letter, outcome=outcome)
    ReplyCondition.objects.bulk_create(
        ReplyCondition(
            reply=reply,
            number=number,
            item_id=one.entry.item_id if one.entry else None,
            version_id=one.entry.version_id if one.entry else None,
            text_zh=one.text_zh,
            text_en=one.text_en,
        )
        for number, one in enumerate(conditions, start=1)
    )
    return reply


def write_acknowledgement(
    *,
    reply: ApprovalReply,
    revision: Revision,
    actor: Actor,
    letter_number: str,
    letter_on: date | None,
) -> Acknowledgement:
    return Acknowledgement.objects.create(
        reply=reply,
        revision=revision,
        jurisdiction_id=str(actor.jurisdiction_code),
        letter_number=letter_number.strip(),
        letter_on=letter_on,
        mandate_id=actor.mandate_id or 0,
        at=clock.now(),
    )
