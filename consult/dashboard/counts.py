"""How a plan stands, counted: one rule for each figure of the page. Pure.

docs/dashboard.md says the same rules in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.phase4_implementation.enums import Progress

# The worst word of the parties stands for the project.
WORST_FIRST = (Progress.LATE, Progress.AT_RISK, Progress.ON_TIME, Progress.DONE)


class Carried(StrEnum):
    """How far a provision is carried out."""

    DONE = "done"
    IN_WORK = "in_work"
    NOT_BEGUN = "not_begun"
    WITHOUT = "without"  # nothing carries it out yet


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A task or a project that carries a provision out. `has_begun`: somebody reported on it."""

    is_done: bool
    has_begun: bool


def carried(deeds: Sequence[Deed]) -> Carried:
    """Carried out when every task is struck off and every project done; in work when one of them
    is, or was reported on; without when there is none."""
    if not deeds:
        return Carried.WITHOUT
    if all(one.is_done for one in deeds):
        return Carried.DONE
    if any(one.is_done or one.has_begun for one in deeds):
        return Carried.IN_WORK
    return Carried.NOT_BEGUN


def worst(said: Iterable[str | None]) -> Progress | None:
    """The worst of the parties' newest words on a project; None: nobody said one."""
    words = {one for one in said if one}
    return next((one for one in WORST_FIRST if one.value in words), None)
