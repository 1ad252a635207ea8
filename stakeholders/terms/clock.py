"""The one clock. Python's time, read after the row lock and passed to SQL as a parameter."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_stated: ContextVar[datetime | None] = ContextVar("stated_instant", default=None)


def now() -> datetime:
    """The present instant in UTC, or the stated one while a replay runs."""
    return _stated.get() or datetime.now(UTC)


def is_stated() -> bool:
    """Whether the clock was set by a replay; the record says so on each entry."""
    return _stated.get() is not None


@contextmanager
def stated(instant: datetime) -> Iterator[None]:
    """Let `now()` answer `instant` (aware) inside the block. ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a stated instant needs a time zone")
    token = _stated.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stated.reset(token)
