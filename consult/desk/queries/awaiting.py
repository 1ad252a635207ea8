"""What somebody waits for who has done its part; who is late is not told."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from consult.desk import sources
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited
from stakeholders.terms.duty import Duty

Owed = set[tuple[str, int, str]]


def awaited_by(
    *,
    actor: Actor,
    plans: Sequence[Plan],
    duties: Iterable[Duty],
    now: datetime,
    collected: Sequence[Plan] = (),
) -> list[Awaited]:
    """What the actor's party, or the actor itself, waits for on `plans`, the earliest end first.

    `duties` are all open duties of these plans. As many queries as the sources have, whatever the
    number of plans; far fewer within one reading that collected the duties of `collected` (`plans`
    and others): the sources are asked about the same plans, and the others are left out again.
    """
    known = list(duties)
    anybody = {_named(duty) for duty in known}
    own_turn = {
        _named(duty)
        for duty in known
        if duty.holder_code is not None and duty.holder_code == actor.jurisdiction_code
    }
    own = [plan for plan in plans if actor.may_touch_plan(plan.key)]
    there = {plan.pk for plan in own}
    asked = (collected or own) if own else ()
    found = [
        one
        for source in sources.AWAITED
        for one in source(actor=actor, plans=asked, now=now)
        if one.plan_id in there
        and not _among(one, one.after, own_turn)
        and (not one.while_owed or _among(one, one.while_owed, anybody))
    ]
    dated = [one for one in found if one.due_at is not None]
    undated = [one for one in found if one.due_at is None]
    return [*sorted(dated, key=lambda one: (one.due_at, one.plan_id, one.kind)), *undated]


def _named(duty: Duty) -> tuple[str, int, str]:
    return duty.kind, duty.plan_id, str(duty.subject_id)


def _among(one: Awaited, kinds: Iterable[str], owed: Owed) -> bool:
    return any((kind, one.plan_id, str(one.subject_id)) in owed for kind in kinds)
