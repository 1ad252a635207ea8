"""A form sent twice in a row, as from a second tab or by a double click: never a failure, never a
second act where the form carries a key of its own; who is told no hears why and keeps the text.

The sample of `make test` is in `test_fuzz_forms`, which lays the same house.
"""

import re
from collections import Counter

import pytest

from tests.architecture.test_writing_acts import (
    ENGLISH,
    House,
    form_data,
    house,
    in_readiness,
    newest,
    recorded,
)
from tests.architecture.writing_cases import CASES
from tests.attacks.crowd import lost, words
from tests.saying import Say

__all__ = ["house"]
TOLD = frozenset({403, 404, 409, 422})
KEPT = frozenset({403, 409, 422})
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def twice(house: House, acts: tuple[str, ...]) -> dict[str, object]:
    """Send each act's form twice; the faults must be none."""
    faults, statuses, keyed = [], Counter(), 0
    for act in acts:
        case = CASES[act]
        with in_readiness(house, case):
            before, data = newest(), form_data(house, case)
            path = house.path(case, case.page, api=False)
            posted = {**data, **house.hat(case.who, case.plan)}
            client = house.session(case.who, case.plan)
            first, second = [client.post(path, posted, headers=ENGLISH) for _time in range(2)]
            entries = len(recorded(act, before))
        statuses[second.status_code] += 1
        has_key = KEY.fullmatch(str(data.get("key", ""))) is not None
        keyed += has_key
        known = {302, *TOLD, 200} if case.is_closed else {302, *TOLD}  # admin's own pages say 200
        if first.status_code != 302 or second.status_code not in known:
            faults.append((act, first.status_code, second.status_code))
        if second.status_code in TOLD and not words(second):
            faults.append((act, second.status_code, "without a word"))
        if second.status_code in KEPT and lost(second, data):
            faults.append((act, second.status_code, "text lost", lost(second, data)))
        if entries != 1 and (has_key or second.status_code in TOLD):
            faults.append((act, second.status_code, f"{entries} entries"))
    assert not faults, "\n".join(map(str, faults))
    return {"acts": len(acts), "with a key": keyed, **{str(n): c for n, c in statuses.items()}}


@pytest.mark.prove(minutes=2)
def test_every_form_sent_twice(house: House, say: Say) -> None:
    say("forms sent twice", twice(house, tuple(CASES)))
