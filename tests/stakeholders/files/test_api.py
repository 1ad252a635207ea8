from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import Role
from tests.stakeholders.files import samples
from tests.world import QINGPU, WUJIANG, World

URL = "/api/v1/files/"


@pytest.fixture
def program(world: World) -> Client:
    client = Client()
    client.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    return client


def send(client: Client, content: bytes, name: str, **data: object) -> object:
    return client.post(URL, {"file": SimpleUploadedFile(name, content), **data})


def test_a_program_uploads_reads_and_takes_back(program: Client) -> None:
    made = send(program, samples.PDF, "复函.pdf")
    stored = StoredFile.objects.get()
    assert (made.status_code, made.json()["id"], made.json()["sha256"]) == (
        201,
        str(stored.pk),
        stored.sha256,
    )
    listed = program.get(URL).json()["results"]
    assert [(row["name"], row["is_attached"]) for row in listed] == [("复函.pdf", False)]
    got = program.get(f"{URL}{stored.pk}/")
    assert (got.status_code, b"".join(got.streaming_content)) == (200, samples.PDF)
    assert got["X-Content-Type-Options"] == "nosniff"
    assert program.delete(f"{URL}{stored.pk}/").status_code == 204
    assert program.get(f"{URL}{stored.pk}/").status_code == 404


def test_a_program_is_told_what_is_wrong(program: Client) -> None:
    wrong = send(program, samples.PDF, "a.pdf", kinds=["xlsx"])
    assert (wrong.status_code, list(wrong.json())) == (400, ["file"])
    assert program.post(URL, {}).status_code == 400
    assert program.post(URL, "{}", content_type="application/json").status_code == 415
    assert not StoredFile.objects.exists()


def test_another_person_sees_nothing(program: Client, world: World) -> None:
    send(program, samples.PDF, "a.pdf")
    other = Client()
    other.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    url = f"{URL}{StoredFile.objects.get().pk}/"
    assert [other.get(url).status_code, other.delete(url).status_code] == [404, 404]
    assert other.get(URL).json()["count"] == 0
    assert program.get(f"{URL}{uuid4()}/").status_code == 404


def test_no_other_address_takes_forms(program: Client) -> None:
    response = program.post("/api/v1/plans/", {"file": SimpleUploadedFile("a.pdf", samples.PDF)})
    assert response.status_code == 400  # read as no input at all
