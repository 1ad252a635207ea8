"""What the desk collects: the duties and the closings of the slices below, one line each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Duty


class Duties(Protocol):
    def __call__(self, *, plans: Sequence[Plan], now: datetime) -> list[Duty]: ...


class DutiesOfInvited(Protocol):
    def __call__(self, *, actor: Actor, now: datetime) -> list[Duty]: ...


# Who owes what in each phase.
DUTIES: tuple[Duties, ...] = ()

# What a jurisdiction owes on plans it was invited to and cannot see yet.
DUTIES_OF_INVITED: tuple[DutiesOfInvited, ...] = ()

# (name, action) of what the hour closes: each returns how many it closed.
CLOSINGS: tuple[tuple[str, Callable[..., int]], ...] = ()
