"""Which acts a matter's page offers its reader: by right, and by how the matter stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.matters import ladder, queries
from consult.matters.enums import CommitmentState, Outcome
from consult.matters.models import Matter
from consult.matters.queries import CommitmentRow
from consult.matters.rules import ACTS, is_own, objection_until
from plans.register.models import Plan
from plans.register.rules import plan_facts
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.rights import decide

# What can be done with an open matter only.
OPEN = frozenset(ACTS) - {"matters.import", "matter.open", "matter.reopen", "matter.object"}


def doors(*, actor: Actor, plan: Plan, matter: Matter, at: datetime) -> dict[str, bool]:
    """Act, with an underscore for its dot -> whether the page shows the way to it."""
    facts = plan_facts(actor=actor, plan=plan, own=is_own(actor=actor, matter=matter))
    found = {
        act.replace(".", "_"): bool(decide(act, rule, facts))
        and (act not in OPEN or matter.is_open)
        for act, rule in ACTS.items()
    }
    is_office = actor.role in OF_ALL_PARTIES
    if matter.is_open:
        steps = ladder.steps_of(plan)
        is_top = ladder.step_above(steps, level=matter.level) is None
        opener = queries.opened_by(matter)
        of_office = opener is None or opener.role in OF_ALL_PARTIES
        speaker = None if is_office else actor.jurisdiction_code
        found["matter_withdraw"] &= speaker == (
            None if of_office or opener is None else opener.jurisdiction_id
        )
        found["matter_raise"] &= not is_top
        found["matter_ask_raise"] &= not is_top and actor.jurisdiction_code not in queries.asked_by(
            matter
        )
        found["matter_join"] &= is_office or not is_own(actor=actor, matter=matter)
        found["matter_leave"] &= matter.jurisdictions.count() > 2
    found["matter_reopen"] &= not matter.is_open
    found["matter_object"] &= (
        matter.outcome == Outcome.WITHDRAWN
        and matter.closed_at is not None
        and at < objection_until(matter.closed_at)
    )
    return found


@dataclass(frozen=True, kw_only=True)
class Line:
    """A commitment with the acts open to the reader: give, take_back, report, confirm."""

    row: CommitmentRow
    acts: Sequence[str]


def commitment_lines(matter: Matter, *, actor: Actor, at: datetime) -> list[Line]:
    """The commitments with what the reader's jurisdiction can do about each now."""
    rows = queries.commitments_of(matter, at=at)
    own = "" if actor.role in OF_ALL_PARTIES else actor.inside or ""
    return [Line(row=row, acts=_acts(row, rows, matter, own)) for row in rows]


def _acts(row: CommitmentRow, rows: Sequence[CommitmentRow], matter: Matter, own: str) -> list[str]:
    state, is_holder = row.worth.state, row.commitment.holder_id == own
    found = []
    if is_holder and matter.is_open:
        if state in (CommitmentState.PROPOSED, CommitmentState.TAKEN_BACK):
            found.append("give")
        if state in (CommitmentState.GIVEN, CommitmentState.CONDITIONAL):
            found.append("take_back")
    if state in (CommitmentState.IN_FORCE, CommitmentState.LAPSED):
        if is_holder and not row.is_reported:
            found.append("report")
        if own in queries.confirmers_of(row, rows, matter):
            found.append("confirm")
    return found
