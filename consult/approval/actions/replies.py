"""The reply of the approving authority is entered, corrected, and its changes acknowledged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from consult.approval import deciding
from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import Acknowledgement, ApprovalLetter, ApprovalReply
from consult.approval.queries.replies import (
    awaits_completion,
    reply_state,
    submission_of,
)
from consult.approval.rules import ACTS, is_addressee, must_sign
from consult.approval.steps.letters import LetterText, write_letter
from consult.approval.steps.replies import (
    ConditionText,
    Found,
    write_acknowledgement,
    write_reply,
)
from consult.phase3_identification.telling import tell
from plans.register import steps as register
from plans.register.enums import CO_MAKING, PartyRole
from plans.register.models import Plan
from plans.register.rules import require
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

TOLD = (*CO_MAKING, PartyRole.UPPER)
COMPLETION_OPEN = "completion.open"
# Kept on the plan as its message id, so that every reader gets it in the own language.
LOCK_REASON = gettext_noop("The text is frozen: it is with the approving authority.")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the letter decides; blank rows of `conditions` are none."""

    outcome: str
    conditions: Sequence[ConditionText] = ()


@transaction.atomic
def file_reply(*, actor: Actor, plan: Plan, said: LetterText, decision: Decision) -> ApprovalReply:
    """Enter the reply to the submission. Conditions on items lift the lock of the text.

    Raises NotVisible, Refused; Conflict where nothing was submitted, the submission is answered or
    the submitted text is no longer the frozen one; Invalid by field (`condition-0-item`, ...).
    A completion still owed does not block; the record names it.
    """
    plan = register.lock_plan(plan)
    submission = submission_of(plan)
    own = is_addressee(submission, actor=actor)
    require("approval.reply", ACTS, actor=actor, plan=plan, own=own)
    submission = deciding.unanswered(submission)
    warnings = [COMPLETION_OPEN] if awaits_completion(submission) else []
    found = _decided(plan, submission, said, decision)
    reply = _entered(plan, actor, submission, said, decision.outcome, found)
    _tell_reply(plan, reply)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="approval.reply",
        subject=f"letter:{reply.letter_id}",
        effects={
            **_effects(submission, reply, found),
            **({"warnings": warnings} if warnings else {}),
        },
    )
    return reply


@transaction.atomic
def correct_reply(
    *, actor: Actor, plan: Plan, said: LetterText, decision: Decision, reason: str
) -> ApprovalReply:
    """Replace a reply that was entered wrongly, as long as nothing came of it yet.

    The former row stays and counts no more; the lock stands as the new reply wants it. Raises
    NotVisible, Refused, Invalid; Conflict where there is no reply, where the approved text is
    published or the publication on file, a named item is changed in the draft, or returned items
    were taken back already.
    """
    plan = register.lock_plan(plan)
    require("approval.correct", ACTS, actor=actor, plan=plan)
    state = reply_state(plan)
    submission = submission_of(plan)
    if state is None or submission is None:
        raise Conflict(_("There is no reply to correct."))
    deciding.untouched(plan, state, outcome=decision.outcome)
    if not reason.strip():
        raise Invalid({"reason": _("Say why the letter is corrected.")})
    # Held again first: what is checked is the text as it was handed up.
    register.freeze(plan=plan, revision=submission.revision, reason=LOCK_REASON)
    found = _decided(plan, submission, said, decision)
    reply = _entered(
        plan, actor, submission, said, decision.outcome, found, corrects=state.letter, reason=reason
    )
    _tell_reply(plan, reply)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="approval.correct",
        subject=f"letter:{reply.letter_id}",
        effects={
            "corrects": state.letter.pk,
            "reason": canonical.digest(reason.strip()),
            **_effects(submission, reply, found),
        },
    )
    return reply


def _decided(
    plan: Plan, submission: ApprovalLetter, said: LetterText, decision: Decision
) -> list[Found]:
    return deciding.decided(
        plan,
        submission,
        said=said,
        outcome=decision.outcome,
        conditions=decision.conditions,
    )


def _entered(
    plan: Plan,
    actor: Actor,
    submission: ApprovalLetter,
    said: LetterText,
    outcome: str,
    found: Sequence[Found],
    *,
    corrects: ApprovalLetter | None = None,
    reason: str = "",
) -> ApprovalReply:
    letter = write_letter(
        plan=plan,
        statement=submission.statement,
        revision=submission.revision,
        actor=actor,
        kind=LetterKind.REPLY.value,
        said=said,
        answers=submission,
        corrects=corrects,
        reason=reason,
    )
    reply = write_reply(letter=letter, outcome=outcome, conditions=found)
    if outcome == ReplyOutcome.WITH_CONDITIONS and any(one.entry for one in found):
        register.freeze(plan=plan, revision=None)
    return reply


def _effects(
    submission: ApprovalLetter, reply: ApprovalReply, found: Sequence[Found]
) -> Mapping[str, object]:
    return {
        "letter": reply.letter_id,
        "submission": submission.pk,
        "outcome": reply.outcome,
        "conditions": [
            {
                "item": one.entry.item.key if one.entry else "",
                "wording": one.entry.version.hash if one.entry else "",
                "text": canonical.digest_of({"zh": one.text_zh, "en": one.text_en}),
            }
            for one in found
        ],
    }


def _tell_reply(plan: Plan, reply: ApprovalReply) -> None:
    codes = plan.parties.filter(role__in=TOLD, left_at__isnull=True)
    tell(
        plan,
        codes=codes.values_list("jurisdiction_id", flat=True),
        kind="approval.reply",
        title=format_lazy(
            _("Reply of the approving authority: {outcome}"),
            outcome=ReplyOutcome(reply.outcome).label,
        ),
        url=reverse("approval:conditions", args=[plan.key]),
    )


@transaction.atomic
def acknowledge(
    *, actor: Actor, plan: Plan, letter_number: str = "", letter_on: date | None = None
) -> Acknowledgement:
    """Note, for the actor's jurisdiction, the text as the reply changed it. No vote: nothing can be
    refused by it.

    Raises NotVisible, Refused; Conflict before the approved text is published, without conditions,
    and the second time.
    """
    plan = register.lock_plan(plan)
    code = str(actor.jurisdiction_code)
    require("approval.acknowledge", ACTS, actor=actor, plan=plan, own=must_sign(plan, code=code))
    reply_of, approved = deciding.to_note(reply_state(plan), code=code)
    row = write_acknowledgement(
        reply=reply_of,
        revision=approved,
        actor=actor,
        letter_number=letter_number,
        letter_on=letter_on,
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="approval.acknowledge",
        subject=f"revision:{approved.number}",
        effects={"acknowledgement": row.pk, "letter": reply_of.letter_id, "hash": approved.hash},
    )
    return row
