"""How far a kind of duty may be told: tables that every new kind is put into on purpose."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from consult.desk.owing import may_know
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Duty

# What lies inside a jurisdiction: nobody else learns that it is owed, nor does its chief by us.
INSIDE = frozenset({"chain.pass", "comment.clear", "position.draft"})

# What the level above may be told of: acts it sees the result of anyway. What is of the working
# draft, of matters' handling or of the joint office's own desk stays among those who make the plan.
TOLD_ABOVE = frozenset(
    {
        "accession.take_position",
        "agreement.answer",
        "approval.acknowledge",
        "approval.forward",
        "base.take_position",
        "charter.take_position",
        "commitment.report",
        "condition.report",
        "invitation.answer",
        "matter.stand",
        "milestone.report",
        "option.answer",
        "position.renew",
        "position.take",
        "reading.report",
        "reply.letter",
        "round.answer",
        "signatory.name",
        "statement.sign",
        "supervision.reply",
        "task.report",
    }
)

# Kinds whose deadline is moved by an act that tells the same people itself.
MOVE_IS_TOLD = frozenset({"comment.clear", "opinion.submit", "round.answer"})


class Voice(StrEnum):
    """As whom a person is told of a duty; where several fit, the first counts."""

    OWES = "owes"
    UNIT = "unit"  # for the same jurisdiction, one step up
    OFFICE = "office"
    ABOVE = "above"


def may_rise(duty: Duty) -> bool:
    """Whether anybody but who owes it may be told that the duty is late. Pure."""
    is_inner = duty.secret_of is not None or duty.kind in INSIDE
    return not is_inner and duty.user_id is None


def voices(
    duty: Duty, candidates: Mapping[Voice, Sequence[Actor]], *, owing: Sequence[Actor]
) -> dict[int, Voice]:
    """Person -> how it is told. Whoever may not know of the duty is left out. Pure."""
    found = {one.person: Voice.OWES for one in owing}
    if not may_rise(duty):
        return found
    for voice in (Voice.UNIT, Voice.OFFICE, Voice.ABOVE):
        for one in candidates.get(voice, ()):
            if may_know(duty=duty, actor=one):
                found.setdefault(one.person, voice)
    return found
