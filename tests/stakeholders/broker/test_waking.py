import time
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from config.launch.broker import Broker, ask
from stakeholders.broker import waking
from stakeholders.notices.models import OutboxMessage
from stakeholders.terms.actor import Role
from tests.config.launch.conftest import open_checkout
from tests.stakeholders.broker.conftest import Serving
from tests.world import QINGPU, World

DEAD = ("nobody", "swallowing", "full")


@pytest.mark.parametrize("kind", DEAD)
def test_a_dead_broker_is_tried_once_and_left_alone(
    kind: str, serving: Serving, request: pytest.FixtureRequest
) -> None:
    attempts = serving(request.getfixturevalue(kind))
    for _number in range(100):
        waking.poke("some.task")
    assert len(attempts) == 1


@pytest.mark.parametrize("kind", DEAD)
def test_a_dead_broker_is_tried_again_after_the_pause(
    kind: str,
    serving: Serving,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempts = serving(request.getfixturevalue(kind))
    waking.poke("some.task")
    assert 0 < waking._silent_until - time.monotonic() <= waking.PAUSE
    monkeypatch.setattr(waking, "_silent_until", time.monotonic())
    waking.poke("some.task")
    assert len(attempts) == 2


@pytest.mark.parametrize("kind", DEAD)
def test_requests_with_a_dead_broker_pay_for_one_attempt_together(
    kind: str,
    serving: Serving,
    request: pytest.FixtureRequest,
    world: World,
    django_capture_on_commit_callbacks,
) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    attempts = serving(request.getfixturevalue(kind))
    for _number in range(5):
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            answer = Client().post(reverse("account_reset_password"), {"email": user.email})
        assert answer.status_code == 302
        assert len(callbacks) == 1
        connection.run_on_commit.clear()  # of the test's transaction, which never ends
    assert OutboxMessage.objects.filter(recipient=user.email).count() == 5
    assert len(attempts) == 1


@pytest.fixture
def broker() -> Iterator[Broker]:
    checkouts = open_checkout()
    made = Broker(next(checkouts))
    made.start()
    yield made
    made.stop()
    assert next(checkouts, None) is None


def test_a_living_broker_gets_the_task(serving: Serving, broker: Broker) -> None:
    serving(broker.port)
    waking.current_app.conf.broker_url = broker.url
    waking.poke("some.task")
    waking.poke("some.task")
    queued = ask(port=broker.port, password=broker._password, command=("LLEN", "celery"))
    assert queued == b":2\r\n"
    assert waking._silent_until == 0.0


def test_other_processes_wake_nobody(serving: Serving, nobody: int) -> None:
    attempts = serving(nobody)
    waking.current_app.main = "default"
    waking.poke("some.task")
    assert attempts == []


def test_many_pokes_of_one_transaction_are_one(
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    poked: list[str] = []
    monkeypatch.setattr(waking, "poke", poked.append)
    with django_capture_on_commit_callbacks(execute=True):
        for task in ("one.task", "other.task", "one.task"):
            waking.poke_on_commit(task)
        assert poked == []
    assert poked == ["one.task", "other.task"]


def test_what_is_rolled_back_wakes_nobody(
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    poked: list[str] = []
    monkeypatch.setattr(waking, "poke", poked.append)
    with django_capture_on_commit_callbacks(execute=True):
        act = transaction.atomic()
        act.__enter__()
        waking.poke_on_commit("one.task")
        act.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert poked == []
