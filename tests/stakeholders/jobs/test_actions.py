"""Jobs in steps: progress, end, cancel, whose mandate, and what a dead worker leaves."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from stakeholders.jobs import actions, steps
from stakeholders.jobs.enums import CLAIM, State
from stakeholders.jobs.models import Job
from stakeholders.notices.models import Notice
from stakeholders.people.models import Mandate, User
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, SYSTEM, Actor, Role
from stakeholders.terms.errors import Conflict, NotVisible, Refused
from tests.world import QINGPU, WUJIANG, World


@pytest.fixture
def planner(world: World) -> Actor:
    return world.actor(QINGPU, Role.PLANNER)


def start(actor: Actor, kind: str = "test.count", **arguments: object) -> Job:
    given = {"total": 3, **arguments}
    return actions.start_job(actor=actor, kind=kind, arguments=given, title="Count", url="/")


def written() -> list[str]:
    return list(Notice.objects.filter(kind="round").order_by("key").values_list("key", flat=True))


def test_start_job_of_an_unknown_kind_is_an_error(planner: Actor) -> None:
    with pytest.raises(KeyError):
        start(planner, kind="nothing")


def test_start_job_needs_a_person(db: None) -> None:
    with pytest.raises(Refused):
        start(PUBLIC)


def test_run_step_is_the_systems_own(planner: Actor) -> None:
    with pytest.raises(Refused):
        actions.run_step(actor=planner)


def test_run_step_does_one_step_and_shows_its_progress(planner: Actor) -> None:
    job = start(planner)
    actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    shown = (job.state, job.done, job.total, job.text_zh, job.cursor, job.percent)
    assert shown == (State.RUNNING, 1, 3, "1", {"at": 1}, 33)
    assert (job.claim, job.claimed_until) == (None, None)


def test_run_jobs_ends_with_the_result_and_a_notice(planner: Actor) -> None:
    job = start(planner)
    before = RecordEntry.objects.count()
    assert actions.run_jobs(actor=SYSTEM, seconds=20) == 3
    job.refresh_from_db()
    assert (job.state, job.result) == (State.DONE, {"sum": 3, "mandate": planner.mandate_id})
    assert written() == ["count:0", "count:1", "count:2"]
    told = Notice.objects.get(kind="job.done")
    assert (told.user_id, told.title_zh, told.title_en, told.url) == (
        planner.person,
        "已完成：Count",
        "Done: Count",
        job.get_absolute_url(),
    )
    assert RecordEntry.objects.count() == before
    assert actions.run_step(actor=SYSTEM) is None


def test_jobs_take_turns(world: World, planner: Actor) -> None:
    one, two = start(planner), start(world.actor(WUJIANG, Role.PLANNER))
    actions.run_step(actor=SYSTEM)
    actions.run_step(actor=SYSTEM)
    assert [Job.objects.get(pk=job.pk).done for job in (one, two)] == [1, 1]


def test_a_job_ends_with_the_mandate_it_was_started_under(planner: Actor) -> None:
    job = start(planner)
    actions.run_step(actor=SYSTEM)
    Mandate.objects.filter(pk=planner.mandate_id).update(valid_until=clock.now())
    actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.FAILED, 1)
    assert job.error_en == "The mandate or the right under which this was started has ended."
    assert job.error_zh == "启动此任务所依据的授权或权限已经终止。"


def test_a_job_of_an_administrator_ends_with_its_office(world: World) -> None:
    job = start(world.admin)
    User.objects.filter(pk=world.administrator.pk).update(is_staff=False)
    actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.FAILED, 0)


def test_a_step_that_breaks_leaves_nothing_and_tells_no_secret(planner: Actor) -> None:
    job = start(planner, kind="test.broken")
    actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    assert (job.state, written()) == (State.FAILED, [])
    assert "secret detail" not in job.error_zh + job.error_en
    assert Notice.objects.get().kind == "job.failed"


def test_a_refusal_of_the_work_is_the_reason(planner: Actor) -> None:
    job = start(planner, kind="test.shut")
    actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.error_en) == (State.FAILED, "closed meanwhile")


def test_cancel_before_the_first_step_is_at_once(planner: Actor) -> None:
    job = start(planner)
    assert actions.cancel_job(actor=planner, pk=job.pk).state == State.CANCELLED
    assert actions.run_step(actor=SYSTEM) is None
    with pytest.raises(Conflict):
        actions.cancel_job(actor=planner, pk=job.pk)


def test_cancel_while_a_worker_holds_it_takes_effect_at_the_next_step(planner: Actor) -> None:
    job = start(planner)
    claimed = actions._claim(timedelta(0), None)
    assert actions.cancel_job(actor=planner, pk=job.pk).state == State.RUNNING
    actions._step(claimed)
    job.refresh_from_db()
    assert (job.state, job.done, written()) == (State.CANCELLED, 0, [])


def test_cancel_of_anothers_job_finds_nothing(world: World, planner: Actor) -> None:
    job = start(planner)
    with pytest.raises(NotVisible):
        actions.cancel_job(actor=world.actor(WUJIANG, Role.PLANNER), pk=job.pk)


def test_a_claimed_job_is_left_alone_until_its_claim_runs_out(planner: Actor) -> None:
    job = start(planner)
    actions._claim(timedelta(0), None)
    assert actions.run_step(actor=SYSTEM) is None
    with clock.stated(clock.now() + CLAIM):
        actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.done, job.take_ups) == (State.RUNNING, 1, 0)


def test_a_job_whose_workers_died_twice_fails_with_the_reason(planner: Actor) -> None:
    job = start(planner)
    now = clock.now()
    actions._claim(timedelta(0), None)
    with clock.stated(now + 2 * CLAIM):
        actions._claim(timedelta(0), None)
    with clock.stated(now + 4 * CLAIM):
        actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.FAILED, 0)
    assert job.error_en == (
        "The process that worked on this ended unexpectedly, twice. Start it again."
    )


def test_a_step_of_a_lost_claim_does_nothing(planner: Actor) -> None:
    start(planner)
    lost = actions._claim(timedelta(0), None)
    with clock.stated(clock.now() + CLAIM):
        actions._claim(timedelta(0), None)
    actions._step(lost)
    assert written() == []


def test_an_idle_search_leaves_fresh_jobs_to_the_worker(planner: Actor) -> None:
    start(planner)
    idle = timedelta(seconds=10)
    assert actions.run_jobs(actor=SYSTEM, seconds=5, idle_for=idle) == 0
    with clock.stated(clock.now() + idle):
        assert actions.run_jobs(actor=SYSTEM, seconds=5, idle_for=idle) == 3


def test_a_database_that_is_away_ends_no_job(
    planner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start(planner)

    def away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(steps, "store", away)
    with pytest.raises(OperationalError):
        actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.claim is None) == (State.RUNNING, False)


def test_an_unknown_kind_from_an_older_version_fails(planner: Actor) -> None:
    job = start(planner)
    Job.objects.update(kind="gone")
    actions.run_step(actor=SYSTEM)
    job.refresh_from_db()
    assert job.error_en == "This version of the program no longer knows this kind of job."


def test_forget_jobs_drops_what_ended_long_ago(planner: Actor) -> None:
    start(planner)
    actions.run_jobs(actor=SYSTEM, seconds=20)
    start(planner)
    month = timedelta(days=30)
    assert actions.forget_jobs(actor=SYSTEM, older_than=month) == 0
    with clock.stated(clock.now() + month + timedelta(days=1)):
        assert actions.forget_jobs(actor=SYSTEM, older_than=month) == 1
    assert Job.objects.get().state == State.WAITING
