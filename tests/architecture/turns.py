"""Samples by turns: of a product each value is met once, and the same one from run to run."""

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

One = TypeVar("One")


def turn_of(text: str, of: Sequence[One]) -> One:
    """Whose turn `text` is: the same one, whatever stands beside it."""
    return of[crc32(text.encode()) % len(of)]
