from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections

from consult.desk import actions, sources
from consult.desk.actions.housekeeping import FORGETTING
from consult.desk.enums import SWEEP_LOCK
from stakeholders.notices.models import Heartbeat
from stakeholders.notices.steps import beat
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.world import QINGPU, World, in_days

HOUSEKEEPING = dict.fromkeys([*(f"forget {kind}" for kind in FORGETTING), "tidy files"], 0)


def test_sweep_does_all_parts_and_leaves_its_heartbeat(
    world: World, owe, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # nothing that another test left behind
    world.plan()
    owe(QINGPU, in_days(1), "planner")
    report = actions.sweep(actor=SYSTEM)
    assert report == {"farewells": 0, "reminders": 1, "files": 0, "jobs": 0, **HOUSEKEEPING}
    assert len(mail.outbox) == 0  # a worker sends, or the loop where there is none
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"sweep", "housekeeping"}
    assert actions.sweep(actor=SYSTEM) == {
        "farewells": 0,
        "reminders": 0,
        "files": 0,
        "jobs": 0,
    }, "housekeeping rests for an hour"


def test_a_failing_part_is_logged_and_stops_no_other(
    world: World, owe, caplog, monkeypatch, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    world.plan()
    owe(QINGPU, in_days(1), "planner")

    def broken(now) -> int:
        raise RuntimeError("no such row")

    monkeypatch.setattr(sources, "CLOSINGS", (("rounds", broken),))
    report = actions.sweep(actor=SYSTEM)
    assert report == {
        "rounds": -1,
        "farewells": 0,
        "reminders": 1,
        "files": 0,
        "jobs": 0,
        **HOUSEKEEPING,
    }
    assert [r.getMessage() for r in caplog.records if r.levelname == "ERROR"] == [
        "a part of the sweep failed: rounds"
    ]


def test_the_real_closings_run_on_an_empty_site(world: World) -> None:
    report = actions.sweep(actor=SYSTEM)
    assert [name for name, count in report.items() if count < 0] == []


def test_a_second_sweep_at_the_same_time_does_nothing(world: World, owe) -> None:
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [SWEEP_LOCK])
        assert actions.sweep(actor=SYSTEM) == {}
        assert Heartbeat.objects.count() == 0
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SWEEP_LOCK])
    finally:
        other.close()
    assert actions.sweep(actor=SYSTEM) != {}


def test_the_lock_is_free_after_a_sweep(world: World, owe) -> None:
    actions.sweep(actor=SYSTEM)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [SWEEP_LOCK])
            assert cursor.fetchone() == (True,)
            # A closed connection's server process ends later, and would hold it until then.
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SWEEP_LOCK])
    finally:
        other.close()


def test_the_loop_sweeps_only_when_none_has_run(world: World, owe) -> None:
    late = timedelta(seconds=90)
    assert actions.sweep_if_late(actor=SYSTEM, after=late) != {}
    assert actions.sweep_if_late(actor=SYSTEM, after=late) == {}
    with clock.stated(in_days(-1)):
        beat(name="sweep")
    assert actions.sweep_if_late(actor=SYSTEM, after=late) != {}


def test_people_run_no_sweep(world: World) -> None:
    for act in (actions.sweep, lambda actor: actions.remind_due(actor=actor, now=clock.now())):
        with pytest.raises(Refused):
            act(actor=world.actor(QINGPU, Role.COORDINATOR))
