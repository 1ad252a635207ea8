"""What the desk collects: the duties and the closings of the slices below, one line each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from consult.approval import duties as approval
from consult.demands import duties as demands
from consult.matters import duties as matters
from consult.matters.tasks import raise_overdue_matters
from consult.phase1_organization import duties as phase1
from consult.phase1_organization.tasks import (
    close_due_ballots,
    count_confirmed_answers,
    let_parties_leave,
)
from consult.phase2_preparation import duties as phase2
from consult.phase2_preparation.tasks import begin_due_rounds, close_due_rounds, remind_by_link
from consult.phase3_identification import duties as phase3
from consult.phase3_identification.tasks import close_due_sign_offs, tell_ready_positions
from consult.phase4_implementation import duties as phase4
from consult.spoken import duties as spoken
from consult.workflow import duties as workflow
from plans.register.actions import tell_heads
from plans.register.models import Plan
from stakeholders.terms.actor import SYSTEM, Actor
from stakeholders.terms.duty import Duty


class Duties(Protocol):
    def __call__(self, *, plans: Sequence[Plan], now: datetime) -> list[Duty]: ...


class DutiesOfInvited(Protocol):
    def __call__(self, *, actor: Actor, now: datetime) -> list[Duty]: ...


# Who owes what in each phase.
DUTIES: tuple[Duties, ...] = (
    phase1.duties,
    demands.duties,
    phase2.duties,
    matters.duties,
    phase3.duties,
    approval.duties,
    phase4.duties,
    spoken.duties,
    workflow.duties,
)

# What a jurisdiction owes on plans it was invited to and cannot see yet.
DUTIES_OF_INVITED: tuple[DutiesOfInvited, ...] = (
    phase1.duties_of_invited,
    phase2.duties_of_experts,
    spoken.duties_of_invited,
)

# Acts after which the parties are told the head of the record at once, each a witness of it; what
# else is entered waits a week at most.
WITNESSED = frozenset(
    {
        "approval.publish",
        "approval.reply",
        "approval.submit",
        "revision.publish",
        "sign_off.adopt_part",
        "sign_off.close",
        "sign_off.close_early",
        "sign_off.confirm_close",
        "sign_off.open",
        "sign_off.withdraw",
        "statement.sign",
    }
)

# (name, sweeper) of what the hour closes: each returns how many it closed.
CLOSINGS: tuple[tuple[str, Callable[[datetime], int]], ...] = (
    ("invitations", count_confirmed_answers),
    ("ballots", close_due_ballots),
    ("parties", let_parties_leave),
    ("rounds to open", begin_due_rounds),
    ("rounds", close_due_rounds),
    ("expert links", remind_by_link),
    ("matters", raise_overdue_matters),
    ("sign-offs", close_due_sign_offs),
    ("positions to sign", tell_ready_positions),
    ("heads", lambda now: tell_heads(actor=SYSTEM, now=now, acts=WITNESSED)),
)
