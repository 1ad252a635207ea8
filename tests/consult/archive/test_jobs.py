"""The job that makes a package: in steps, killed and taken up, while the plan goes on."""

import hashlib
import json

import pytest
from django.utils import translation

from consult.archive.enums import JOB
from consult.archive.starting import start_package
from plans.register.models import Plan
from stakeholders.files.storage import place_of
from stakeholders.jobs.actions import cancel_job, run_step
from stakeholders.jobs.models import Job
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import SYSTEM, Actor, Role
from stakeholders.terms.errors import NotVisible
from tests.consult.archive.making import attach, note, package
from tests.consult.phase3_identification.story import tell
from tests.world import KUNSHAN, QINGPU, WUJIANG, World


@pytest.fixture(autouse=True)
def one_paper_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consult.archive.kinds.SECONDS", 0.0)


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


def started(world: World, plan: Plan, code: str = QINGPU) -> Job:
    return start_package(actor=world.actor(code, Role.CONTACT_POINT), plan=plan)


def finish(job: Job) -> int:
    steps = 0
    while job.is_open:
        run_step(actor=SYSTEM, pk=job.pk)
        job.refresh_from_db()
        steps += 1
    return steps


def content_of(job: Job) -> bytes:
    assert (job.state, job.error_zh) == ("done", "")
    return place_of(job.result_file.sha256).read_bytes()


def test_it_goes_paper_by_paper_and_gives_the_package_with_its_hash(
    world: World, plan: Plan
) -> None:
    job = started(world, plan)
    acts = RecordEntry.objects.count()
    assert finish(job) == 10  # nine papers and the package
    content = content_of(job)
    assert content == package(plan)
    assert job.result["sha256"] == hashlib.sha256(content).hexdigest()
    assert (job.result["papers"], job.result["lost"], job.result["sealed"]) == (9, 0, 0)
    assert (job.text_zh, job.text_en) == (str_in("zh-hans"), str_in("en"))
    assert job.result_file.name == f"archive-QWJ-{job.result['seq']}.zip"
    assert RecordEntry.objects.count() == acts  # no act: the state is the same as before


def str_in(code: str) -> str:
    with translation.override(code):
        return translation.gettext("The package is ready.")


def test_a_job_whose_step_was_lost_goes_on_with_the_same_bytes(
    world: World, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = package(plan)
    job = started(world, plan)
    for _time in range(4):
        run_step(actor=SYSTEM, pk=job.pk)
    kept = Job.objects.values("cursor", "done").get(pk=job.pk)
    run_step(actor=SYSTEM, pk=job.pk)
    Job.objects.filter(pk=job.pk).update(**kept)  # died before the step was stored
    job.refresh_from_db()
    finish(job)
    assert content_of(job) == whole


def test_papers_that_housekeeping_took_are_written_again(
    world: World, plan: Plan, media: object
) -> None:
    whole = package(plan)
    job = started(world, plan)
    for _time in range(5):
        run_step(actor=SYSTEM, pk=job.pk)
    for path in (media / "incoming").iterdir():
        path.unlink()
    job.refresh_from_db()
    assert finish(job) == 10
    assert content_of(job) == whole
    assert list((media / "incoming").iterdir()) == []


def test_a_plan_that_goes_on_meanwhile_gives_the_package_of_its_new_state(
    world: World, plan: Plan
) -> None:
    job = started(world, plan)
    for _time in range(5):
        run_step(actor=SYSTEM, pk=job.pk)
    note(plan, "test:1")
    job.refresh_from_db()
    finish(job)
    assert content_of(job) == package(plan)


def test_a_plan_that_never_rests_ends_the_job_with_a_reason(
    world: World, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.archive.kinds.RESTARTS", 3)
    job = started(world, plan)
    for number in range(5):
        run_step(actor=SYSTEM, pk=job.pk)
        note(plan, f"test:{number}")
    job.refresh_from_db()
    assert (job.state, "changed again" in job.error_en) == ("failed", True)


def test_two_parties_get_the_same_bytes(world: World, plan: Plan) -> None:
    jobs = [started(world, plan, code) for code in (QINGPU, WUJIANG)]
    for job in jobs:
        finish(job)
    assert content_of(jobs[0]) == content_of(jobs[1])
    assert jobs[0].user_id != jobs[1].user_id


def test_asked_twice_it_is_made_once(world: World, plan: Plan) -> None:
    first = started(world, plan)
    assert started(world, plan).pk == first.pk
    cancel_job(actor=world.actor(QINGPU, Role.CONTACT_POINT), pk=first.pk)
    assert started(world, plan).pk != first.pk


def test_a_missing_file_is_named_in_the_words_of_the_job(world: World, plan: Plan) -> None:
    stored = attach(plan, person=world.administrator.pk, name="规划图.pdf", title="附图")
    place_of(stored.sha256).unlink()
    job = started(world, plan)
    finish(job)
    assert job.result["lost"] == 1
    assert "02-0001 规划图.pdf" in job.text_zh


def test_who_has_no_part_cannot_start_it(world: World, plan: Plan) -> None:
    with pytest.raises(NotVisible):
        start_package(actor=world.actor(KUNSHAN, Role.CONTACT_POINT), plan=plan)
    with pytest.raises(NotVisible):
        start_package(actor=Actor(kind="public"), plan=plan)
    assert not Job.objects.filter(kind=JOB).exists()


def test_who_has_lost_sight_of_the_plan_gets_the_job_no_further(world: World, plan: Plan) -> None:
    job = started(world, plan, WUJIANG)
    run_step(actor=SYSTEM, pk=job.pk)
    mandate = world.mandate(WUJIANG, Role.CONTACT_POINT)
    type(mandate).objects.filter(pk=mandate.pk).update(plan_key="OTHER")
    run_step(actor=SYSTEM, pk=job.pk)
    job.refresh_from_db()
    assert (job.state, job.result_file) == ("failed", None)


def test_arguments_hold_the_key_of_the_plan_only(world: World) -> None:
    story = tell(world, items=1, parties=(WUJIANG,))
    job = started(world, story.plan)
    assert json.loads(job.arguments) == {"plan": "QWJ"}
