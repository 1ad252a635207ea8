"""The pages of one's own jobs and their API."""

import uuid

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings

from stakeholders.files.models import StoredFile
from stakeholders.jobs import actions
from stakeholders.jobs.models import Job
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.world import QINGPU, WUJIANG, World

EN = {"accept-language": "en"}


@pytest.fixture
def job(world: World) -> Job:
    planner = world.actor(QINGPU, Role.PLANNER)
    return actions.start_job(
        actor=planner, kind="test.count", arguments={"total": 2}, title="Count", url="/plans/"
    )


@pytest.fixture
def mine(world: World, client: Client, job: Job) -> Client:
    client.force_login(job.user)
    return client


@pytest.fixture
def other(world: World) -> Client:
    client = Client()
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def path(job: Job, end: str = "") -> str:
    return f"/jobs/{job.pk}/{end}"


def test_the_list_shows_ones_own_jobs_only(mine: Client, other: Client, job: Job) -> None:
    assert [one.pk for one in mine.get("/jobs/").context["page_obj"]] == [job.pk]
    assert list(other.get("/jobs/").context["page_obj"]) == []


@pytest.mark.parametrize("end", ["", "result/"])
def test_anothers_job_is_not_found(other: Client, job: Job, end: str) -> None:
    assert other.get(path(job, end)).status_code == 404
    assert other.post(path(job, "cancel/")).status_code == 404


def test_the_list_is_filtered_and_ordered_by_its_address(mine: Client, job: Job) -> None:
    assert list(mine.get("/jobs/?state=done").context["page_obj"]) == []
    page = mine.get("/jobs/?state=waiting&sort=state", headers=EN)
    assert [one.pk for one in page.context["page_obj"]] == [job.pk]
    assert 'aria-sort="ascending"' in page.content.decode()
    assert mine.get("/jobs/?state=nonsense&sort=password").status_code == 200


def test_an_open_job_asks_again_and_a_finished_one_does_not(mine: Client, job: Job) -> None:
    first = mine.get(path(job), headers={**EN, "hx-request": "true"}).content.decode()
    assert ("<html" in first, 'hx-trigger="every 2s"' in first) == (False, True)
    actions.run_step(actor=SYSTEM)
    half = mine.get(path(job), headers=EN).content.decode()
    assert ('value="50"' in half, "1 of 2" in half) == (True, True)
    actions.run_step(actor=SYSTEM)
    last = mine.get(path(job), headers={**EN, "hx-request": "true"}).content.decode()
    assert ("hx-trigger" in last, "<progress" in last, 'href="/plans/"' in last) == (
        False,
        False,
        True,
    )


def test_cancel_stops_the_job_and_says_so(mine: Client, job: Job) -> None:
    page = mine.post(path(job, "cancel/"), follow=True, headers=EN)
    assert "The job is cancelled." in page.content.decode()
    assert mine.post(path(job, "cancel/")).status_code == 409


def test_the_result_is_served_to_its_person(mine: Client, job: Job) -> None:
    assert mine.get(path(job, "result/")).status_code == 404
    job.result_file = StoredFile.objects.create(
        sha256="0" * 64,
        name="r.csv",
        media_type="text/csv",
        size=1,
        uploaded_by=job.user,
        uploaded_at=clock.now(),
    )
    job.save()
    jobs = {**settings.JOBS, "ANSWER_FILE": "tests.stakeholders.jobs.test_views.answer"}
    with override_settings(JOBS=jobs):
        assert mine.get(path(job, "result/")).content == b"r.csv"


def answer(file: StoredFile, *, request: object) -> HttpResponse:
    return HttpResponse(file.name)


def test_the_api_lists_shows_and_cancels_ones_own(mine: Client, other: Client, job: Job) -> None:
    listed = mine.get("/api/v1/jobs/").json()
    assert [one["id"] for one in listed["results"]] == [str(job.pk)]
    assert other.get("/api/v1/jobs/").json()["results"] == []
    address = f"/api/v1/jobs/{job.pk}/"
    assert (mine.get(address).json()["state"], other.get(address).status_code) == ("waiting", 404)
    assert other.post(f"{address}cancel/").status_code == 404
    assert mine.post(f"{address}cancel/").json()["state"] == "cancelled"
    assert mine.post(f"{address}cancel/").status_code == 409
    assert mine.get(f"/api/v1/jobs/{uuid.uuid4()}/").status_code == 404
