"""The keys of notices that remind of a duty: written where it is told, read to learn what was. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache

from django.utils import timezone

from stakeholders.terms.duty import Duty

SWEPT, BY_HAND = "reminder", "nudge"


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a key says: of which duty, whether by hand, in which window of its present deadline;
    no window for a former deadline, and by hand."""

    duty: Duty
    is_by_hand: bool
    window: str = ""


def reminder_key(duty: Duty, *, window: str) -> str:
    """Of the sweep: once a duty, window and deadline."""
    assert duty.due_at is not None  # noqa: S101 - what has a window has a deadline
    return f"{SWEPT}:{duty.key}:{window}:{stamp(duty.due_at)}"


def nudge_key(duty: Duty, *, day: date) -> str:
    """By hand: once a duty and working day."""
    return f"{BY_HAND}:{duty.key}:{day:%Y%m%d}"


def read_key(key: str, duties: Mapping[str, Duty]) -> Read | None:
    """What a key says of one of `duties` (by their keys); None where it is of none of them."""
    origin, _colon, rest = key.partition(":")
    if origin == BY_HAND:
        duty = duties.get(rest.rpartition(":")[0])
        return None if duty is None else Read(duty=duty, is_by_hand=True)
    of, *said = rest.rsplit(":", 2)
    duty = duties.get(of)
    if duty is None or len(said) < 2:
        return None
    is_present = duty.due_at is not None and said[1] == stamp(duty.due_at)
    return Read(duty=duty, is_by_hand=False, window=said[0] if is_present else "")


def stamp(at: datetime) -> str:
    """A deadline as keys hold it."""
    return _stamp(at, timezone.get_current_timezone())


@lru_cache(maxsize=256)  # a sweep meets the same few deadlines thousands of times
def _stamp(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y%m%dT%H%M%z}"
