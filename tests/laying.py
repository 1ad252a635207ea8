"""Grounds laid once in a worker and laid again by replaying what they wrote.

Most tests begin with the same rows, made by the ordinary actions: hundreds of queries each time. The
first laying notes every statement that wrote; the next test sends them in one piece, after setting
the sequences back, so that the rows are the same to the key. What the laying answered is unpickled.

Replayed are `@laid_once` functions and all fixtures that need nothing but such grounds, and only on
a database in the state in which they were noted: a test that wrote something itself in between gets
the ordinary laying. Rows of earlier tests are rolled back, so the keys are free again.
"""

import io
import pickle
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any, TypeVar

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone, translation

from stakeholders.terms import clock

Lay = TypeVar("Lay", bound=Callable[..., Any])
OLD = 600  # seconds; a ground holds instants, and tests count hours and days from now
READS = re.compile(r"\s*(SELECT|EXPLAIN|WITH\s+RECURSIVE)\b", re.IGNORECASE)
SAVEPOINTS = re.compile(r"\s*(SAVEPOINT|RELEASE)\b", re.IGNORECASE)
SIDE_EFFECTS = ("nextval", "setval", "set_config", "advisory")
KEPT_OUTSIDE = re.compile(r'INSERT INTO "stakeholders_storedfile"')
SEQUENCES = "SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences"


@dataclass
class Laid:
    """What one laying wrote and answered."""

    statements: str
    answer: bytes
    at: float = field(default_factory=time.monotonic)


@dataclass
class Ground:
    """The present test: the layings that stand (None: something else wrote), and their fixtures."""

    database: str = ""
    chain: tuple[object, ...] | None = None
    fixtures: dict[str, object] = field(default_factory=dict)
    notes: list[list[str]] = field(default_factory=list)


_ground = Ground()
_laid: dict[object, Laid | None] = {}


def follow(database: str) -> None:
    """Watch what is written in `database`, the worker's own, through the default connection."""
    _ground.database = database
    connection.execute_wrappers.append(_note)


def begin_test() -> None:
    """Forget what the test before stood on."""
    _ground.chain, _ground.fixtures, _ground.notes = (), {}, []


def laid_once(lay: Lay) -> Lay:
    """Let `lay(owner, *args, **kwargs)` be replayed where it stands on the same ground as before.

    `owner` (a world; none for a function without arguments) gets the state it had after the laying;
    all other arguments are part of the key. What cannot be pickled is laid anew each time.
    """

    @wraps(lay)
    def once(*args: Any, **kwargs: Any) -> Any:
        key = (f"{lay.__module__}.{lay.__qualname__}", args[1:], tuple(sorted(kwargs.items())))
        owners = {"owner": args[0]} if args else {}
        return _stand(key, owners, lambda: lay(*args, **kwargs))

    return once  # type: ignore[return-value]


def lay_fixture_once(fixture: pytest.FixtureDef[Any]) -> None:
    """Let a fixture of one test that needs only grounds be replayed."""
    lay = fixture.func
    if hasattr(lay, "is_laid_once") or fixture.scope != "function" or isgeneratorfunction(lay):
        return

    @wraps(lay)
    def once(**needs: Any) -> Any:
        known, none = _ground.fixtures, object()
        grounds = {name: value for name, value in needs.items() if name != "db"}
        if not needs or any(known.get(name, none) is not value for name, value in grounds.items()):
            return lay(**needs)
        answer = _stand(f"{fixture.baseid}:{fixture.argname}", grounds, lambda: lay(**needs))
        if _ground.chain is not None:
            known[fixture.argname] = answer
        return answer

    once.is_laid_once = True  # type: ignore[attr-defined]
    fixture.func = once  # type: ignore[misc]


def _stand(key: object, owners: Mapping[str, object], lay: Callable[[], Any]) -> Any:
    if not _may_replay(key):
        return lay()
    # A scene's world is the test's own after a replay, too.
    worlds = {f"{name}.world": getattr(one, "world", None) for name, one in owners.items()}
    owners = {**owners, **{name: one for name, one in worlds.items() if one is not None}}
    stand = (_ground.chain, key, translation.get_language(), timezone.localdate())
    known = _laid.get(stand)
    if stand in _laid and known is None:
        return lay()
    if known is not None and time.monotonic() - known.at < OLD:
        answer = _replayed(known, owners)
    else:
        answer = _noted(stand, owners, lay)
        known = _laid[stand]
    # Which noting it was: what stood on a former one has its keys.
    _ground.chain = (stand, known.at if known else time.monotonic())
    return answer


