"""Many at once over real connections: a database of its own, the race, and what must hold after."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier

import pytest
import pytest_django
from django.db import connection, connections

from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.terms.errors import Blocked, Conflict, Invalid, Refused
from tests.databases import clone_database, drop_database
from tests.world import World, build_world

TOLD = (Blocked, Conflict, Invalid, Refused)
DONE = "done"
START_SECONDS = 120
Act = Callable[[], object]


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A clone of the template, so that what threads commit is dropped with it."""
    before = connection.settings_dict["NAME"]
    connection.close()
    clone_database(name)
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        drop_database(name)


@pytest.fixture
def own(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[World]:
    """The small world in a database of its own."""
    with django_db_blocker.unblock(), own_database(f"jointplan_races_{os.getpid()}"):
        yield build_world()


@dataclass
class Outcome:
    """How many acts ended how; the words that those heard who were told."""

    ended: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)


def contest(*acts: Act) -> Outcome:
    """Let every act run at the same moment on a connection of its own.

    An error that is no answer of the house (a deadlock, a broken unique key) is raised.
    """
    start = Barrier(len(acts))

    def run(act: Act) -> tuple[str, str]:
        try:
            connection.ensure_connection()
            start.wait(timeout=START_SECONDS)
            act()
        except TOLD as error:
            return type(error).__name__, words_of(error)
        else:
            return DONE, ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        ends = list(pool.map(run, acts))
    words = [said for end, said in ends if end != DONE]
    return Outcome(ended=Counter(end for end, _said in ends), words=words)


def race(*acts: Act) -> Counter[str]:
    """Let every act run at the same moment on a connection of its own; what came of them."""
    return contest(*acts).ended


def words_of(error: Exception) -> str:
    """What the page shows to who was told."""
    if isinstance(error, Invalid):
        return " ".join(str(text) for text in error.errors.values())
    if isinstance(error, Blocked):
        return " ".join(str(one.text) for one in error.blockers)
    if isinstance(error, Refused):
        return str(error.verdict.reason)
    return str(error)


def sound() -> bool:
    """Whether every chain of the record verifies."""
    return all(not check.fault for check in check_chains())


def recorded(*, since: int = 0) -> Counter[str]:
    """The acts in the record after entry `since`, with how often."""
    return Counter(RecordEntry.objects.filter(pk__gt=since).values_list("act", flat=True))


def newest_entry() -> int:
    """The number of the record's newest entry over all chains."""
    return RecordEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
