"""What the desk collects: duties, dates and closings of the slices below, one line each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from consult.approval import awaited as approval_awaited
from consult.approval import duties as approval
from consult.balance import awaited as balance_awaited
from consult.balance import duties as balance
from consult.demands import duties as demands
from consult.health import awaited as health_awaited
from consult.health import duties as health
from consult.health.dates import dates as dates_of_checks
from consult.health.tasks import close_due_report_ballots
from consult.matters import awaited as matters_awaited
from consult.matters import duties as matters
from consult.matters.tasks import raise_overdue_matters, tell_lapsed_commitments
from consult.meetings import awaited as meetings_awaited
from consult.meetings import duties as meetings
from consult.meetings.dates import dates as dates_of_meetings
from consult.meetings.tasks import close_due_decisions
from consult.phase1_organization import awaited as phase1_awaited
from consult.phase1_organization import duties as phase1
from consult.phase1_organization.tasks import (
    close_due_ballots,
    count_confirmed_answers,
    let_parties_leave,
)
from consult.phase2_preparation import awaited as phase2_awaited
from consult.phase2_preparation import duties as phase2
from consult.phase2_preparation.dates import dates as dates_of_rounds
from consult.phase2_preparation.tasks import begin_due_rounds, close_due_rounds, remind_by_link
from consult.phase3_identification import awaited as phase3_awaited
from consult.phase3_identification import duties as phase3
from consult.phase3_identification.dates import dates as dates_of_sign_offs
from consult.phase3_identification.tasks import close_due_sign_offs, tell_ready_positions
from consult.phase4_implementation import awaited as phase4_awaited
from consult.phase4_implementation import duties as phase4
from consult.phase4_implementation.dates import dates as dates_of_cases
from consult.phase4_implementation.tasks import raise_overdue_cases
from consult.spoken import awaited as spoken_awaited
from consult.spoken import duties as spoken
from consult.tasks import awaited as tasks_awaited
from consult.tasks import duties as tasks
from consult.workflow import duties as workflow
from plans.register.actions import tell_heads
from plans.register.models import Plan
from stakeholders.notices.actions import write_digests
from stakeholders.terms.actor import SYSTEM, Actor
from stakeholders.terms.awaited import Awaited
from stakeholders.terms.duty import Duty
from stakeholders.terms.plan_date import PlanDate


class Duties(Protocol):
    def __call__(self, *, plans: Sequence[Plan], now: datetime) -> list[Duty]: ...


class DutiesOfInvited(Protocol):
    def __call__(self, *, actor: Actor, now: datetime) -> list[Duty]: ...


class AwaitedBy(Protocol):
    def __call__(self, *, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]: ...


class Dates(Protocol):
    def __call__(self, *, plans: Sequence[Plan], now: datetime) -> list[PlanDate]: ...


# Who owes what in each phase.
DUTIES: tuple[Duties, ...] = (
    phase1.duties,
    demands.duties,
    phase2.duties,
    matters.duties,
    phase3.duties,
    approval.duties,
    tasks.duties,
    phase4.duties,
    meetings.duties,
    balance.duties,
    health.duties,
    spoken.duties,
    workflow.duties,
)

# What a jurisdiction owes on plans it was invited to and cannot see yet.
DUTIES_OF_INVITED: tuple[DutiesOfInvited, ...] = (
    phase1.duties_of_invited,
    phase2.duties_of_experts,
    spoken.duties_of_invited,
)

# What who has done its part waits for, without a word about who is late.
AWAITED: tuple[AwaitedBy, ...] = (
    phase1_awaited.awaited,
    phase2_awaited.awaited,
    matters_awaited.awaited,
    phase3_awaited.awaited,
    approval_awaited.awaited,
    tasks_awaited.awaited,
    meetings_awaited.awaited,
    balance_awaited.awaited,
    health_awaited.awaited,
    spoken_awaited.awaited,
    phase4_awaited.awaited,
)

# What begins, ends or is held on which day: calendars show it beside the duties.
DATES: tuple[Dates, ...] = (
    dates_of_rounds,
    dates_of_sign_offs,
    dates_of_cases,
    dates_of_meetings,
    dates_of_checks,
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
    ("ballots of meetings", close_due_decisions),
    ("parties", let_parties_leave),
    ("rounds to open", begin_due_rounds),
    ("rounds", close_due_rounds),
    ("expert links", remind_by_link),
    ("matters", raise_overdue_matters),
    ("cases", raise_overdue_cases),
    ("commitments", tell_lapsed_commitments),
    ("sign-offs", close_due_sign_offs),
    ("positions to sign", tell_ready_positions),
    ("reports of health checks", close_due_report_ballots),
    ("digests", lambda now: write_digests(actor=SYSTEM, now=now)),
    ("heads", lambda now: tell_heads(actor=SYSTEM, now=now, acts=WITNESSED)),
)
