from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from config import health
from stakeholders.notices.models import Heartbeat, OutboxMessage
from stakeholders.terms import clock
from tests.world import in_days

OK = dict.fromkeys(("database", "migrations", "broker", "outbox", "heartbeat"), "ok")


@pytest.fixture
def ready(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.CHECKS, "broker", lambda: "ok")
    monkeypatch.setattr(health, "WARNINGS", {})
    Heartbeat.objects.create(name="sweep", at=clock.now())


def ask(client: Client) -> tuple[int, dict[str, object]]:
    answer = client.get("/readyz")
    parts = answer.json()
    parts.pop("ready")
    return answer.status_code, {name: state for name, state in parts.items() if state != "ok"}


def test_healthz_needs_nothing(client: Client, django_assert_num_queries, db: None) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_is_ready_when_every_part_is(ready: None, client: Client) -> None:
    assert client.get("/readyz").json() == {"ready": True, **OK}


def test_readyz_warns_of_a_missing_calendar_and_is_ready_all_the_same(
    ready: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "WARNINGS", {"calendar": health._calendar})
    monkeypatch.setattr(health, "year_without_notice", lambda *, on: 2027)
    answer = client.get("/readyz")
    warned = {"calendar": "the State Council's notice on the holidays of 2027 is not entered"}
    assert (answer.status_code, answer.json()["warnings"]) == (200, warned)


def test_readyz_names_a_broker_that_is_away(
    ready: None, client: Client, monkeypatch, settings
) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setitem(health.CHECKS, "broker", health._broker)
    status, parts = ask(client)
    assert (status, set(parts)) == (503, {"broker"})


def test_readyz_names_a_database_that_is_away(ready: None, client: Client, monkeypatch) -> None:
    def away() -> str:
        raise OperationalError("host=secret")

    monkeypatch.setitem(health.CHECKS, "database", away)
    assert ask(client) == (503, {"database": "OperationalError"})


def test_readyz_names_a_clock_that_is_off(ready: None, client: Client) -> None:
    with time_machine.travel(clock.now() + timedelta(seconds=30)):
        status, parts = ask(client)
    assert (status, set(parts)) == (503, {"database"})
    assert parts["database"].startswith("clock differs by ")


def test_readyz_names_missing_migrations(ready: None, client: Client, monkeypatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["0002"])
    assert ask(client) == (503, {"migrations": "migrations are missing"})


def test_readyz_names_mail_that_waits_too_long(ready: None, client: Client) -> None:
    OutboxMessage.objects.create(
        recipient="a@b.example",
        dedupe_key="k",
        subject="S",
        body="B",
        created_at=clock.now() - timedelta(minutes=11),
    )
    status, parts = ask(client)
    assert (status, set(parts)) == (503, {"outbox"})
    OutboxMessage.objects.update(held_at=clock.now())
    assert ask(client) == (200, {})


@pytest.mark.parametrize("is_old", [True, False])
def test_readyz_names_a_sweep_that_does_not_run(ready: None, client: Client, is_old: bool) -> None:
    if is_old:
        Heartbeat.objects.update(at=in_days(-1))
    else:
        Heartbeat.objects.all().delete()
    status, parts = ask(client)
    assert (status, set(parts)) == (503, {"heartbeat"})
