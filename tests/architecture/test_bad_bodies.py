"""Whatever a form or a program sends to the common implementation is answered, never by a failure.

Each act is made due as in its own case; then every field of what would be right is replaced in turn
by each bad value.
"""

import json
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.architecture.test_openapi import OPERATIONS
from tests.architecture.test_writing_acts import (
    House,
    body_of,
    due,
    form_data,
    house,
    ready,
)
from tests.architecture.writing_balance import BALANCE
from tests.architecture.writing_case import Case
from tests.architecture.writing_cases_of_warnings import CASES_OF_WARNINGS
from tests.architecture.writing_changes import CHANGES
from tests.architecture.writing_health import HEALTH
from tests.architecture.writing_indicators import INDICATORS
from tests.architecture.writing_meetings import MEETINGS
from tests.architecture.writing_projects import PROJECTS
from tests.architecture.writing_readings import READINGS
from tests.architecture.writing_tasks import TASKS
from tests.turns import turn_of

__all__ = ["due", "house", "ready"]

ACTS: dict[str, Case] = {
    **INDICATORS, **PROJECTS, **READINGS, **CASES_OF_WARNINGS, **TASKS, **BALANCE, **HEALTH,
    **MEETINGS, **CHANGES,
}  # fmt: skip
HERE = str(Path(settings.BASE_DIR))
IN_FORMS = ("1e999999999", "0001-01-01T00:00")
VALUES: tuple[Any, ...] = (
    "1e999999999", "0001-01-01T00:00", "\ud800", None, 2**63, [],
)  # fmt: skip


def variants(value: Any, bad: Any) -> Iterator[Any]:
    """`value` with each of its parts in turn replaced by `bad`, down to the leaves."""
    if isinstance(value, Mapping):
        for key in value:
            yield {**value, key: bad}
            for inner in variants(value[key], bad):
                yield {**value, key: inner}
    elif isinstance(value, list) and value:
        yield [bad, *value[1:]]
        for inner in variants(value[0], bad):
            yield [inner, *value[1:]]


def where(error: BaseException) -> str:
    """The last line of ours that the error came through."""
    frames = list(traceback.extract_tb(error.__traceback__))
    last = [one for one in frames if HERE in one.filename and ".venv" not in one.filename][-1]
    return f"{last.filename.removeprefix(HERE)}:{last.lineno} {error!r}"[:240]


def answered(client: Client, method: str, path: str, **sent: Any) -> str:
    """What failed, or nothing."""
    with transaction.atomic():
        try:
            status = (
                client.generic(method, path, **sent).status_code
                if method != "FORM"
                else client.post(path, **sent).status_code
            )
            found = str(status) if status >= 500 else ""
        except Exception as error:
            found = where(error)
        transaction.set_rollback(True)
    return found


BROKEN = ("", "{", "[" * 5_000, '{"a": 1e400}')
CALLED = [act for act, case in ACTS.items() if case.call]
# In a sample each act is sent what is bad by one of its two doors.
IN_TURN = [act for act in CALLED if turn_of(act, (True, False))]


def operation_failures(house: House, act: str, texts: Iterable[str]) -> dict[str, str]:
    """What failed -> the first body that made it fail."""
    case, method = ACTS[act], OPERATIONS[act][0].upper()
    client, path = house.token(case.who, case.plan), house.path(case, case.call, api=True)
    failed: dict[str, str] = {}
    for text in texts:
        if found := answered(client, method, path, data=text, content_type="application/json"):
            failed.setdefault(found, text[:160])
    return failed


def form_failures(house: House, act: str, chosen: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """What failed -> the first field, with the value that `chosen` named for it."""
    case = ACTS[act]
    data = {**form_data(house, case), **house.hat(case.who, case.plan)}
    client, path = house.session(case.who, case.plan), house.path(case, case.page, api=False)
    failed: dict[str, str] = {}
    for name in data:
        for bad in chosen(name):
            if found := answered(client, "FORM", path, data={**data, name: bad}):
                failed.setdefault(found, f"{name}={bad[:60]}")
    return failed


def by_turns(body: Any, act: str) -> Iterator[str]:
    """One bad value in each place of `body` and one instead of it, beginning with another one from
    act to act; and one text that is no body at all."""
    first = VALUES.index(turn_of(act, VALUES))
    yield json.dumps(VALUES[first])
    for place, versions in enumerate(zip(*(variants(body, bad) for bad in VALUES), strict=True)):
        yield json.dumps(versions[(first + place) % len(VALUES)])
    yield turn_of(act, BROKEN)


@pytest.mark.parametrize("act", IN_TURN)
def test_no_operation_fails_on_a_bad_body(ready: House, act: str) -> None:
    """Sample: each place of the body with one of the values."""
    texts = by_turns(body_of(ready, ACTS[act]), act)
    assert operation_failures(ready, act, texts) == {}


@pytest.mark.prove
@pytest.mark.parametrize("act", CALLED)
def test_no_operation_fails_on_any_bad_body(ready: House, act: str) -> None:
    body = body_of(ready, ACTS[act])
    whole = [json.dumps(one) for bad in VALUES for one in (bad, *variants(body, bad))]
    assert operation_failures(ready, act, [*whole, *BROKEN]) == {}


@pytest.mark.parametrize("act", [act for act in ACTS if act not in IN_TURN])
def test_no_form_fails_on_a_bad_field(ready: House, act: str) -> None:
    """Sample: each field of the form with one of the values."""
    assert form_failures(ready, act, lambda name: [turn_of(act + name, IN_FORMS)]) == {}


@pytest.mark.prove
@pytest.mark.parametrize("act", ACTS)
def test_no_form_fails_on_any_bad_field(ready: House, act: str) -> None:
    assert form_failures(ready, act, lambda _name: IN_FORMS) == {}
