"""Many conditions of one kind as one line with their number."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from stakeholders.terms.duty import Blocker

FEW = 3  # so many of one kind are still named one by one
T = TypeVar("T")


def grouped(
    found: Sequence[T], *, number: int, one: Callable[[T], Blocker], many: Callable[[int], Blocker]
) -> list[Blocker]:
    """Each of a few by name, or how many there are with the list of them. Pure.

    `found` may hold only the first of them; `number` says how many there are.
    """
    if number > FEW:
        return [many(number)]
    return [one(row) for row in found]
