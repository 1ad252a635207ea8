"""When who owes a duty was last told of it, read from the keys of the notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from consult.desk.keys import read_key
from consult.desk.policies import policy_of
from consult.desk.windows import step_of
from plans.register.models import Plan
from stakeholders.notices.queries import told_at
from stakeholders.terms.duty import Duty

KINDS = ("duty.reminder", "duty.escalation", "duty.nudge")


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """What reached the holder of a duty: last of all, last by hand; the step it escalated to."""

    last_at: datetime
    nudged_at: datetime | None = None
    step: int = 0


def reminded_of(*, plan: Plan, duties: Iterable[Duty]) -> dict[str, Reminded]:
    """Key of a duty -> when it was last reminded, and how far it escalated. Two queries.

    Unscoped: the caller hands in duties that the reader may learn of.
    """
    known = {duty.key: duty for duty in duties}
    if not known:
        return {}
    policy = policy_of(plan).policy
    found: dict[str, Reminded] = {}
    for key, at in told_at(plan_key=plan.key, kinds=KINDS):
        said = read_key(key, known)
        if said is None:
            continue
        one = Reminded(
            last_at=at,
            nudged_at=at if said.is_by_hand else None,
            step=step_of(said.window, policy),
        )
        of = said.duty.key
        found[of] = _both(found[of], one) if of in found else one
    return found


def _both(one: Reminded, other: Reminded) -> Reminded:
    by_hand = [at for at in (one.nudged_at, other.nudged_at) if at is not None]
    return Reminded(
        last_at=max(one.last_at, other.last_at),
        nudged_at=max(by_hand, default=None),
        step=max(one.step, other.step),
    )
