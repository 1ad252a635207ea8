"""Which milestone waits for which: no circles, and no date before the one it needs. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

# (milestone, the one it needs)
Need = tuple[int, int]


def closes_ring(needs: Iterable[Need], *, milestone: int, needed: Iterable[int]) -> bool:
    """Whether `milestone` would wait for itself, directly or through others, if it needed
    `needed` instead of what `needs` says of it."""
    ahead: dict[int, set[int]] = {}
    for one, other in needs:
        if one != milestone:
            ahead.setdefault(one, set()).add(other)
    found: set[int] = set()
    waiting = list(needed)
    while waiting:
        one = waiting.pop()
        if one == milestone:
            return True
        if one not in found:
            found.add(one)
            waiting.extend(ahead.get(one, ()))
    return False


def too_early(dates: Mapping[int, date], needs: Iterable[Need]) -> set[Need]:
    """The needs whose milestone is due before what it needs is. Ends without a date are left out.

    Looking at each need by itself is enough: where every one is in order, so are all chains.
    """
    return {
        (one, other)
        for one, other in needs
        if one in dates and other in dates and dates[one] < dates[other]
    }
