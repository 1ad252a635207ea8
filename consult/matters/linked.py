"""What linked commitments are worth: "A does x if B does y", rings all or none. Pure, no query.

A commitment holds when it and everything it needs, directly or through others, was given and not
taken back. So the ones that hold are the greatest set in which nothing needs anything outside: a
ring of two that need each other holds as soon as both are given, and not a moment earlier.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from consult.matters.enums import CommitmentState


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """One commitment as its events tell it. `kept_on`: the day the other side confirmed it."""

    number: int
    needs: frozenset[int] = frozenset()
    due_on: date | None = None
    is_given: bool = False
    is_taken_back: bool = False
    is_agreed: bool = False
    kept_on: date | None = None

    @property
    def is_alive(self) -> bool:
        return self.is_given and not self.is_taken_back


@dataclass(frozen=True, kw_only=True)
class Worth:
    """`waits_for`: what is not given yet; `broken_by`: what it relied on and has lapsed;
    `package`: the others of its ring, with which it stands or falls."""

    state: CommitmentState
    waits_for: tuple[int, ...] = ()
    broken_by: tuple[int, ...] = ()
    package: tuple[int, ...] = ()
    is_late: bool = False


def worth_of(pledges: Iterable[Pledge], *, today: date) -> dict[int, Worth]:
    """Number -> worth, for all commitments of a matter. A need that is not there is never met."""
    known = {one.number: one for one in pledges}
    reached = {number: _reached(number, known) for number in known}
    states: dict[int, CommitmentState] = {}
    waiting: dict[int, tuple[int, ...]] = {}
    for number, one in known.items():
        missing = sorted(n for n in reached[number] if n not in known or not known[n].is_alive)
        states[number] = _state(one, is_waiting=bool(missing), today=today)
        waiting[number] = tuple(missing) if states[number] == CommitmentState.CONDITIONAL else ()
    return {
        number: Worth(
            state=states[number],
            waits_for=waiting[number],
            broken_by=_broken(one, states),
            package=tuple(sorted(n for n in reached[number] if _returns(n, number, reached))),
            is_late=bool(one.kept_on and one.due_on and one.kept_on > one.due_on),
        )
        for number, one in known.items()
    }


def _reached(number: int, known: Mapping[int, Pledge]) -> frozenset[int]:
    """Everything `number` needs, directly or through others; itself only in its own ring's sense."""
    found: set[int] = set()
    ahead = list(known[number].needs)
    while ahead:
        one = ahead.pop()
        if one in found or one == number:
            continue
        found.add(one)
        if one in known:
            ahead.extend(known[one].needs)
    return frozenset(found)


def _returns(other: int, number: int, reached: Mapping[int, frozenset[int]]) -> bool:
    return number in reached.get(other, frozenset())


def _state(one: Pledge, *, is_waiting: bool, today: date) -> CommitmentState:
    if one.is_taken_back:
        return CommitmentState.TAKEN_BACK
    if one.kept_on:
        return CommitmentState.FULFILLED
    if not one.is_given:
        return CommitmentState.PROPOSED
    if is_waiting:
        return CommitmentState.CONDITIONAL
    if not one.is_agreed:
        return CommitmentState.GIVEN
    if one.due_on and today > one.due_on:
        return CommitmentState.LAPSED
    return CommitmentState.IN_FORCE


def _broken(one: Pledge, states: Mapping[int, CommitmentState]) -> tuple[int, ...]:
    """The lapsed ones that `one` was promised in return for; nothing where its own is over."""
    if states[one.number] in (CommitmentState.FULFILLED, CommitmentState.TAKEN_BACK):
        return ()
    return tuple(sorted(n for n in one.needs if states.get(n) == CommitmentState.LAPSED))
