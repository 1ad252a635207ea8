"""The people of the fault tests do what they say: their forms are taken, and a loss is noticed."""

from collections.abc import Mapping

import pytest
from django.test import Client

from tests.faults import ground
from tests.faults.users import Crowd, Person
from tests.world import World


def test_what_the_people_send_is_there_once_and_what_is_missing_is_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = Crowd(ground.lay(), port=1, pause=0.0)
    client = Client()

    def ask(
        self: Person, method: str, path: str, form: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        client.cookies["session"] = self.session
        answer = client.post(path, form) if method == "POST" else client.get(path)
        self.answers[answer.status_code] += 1
        return answer.status_code, answer.headers.get("Location") or answer.content.decode()

    monkeypatch.setattr(Person, "ask", ask)
    for number in range(2):
        for one in crowd.people:
            one.send_one(f"{one.name} {number}")
    kept = ground.kept()
    assert crowd.refused() == []
    assert crowd.faults(kept) == {
        "comments taken": 4,
        "comments lost": 0,
        "comments twice": 0,
        "comments off the record": 0,
        "answers taken": 4,
        "answers lost": 0,
        "answers twice": 0,
        "answers off the record": 0,
        "positions taken": 4,
        "positions lost": 0,
        "positions twice": 0,
        "positions off the record": 0,
        "drafts saved": 4,
        "drafts lost": 0,
    }
    said, letter = next(iter(kept["comment"])), next(iter(kept["position"]))
    kept["comment"][said], kept["position"][letter], kept["typed"]["aim"] = 2, 0, "before"
    kept["answer"].popitem()
    kept["acts"]["answer"] = (4, 3)
    faults = crowd.faults(kept)
    assert {
        name: n for name, n in faults.items() if n and not name.endswith(("taken", "saved"))
    } == {
        "comments twice": 1,
        "answers lost": 1,
        "answers off the record": 1,
        "positions lost": 1,
        "drafts lost": 1,
    }