def _may_replay(key: object) -> bool:
    try:
        hash(key)
    except TypeError:
        return False
    return (
        _ground.chain is not None
        and connection.in_atomic_block
        and connection.settings_dict["NAME"] == _ground.database
        and not clock.is_stated()
        and not time_machine.escape_hatch.is_travelling()
        and (_ground.chain != () or _is_pristine())
    )


def _is_pristine() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT FROM stakeholders_user)")
        return bool(cursor.fetchone()[0])


def _note(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Keep the text of what writes for all layings under way; the ground is another after it."""
    if _ground.chain is None and not _ground.notes:
        return execute(sql, params, many, context)  # another already, and nobody lays
    text = sql if isinstance(sql, str) else sql.as_string()
    if _only_reads(text):
        return execute(sql, params, many, context)
    if _ground.notes:
        rows = params if many else [params]
        raw = psycopg.ClientCursor(context["connection"].connection)
        whole = [raw.mogrify(text, row) if row else text for row in rows]
        for notes in _ground.notes:
            notes.extend(whole)
    if not SAVEPOINTS.match(text):
        _ground.chain = None
    return execute(sql, params, many, context)


def _only_reads(text: str) -> bool:
    """Asked of every query of every test: a pattern of these words took longer than many a query."""
    if READS.match(text) is None:
        return False
    lower = text.lower()
    return not any(word in lower for word in SIDE_EFFECTS)


def _noted(stand: object, owners: Mapping[str, object], lay: Callable[[], Any]) -> Any:
    before = _sequences()
    notes: list[str] = []
    _ground.notes.append(notes)
    try:
        answer = lay()
    finally:
        _ground.notes = [other for other in _ground.notes if other is not notes]
    moved = [name for name, value in _sequences().items() if before.get(name) != value]
    back = [_set_back(name, before.get(name)) for name in moved]
    statements = ";\n".join(["RESET ROLE", *back, f"SET ROLE {settings.DATABASE_APP_ROLE}", *notes])
    _laid[stand] = None
    if not KEPT_OUTSIDE.search(statements):
        states = {name: vars(owner) for name, owner in owners.items() if hasattr(owner, "__dict__")}
        with suppress(pickle.PicklingError, TypeError, AttributeError):
            _laid[stand] = Laid(statements, _pickled((states, answer), owners))
    return answer


def _replayed(known: Laid, owners: Mapping[str, object]) -> Any:
    # By psycopg itself: Django's cursor takes one statement, the server takes them all.
    connection.connection.execute(known.statements)
    for notes in _ground.notes:
        notes.append(known.statements)
    states, answer = _unpickled(known.answer, owners)
    for name, state in states.items():
        vars(owners[name]).update(state)
    return answer


def _sequences() -> dict[str, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        return dict(cursor.fetchall())


def _set_back(name: str, value: int | None) -> str:
    return f"SELECT setval('{name}', {value or 1}, {'true' if value else 'false'})"


class _Pickler(pickle.Pickler):
    """Leaves the owners out: each test has its own."""

    def __init__(self, file: io.BytesIO, owners: Mapping[str, object]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self.names = {id(one): name for name, one in owners.items() if hasattr(one, "__dict__")}

    def persistent_id(self, value: object) -> str | None:
        return self.names.get(id(value))


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, owners: Mapping[str, object]) -> None:
        super().__init__(file)
        self.owners = owners

    def persistent_load(self, name: str) -> object:
        return self.owners[name]


def _pickled(value: object, owners: Mapping[str, object]) -> bytes:
    file = io.BytesIO()
    _Pickler(file, owners).dump(value)
    return file.getvalue()


def _unpickled(content: bytes, owners: Mapping[str, object]) -> Any:
    return _Unpickler(io.BytesIO(content), owners).load()
