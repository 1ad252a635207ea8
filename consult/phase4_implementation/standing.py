"""Where a case stands and whose move it is, computed from what was said in it. Pure.

An answer counts when it was given after the case last asked: a later warning on the same indicator
asks anew. A neighbour that asks for more waits for an answer after its word; it moves no date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.phase4_implementation.enums import CaseState


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A party gave cause and measure at `at`."""

    code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Viewed:
    """A neighbour said at `at` whether it accepts the measure."""

    code: str
    accepts: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The case came to `level` at `at`; at the level it had, a later warning asked anew."""

    level: str
    due_at: datetime | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that was said in one case, each list in order of time."""

    level: str
    opened_at: datetime
    due_at: datetime | None
    answering: Sequence[str]
    neighbours: Sequence[str] = ()
    answers: Sequence[Answered] = ()
    views: Sequence[Viewed] = ()
    moves: Sequence[Moved] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a case stands. `missing` owe an answer, `pressed` one more to a neighbour, `unheard`
    neighbours may still say how they see it; `asked_at` is when answers were last asked."""

    state: CaseState
    level: str
    due_at: datetime | None
    asked_at: datetime
    is_late: bool
    has_climbed: bool
    missing: tuple[str, ...]
    pressed: tuple[str, ...]
    unheard: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.state is not CaseState.ENDED

    @property
    def turn(self) -> tuple[str, ...]:
        """The jurisdictions whose move it is; nobody's while the joint office has to close it."""
        return self.missing or self.pressed

    @property
    def is_for_office(self) -> bool:
        return self.is_open and not self.turn


def standing_of(told: Told, *, now: datetime) -> Standing:
    """The standing of a case at `now`. A date that is this instant has passed."""
    level, due_at, asked_at = _where(told)
    newest = {one.code: one for one in told.answers}
    missing = tuple(c for c in told.answering if c not in newest or newest[c].at < asked_at)
    views = {one.code: one for one in told.views if one.at >= asked_at}
    wants = [one.at for one in views.values() if not one.accepts]
    wanted = max(wants, default=None)
    is_open = told.ended_at is None
    pressed = tuple(
        code
        for code in told.answering
        if wanted is not None and code not in missing and newest[code].at < wanted
    )
    state = CaseState.ENDED
    if is_open and not missing:
        state = CaseState.ALL_ANSWERED
    elif is_open:
        state = CaseState.OPEN if len(missing) == len(told.answering) else CaseState.ANSWERED
    return Standing(
        state=state,
        level=level,
        due_at=due_at if is_open else None,
        asked_at=asked_at,
        is_late=is_open and bool(missing) and due_at is not None and due_at <= now,
        has_climbed=level != told.level,
        missing=missing if is_open else (),
        pressed=pressed if is_open and not missing else (),
        unheard=tuple(c for c in told.neighbours if c not in views) if is_open else (),
    )


def _where(told: Told) -> tuple[str, datetime | None, datetime]:
    """Level and date after all moves, and when answers were last asked anew."""
    level, due_at, asked_at = told.level, told.due_at, told.opened_at
    for move in told.moves:
        if move.level == level:
            asked_at = move.at
        level, due_at = move.level, move.due_at
    return level, due_at, asked_at
