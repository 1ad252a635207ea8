"""Long rows of things in pieces, so that no statement and no transaction grows without bound."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`, in order; none for nothing."""
    waiting = iter(things)
    while some := list(islice(waiting, size)):
        yield some
