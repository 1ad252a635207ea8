"""What the pages of the sign-off share."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime

from consult.phase3_identification.board import Board, board
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import (
    revision_at,
    sees,
)
from consult.phase3_identification.rules import ACTS
from plans.register.models import Plan, Revision
from plans.register.rules import plan_facts
from stakeholders.jurisdictions.queries import overrides
from stakeholders.terms import clock
from stakeholders.terms.rights import decide
from stakeholders.terms.workdays import workdays_between

FOLDER = "consult/phase3_identification"


def read_board(request: HttpRequest, plan: Plan, current: SignOff) -> tuple[Board, Revision]:
    revision = revision_at(current, plan=plan)
    sight = sees(current, actor=request.actor, at=clock.now())
    return board(sign_off=current, revision=revision, sees=sight), revision


def read_states(request: HttpRequest, plan: Plan, current: SignOff) -> tuple[Board, Revision]:
    """`read_board` without the positions, for what shows states only."""
    revision = revision_at(current, plan=plan)
    sight = sees(current, actor=request.actor, at=clock.now())
    return board(sign_off=current, revision=revision, sees=sight, with_positions=False), revision


def may_do(request: HttpRequest, plan: Plan) -> dict[str, bool]:
    """Act (its last word) -> whether the actor may do it, for the buttons. Two queries."""
    facts = plan_facts(actor=request.actor, plan=plan, own=True)
    return {act.replace(".", "_"): bool(decide(act, rule, facts)) for act, rule in ACTS.items()}


def days_left(current: SignOff) -> int | None:
    """Working days to the close, as the desk counts them."""
    if current.closes_at is None:
        return None
    today, last = (localtime(at).date() for at in (clock.now(), current.closes_at))
    return workdays_between(today, last, overrides(on=today))


def status_of(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
