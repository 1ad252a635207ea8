"""Several beats by mistake: sweeps at the same second over real connections, with and without the
one lock. Nobody is told twice, nothing is left out, and each notice stands in one mail."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
import pytest_django
from django.db import connection, connections
from django.db.models import Count

from consult.desk import actions
from consult.desk.actions import reminding
from consult.desk.models import AnnouncedDeadline
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from tests.databases import clone_database, drop_database
from tests.world import World, build_world

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
DUE = datetime(2026, 12, 2, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
PEOPLE, DUTIES, SWEEPS = 40, 5, 3


@pytest.fixture
def site(
    owe, django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker, settings, tmp_path
) -> Iterator[World]:
    """A database of its own with people who owe five things each; small portions."""
    settings.MEDIA_ROOT = str(tmp_path)
    name = f"jointplan_desk_{os.getpid()}"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        clone_database(name)
        connection.settings_dict["NAME"] = name
        try:
            world = build_world()
            world.plan()
            people = User.objects.bulk_create(
                [User(email=f"p{n}@many.example", password="!") for n in range(PEOPLE)]
            )
            for number in range(PEOPLE * DUTIES):
                owe(None, DUE, user_id=people[number % PEOPLE].pk)
            yield world
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def at_once(act: Callable[[], object]) -> list[object]:
    """What each of the sweeps answers, all begun at the same moment."""
    together = Barrier(SWEEPS)

    def run() -> object:
        connection.ensure_connection()
        together.wait(timeout=20)
        try:
            with clock.stated(NOW):
                return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SWEEPS) as pool:
        return [one.result() for one in [pool.submit(run) for _turn in range(SWEEPS)]]


def check_each_told_once() -> None:
    assert Notice.objects.count() == PEOPLE * DUTIES
    assert set(Notice.objects.values_list("user").annotate(n=Count("pk")).values_list("n")) == {
        (DUTIES,)
    }
    for user, email in User.objects.filter(email__endswith="many.example").values_list(
        "pk", "email"
    ):
        texts = "\n".join(
            f"{mail.subject}\n{mail.body}" for mail in OutboxMessage.objects.filter(recipient=email)
        )
        for title in Notice.objects.filter(user=user).values_list("title_en", flat=True):
            assert texts.count(f"{title}\n") == 1
    assert AnnouncedDeadline.objects.count() == PEOPLE * DUTIES


def test_sweeps_at_once_without_the_lock_tell_each_once(site: World, monkeypatch) -> None:
    monkeypatch.setattr(reminding, "TELLINGS_AT_ONCE", 20)
    counts = at_once(lambda: actions.remind_due(actor=SYSTEM, now=clock.now()))
    assert sum(counts) == PEOPLE * DUTIES
    check_each_told_once()


def test_sweeps_at_once_with_the_lock_run_one_after_another_or_not(
    site: World, monkeypatch
) -> None:
    monkeypatch.setattr(reminding, "TELLINGS_AT_ONCE", 20)
    reports = [report for report in at_once(lambda: actions.sweep(actor=SYSTEM)) if report]
    assert sorted(report["reminders"] for report in reports)[-1] == PEOPLE * DUTIES
    assert sum(report["reminders"] for report in reports) == PEOPLE * DUTIES
    check_each_told_once()
