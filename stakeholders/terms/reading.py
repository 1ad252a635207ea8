"""One reading: what several parts of one page need alike is read from the database once.

`read_once` marks a read; inside `one_reading` a second call with the same arguments answers what
the first one did. Nothing is written inside a reading, and outside of one nothing is kept: duties
stay computed from the present state.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_known: ContextVar[dict[Hashable, object] | None] = ContextVar("known_in_reading", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Let marked reads be read once inside the block. A reading within a reading is the same one."""
    if _known.get() is not None:
        yield
        return
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def read_once(read: Callable[P, T]) -> Callable[P, T]:
    """`read`, which must answer something complete (a list, no generator or lazy query) that its
    callers leave as it is. Rows among the arguments are told apart by their keys."""

    @wraps(read)
    def once(*args: P.args, **kwargs: P.kwargs) -> T:
        known = _known.get()
        if known is None:
            return read(*args, **kwargs)
        key = (read, _named(args), _named(sorted(kwargs.items())))
        if key not in known:
            known[key] = read(*args, **kwargs)
        return known[key]  # type: ignore[return-value]

    return once


def _named(value: object) -> Hashable:
    """Lists as tuples, so that they can be looked up; everything else names itself."""
    if isinstance(value, list | tuple):
        return tuple(_named(one) for one in value)
    return value
