"""Which readings raise a warning: one for each time an indicator leaves its bounds. Pure.

The readings of one unit form a course of periods. A run is a stretch of neighbouring periods whose
readings lie beyond a threshold; it has one warning of the gravest level it reached, and a second
one only where it gets graver. A correction that is back within ends a run as a later period does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from consult.phase4_implementation.enums import WarningLevel
from consult.phase4_implementation.periods import order_of, read_period

GRAVITY = {None: 0, WarningLevel.WARNING: 1, WarningLevel.LIMIT: 2}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A reading: the level it lies beyond, and the level it was warned of when it was entered."""

    id: int
    period: str
    level: WarningLevel | None
    warned: WarningLevel | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A period as it stands: its reading that counts, and the gravest warning since it was last
    within; `warned_ids` are the readings of those warnings."""

    entry: Entry
    warned: WarningLevel | None
    warned_ids: frozenset[int]

    @property
    def is_beyond(self) -> bool:
        return self.entry.level is not None


def due(entries: Sequence[Entry], *, periods: Collection[str]) -> list[Entry]:
    """The entries to be warned of after those for `periods` came in; `entries` of one unit, in the
    order they were entered. The runs of these periods and those beside them are looked at: a late
    reading may join or part them."""
    found = []
    for like in {_kind(period): period for period in periods}.values():
        places = _places(entries, like=like)
        at = {n for n, one in enumerate(places) if one.entry.period in periods}
        for run in _runs(places):
            if not at.isdisjoint(range(run[0] - 1, run[-1] + 2)):
                found += _owed([places[n] for n in run])
    return found


def standing(entries: Sequence[Entry]) -> frozenset[int]:
    """The ids of the readings whose warnings stand: those of the run that reaches the newest
    period of each kind."""
    found: set[int] = set()
    for like in {_kind(one.period): one.period for one in entries}.values():
        places = _places(entries, like=like)
        for place in reversed(places):
            if not place.is_beyond:
                break
            found |= place.warned_ids
    return frozenset(found)


def _kind(period: str) -> str:
    read = read_period(period)
    return read.kind.value if read else ""


def _places(entries: Sequence[Entry], *, like: str) -> list[Place]:
    """In order of time, the periods of the kind of `like`: a year is not next to a month."""
    kind = _kind(like)
    held: dict[str, list[Entry]] = {}
    for one in entries:
        if _kind(one.period) == kind:
            held.setdefault(one.period, []).append(one)
    return [_place(held[period]) for period in sorted(held, key=order_of)]


def _place(entries: Sequence[Entry]) -> Place:
    since: list[Entry] = []
    for one in entries:
        since = [*since, one] if one.level is not None else []
    warned = [one for one in since if one.warned is not None]
    return Place(
        entry=entries[-1],
        warned=max((one.warned for one in warned), key=GRAVITY.__getitem__, default=None),
        warned_ids=frozenset(one.id for one in warned),
    )


def _runs(places: Sequence[Place]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number, place in enumerate(places):
        if not place.is_beyond:
            continue
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _owed(run: Sequence[Place]) -> list[Entry]:
    """The first entry of the run's gravest level, unless that was warned of already."""
    gravest = max((one.entry.level for one in run), key=GRAVITY.__getitem__)
    warned = max(GRAVITY[one.warned] for one in run)
    if GRAVITY[gravest] <= warned:
        return []
    first = next(one.entry for one in run if one.entry.level is gravest)
    return [first] if first.warned is None else []
