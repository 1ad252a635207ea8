from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections

from consult.desk import actions, sources
from consult.desk.enums import SWEEP_LOCK
from stakeholders.notices.models import Heartbeat, Notice, OutboxMessage
from stakeholders.notices.steps import beat
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.world import QINGPU, WUJIANG, World, in_days


def remind(days: float = 0) -> int:
    with clock.stated(in_days(days)):
        return actions.remind_due(actor=SYSTEM, now=clock.now())


def test_reminder_reaches_each_holder_once_a_window(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, in_days(7), "planner", "contact_point")
    counts = [remind(days) for days in (0, 0, 4, 6, 7, 8, 9)]
    assert counts == [2, 0, 2, 2, 2, 2, 0]
    assert Notice.objects.filter(user=world.user(WUJIANG, Role.PLANNER)).count() == 0
    assert Notice.objects.count() == OutboxMessage.objects.count() == 10


def test_after_an_outage_only_the_newest_is_sent(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, in_days(7), "planner")
    assert [remind(20), remind(20)] == [1, 0]


def test_a_moved_deadline_reminds_anew(world: World, owe, monkeypatch) -> None:
    world.plan()
    owe(QINGPU, in_days(7), "planner")
    remind()
    first, due = sources.DUTIES[0], in_days(6)

    def moved(*, plans, now):
        rows = first(plans=plans, now=now)
        return [type(row)(**{**vars(row), "due_at": due}) for row in rows]

    monkeypatch.setattr(sources, "DUTIES", (moved,))
    assert [remind(), remind()] == [1, 0]


def test_the_joint_office_is_reminded_of_its_own(world: World, owe) -> None:
    plan = world.plan()
    owe(None, in_days(1), "coordinator")
    assert remind() == 1
    assert Notice.objects.get().user_id == world.coordinator(plan).person


def test_nobody_is_reminded_of_what_has_no_date_or_lies_far(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, None, "planner")
    owe(QINGPU, in_days(30), "planner")
    assert remind() == 0


def test_reminder_reads_in_both_languages(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, in_days(-3), "planner")
    remind()
    assert Notice.objects.get().title_en.startswith("Overdue since ")


def test_reminding_costs_the_same_for_few_and_many_plans(
    world: World, owe, django_assert_num_queries
) -> None:
    for number in range(6):
        world.plan(f"P{number}")
    owe(QINGPU, in_days(30), "planner")
    with django_assert_num_queries(2):  # plans, mandates
        remind()


def test_sweep_does_all_parts_and_leaves_its_heartbeat(
    world: World, owe, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # nothing that another test left behind
    world.plan()
    owe(QINGPU, in_days(1), "planner")
    report = actions.sweep(actor=SYSTEM)
    assert report == {"reminders": 1, "outbox": 1, "files": 0, "jobs": 0, "housekeeping": 0}
    assert len(mail.outbox) == 1
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"sweep", "housekeeping"}
    assert actions.sweep(actor=SYSTEM) == {
        "reminders": 0,
        "outbox": 0,
        "files": 0,
        "jobs": 0,
        "housekeeping": 0,
    }


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
        "reminders": 1,
        "outbox": 1,
        "files": 0,
        "jobs": 0,
        "housekeeping": 0,
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
