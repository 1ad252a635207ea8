"""Where a meeting and its minutes stand, from plain facts. Pure: no query, no clock.

A meeting is planned, called, due, held; its minutes are put forward, then locked by the last
confirmation. Only the newest edition counts, and only while nothing changed since it was made.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    CALLED = "called", pgettext_lazy("meeting", "Called")
    DUE = "due", pgettext_lazy("meeting", "Attendance to be entered")
    HELD = "held", pgettext_lazy("meeting", "Minutes to be put forward")
    CONFIRMING = "confirming", pgettext_lazy("meeting", "Minutes to be confirmed")
    DISPUTED = "disputed", pgettext_lazy("meeting", "Minutes not confirmed")
    LOCKED = "locked", pgettext_lazy("meeting", "Minutes locked")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


# Nothing of the meeting changes any more.
OVER = frozenset({Stage.LOCKED, Stage.CANCELLED})
BEFORE = frozenset({Stage.PLANNED, Stage.CALLED, Stage.DUE})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a stage rests on. `asked`: the parties whose word the newest edition needs;
    `words`: party -> whether it confirms that edition. `is_changed`: the minutes read otherwise by
    now than that edition."""

    starts_at: datetime
    is_called: bool = False
    is_cancelled: bool = False
    is_held: bool = False
    is_locked: bool = False
    has_edition: bool = False
    is_changed: bool = False
    asked: frozenset[str] = frozenset()
    words: Mapping[str, bool] = field(default_factory=dict)


def silent(facts: Facts) -> frozenset[str]:
    """The parties that are asked and have not said yet whether they confirm."""
    return facts.asked - facts.words.keys() if facts.has_edition else frozenset()


def refusing(facts: Facts) -> frozenset[str]:
    return frozenset(code for code in facts.asked if facts.words.get(code) is False)


def is_complete(facts: Facts) -> bool:
    """Whether the newest edition is confirmed by every party that is asked, and still the text."""
    return (
        facts.has_edition
        and not facts.is_changed
        and bool(facts.asked)
        and all(facts.words.get(code) is True for code in facts.asked)
    )


def stage_of(facts: Facts, *, at: datetime) -> Stage:
    """The stage at an instant. A lock or a cancellation is final."""
    if facts.is_locked:
        return Stage.LOCKED
    if facts.is_cancelled:
        return Stage.CANCELLED
    if not facts.is_held:
        if not facts.is_called:
            return Stage.PLANNED
        return Stage.CALLED if at < facts.starts_at else Stage.DUE
    if not facts.has_edition:
        return Stage.HELD
    return Stage.DISPUTED if facts.is_changed or refusing(facts) else Stage.CONFIRMING


def next_chair(parties: Sequence[str], *, former: Sequence[str]) -> str | None:
    """Whose turn it is to take the chair: the party after the one that had it last.

    `parties`: in their order, the convenor first. `former`: who had the chair, the newest last; who
    left the plan is passed over. None without parties.
    """
    if not parties:
        return None
    last = next((code for code in reversed(former) if code in parties), None)
    return parties[0] if last is None else parties[(parties.index(last) + 1) % len(parties)]


def moved(order: Sequence[int], *, pk: int, up: bool) -> list[int]:
    """`order` with `pk` one place higher or lower; as it was at either end. ValueError if unknown."""
    found = list(order)
    place = found.index(pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
    return found


def former_words(
    editions: Sequence[tuple[int, Mapping[str, bool]]], *, codes: Collection[str]
) -> dict[int, list[str]]:
    """Edition -> those of `codes` that confirmed it, editions nobody confirmed left out."""
    found = {
        number: sorted(code for code in codes if words.get(code) is True)
        for number, words in editions
    }
    return {number: who for number, who in found.items() if who}
