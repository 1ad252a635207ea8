"""One request judged: its answer, its processor time, where it failed; and the sum of many."""

import copy
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

HERE = str(Path(settings.BASE_DIR))
MOST_SECONDS = 2.0  # of processor time of this process, for one call
SHOWN = 200
One = TypeVar("One")


def where(error: BaseException) -> str:
    """The last line of ours that the error came through."""
    frames = list(traceback.extract_tb(error.__traceback__))
    ours = [one for one in frames if HERE in one.filename and ".venv" not in one.filename]
    last = (ours or frames)[-1]
    return f"{last.filename.removeprefix(HERE)}:{last.lineno} {error!r}"[:300]


class Tally:
    """What was tried: how many calls, their status classes, the slowest, and what went wrong."""

    def __init__(self) -> None:
        self.classes: Counter[str] = Counter()
        self.slowest = (0.0, "")
        self.failed: dict[str, str] = {}

    @property
    def calls(self) -> int:
        return sum(self.classes.values())

    def fail(self, what: str, sent: str) -> None:
        """Note a failure once, with what was sent the first time."""
        self.failed.setdefault(what, sent[:400])

    def count(self, answer: str, seconds: float, sent: str) -> None:
        """Count one call; over two seconds of processor time is a failure."""
        self.classes[answer] += 1
        self.slowest = max(self.slowest, (seconds, sent[:SHOWN]))
        if seconds > MOST_SECONDS:
            self.fail(f"{seconds:.1f} s of processor time", sent)

    def add(self, other: "Tally") -> None:
        """Take in what another counted."""
        self.classes += other.classes
        self.slowest = max(self.slowest, other.slowest)
        self.failed |= other.failed

    def told(self) -> str:
        """Every failure on a line of its own, for the assertion."""
        return "\n".join(f"{what} <- {sent}" for what, sent in self.failed.items())

    def counts(self) -> dict[str, object]:
        """For `say`."""
        return {
            "calls": self.calls,
            **dict(sorted(self.classes.items())),
            "slowest": f"{self.slowest[0]:.2f} s ({self.slowest[1][:60]})",
            "failures": len(self.failed),
        }

    def request(self, client: Client, sent: str, send: Callable[[], Any]) -> Any:
        """The answer of `send`, whose writes are undone; None where it raised.

        What is slow is sent again, and counts as the quicker of both: once it was a collection of
        garbage.
        """
        response, errors, seconds = _sent(client, send)
        if seconds > MOST_SECONDS:
            seconds = min(seconds, _sent(client, send)[2])
        code = response.status_code if response is not None else 500
        self.count(f"{code // 100}xx", seconds, sent)
        for error in errors:
            self.fail(where(error), sent)
        if code >= 500 and not errors:
            self.fail(f"status {code}", sent)
        return response


def _sent(client: Client, send: Callable[[], Any]) -> tuple[Any, list[BaseException], float]:
    """The answer, the errors on the way to it, and the seconds of processor time."""
    with undone(client), caught() as errors:
        started = time.process_time()
        try:
            response = send()
            if getattr(response, "streaming", False):
                b"".join(response.streaming_content)
        except Exception as error:
            errors.append(error)
            response = None
        return response, errors, time.process_time() - started


@contextmanager
def caught() -> Iterator[list[BaseException]]:
    """The errors that views let pass, in the order they came."""
    errors: list[BaseException] = []

    def note(*_given: object, request: object = None, **_named: object) -> None:
        error = sys.exc_info()[1]
        if error is not None:
            errors.append(error)

    got_request_exception.connect(note, weak=False)
    try:
        yield errors
    finally:
        got_request_exception.disconnect(note)


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Rows and cookies as they were, whatever the request did to them."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def seeded(*names: object) -> random.Random:
    """Random choices that are the same in every run."""
    return random.Random("/".join(map(str, names)))  # noqa: S311 - no secret


class Deck(Generic[One]):
    """What places are sent in turn: every place has an order of its own, the same in every run, and
    is sent none a second time before it was sent all. The deck knows what no place was sent."""

    def __init__(self, cards: Sequence[One]) -> None:
        self.cards = cards
        self._unsent = set(range(len(cards)))

    def at(self, *place: object) -> Iterator[One]:
        choose = seeded(*place)
        while True:
            for number in choose.sample(range(len(self.cards)), len(self.cards)):
                self._unsent.discard(number)
                yield self.cards[number]

    def unsent(self) -> list[str]:
        return [f"{self.cards[number]!r:.60}" for number in sorted(self._unsent)]
