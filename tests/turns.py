"""A share of a long product for `make test`, all of it for `make prove`."""

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

import pytest
from hypothesis import settings

One = TypeVar("One")


def in_turns(of: int) -> pytest.MarkDecorator:
    """Run a test with `of`, which takes every `of`-th of what a place may be sent; and with 1.

    A test takes `sent[turn % of :: of]` at its turn-th place, so that it goes on where it stopped at
    the place before: each place is tried, and each of what may be sent is tried somewhere.
    """
    whole = pytest.param(1, id="whole", marks=pytest.mark.prove)
    return pytest.mark.parametrize("of", [pytest.param(of, id="sample"), whole])


def few(number: int) -> int:
    """So many examples where each costs a second; in `make prove` a fiftieth of the usual ones."""
    return max(number, settings().max_examples // 50)


def turn_of(text: str, of: Sequence[One]) -> One:
    """Whose turn `text` is: the same one from run to run, whatever stands beside it."""
    return of[crc32(text.encode()) % len(of)]
