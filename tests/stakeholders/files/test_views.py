from pathlib import Path

import pytest
import pytest_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stakeholders.files import storage
from stakeholders.files.enums import Scan
from stakeholders.files.models import StoredFile
from stakeholders.people.models import User
from stakeholders.terms.actor import Role
from tests.stakeholders.files import samples
from tests.world import QINGPU, WUJIANG, World


@pytest.fixture
def user(world: World) -> User:
    return world.user(QINGPU, Role.CONTACT_POINT)


@pytest.fixture
def mine(client: Client, user: User) -> Client:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def theirs(world: World) -> Client:
    client = Client()
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    return client


def send(
    client: Client, content: bytes = samples.PDF, name: str = "复函.pdf", **data: str
) -> object:
    return client.post("/files/", {"file": SimpleUploadedFile(name, content), **data})


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)


def test_an_upload_is_told_to_the_script(mine: Client) -> None:
    response = send(mine, kinds="pdf,docx")
    stored = StoredFile.objects.get()
    assert (response.status_code, response.json()) == (
        201,
        {
            "id": str(stored.pk),
            "name": "复函.pdf",
            "facts": "45\xa0bytes · Not checked for viruses",
            "url": f"/files/{stored.pk}/",
        },
    )


def test_a_wrong_upload_is_told_in_words(mine: Client) -> None:
    response = send(mine, samples.png(), "seal.png", kinds="pdf")
    assert (response.status_code, response.json()) == (
        422,
        {
            "error": "This file is not of a kind taken here. It is: PNG picture. "
            "Expected: PDF document."
        },
    )


def test_no_file_and_unknown_kinds(mine: Client) -> None:
    assert mine.post("/files/", {"kinds": "exe"}).json() == {"error": "Choose a file."}
    assert send(mine, kinds="exe").status_code == 201
    assert send(mine, b'{"type": "Point"}', "a.geojson").status_code == 422


def test_a_full_disk(mine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stakeholders.files.storage.os.fsync", fail)
    response = send(mine)
    assert response.status_code == 503
    assert response.json()["error"].startswith("The site cannot keep files at the moment.")
    assert not StoredFile.objects.exists()


def test_an_over_large_upload_is_not_written_down(
    mine: Client, settings: pytest_django.Settings
) -> None:
    settings.FILE_MAX_SIZE = 100_000
    response = send(mine, samples.PDF + bytes(3_000_000))
    assert (response.status_code, response.json()) == (
        422,
        {"error": "The file is too large: at most 97.7\xa0KB are taken."},
    )


def test_a_stranger_uploads_nothing(client: Client, db: None, media: Path) -> None:
    assert send(client).status_code == 302
    assert (StoredFile.objects.exists(), media.exists()) == (False, False)


def test_the_download_runs_nowhere(mine: Client) -> None:
    send(mine)
    stored = StoredFile.objects.get()
    response = mine.get(f"/files/{stored.pk}/")
    assert body(response) == samples.PDF
    assert {name: response[name] for name in HEADERS} == HEADERS | {"ETag": f'"{stored.sha256}"'}
    again = mine.get(f"/files/{stored.pk}/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Length": str(len(samples.PDF)),
    "Content-Disposition": 'attachment; filename="__.pdf"; '
    "filename*=UTF-8''%E5%A4%8D%E5%87%BD.pdf",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "ETag": "",
}


def test_the_web_server_in_front_may_send_the_bytes(
    mine: Client, settings: pytest_django.Settings
) -> None:
    settings.FILE_ACCEL_PREFIX = "/kept/"
    send(mine)
    stored = StoredFile.objects.get()
    response = mine.get(f"/files/{stored.pk}/")
    place = storage.relative_place(stored.sha256)
    assert (response["X-Accel-Redirect"], response.content) == (f"/kept/{place}", b"")


def test_nobody_else_sees_or_removes_an_upload(mine: Client, theirs: Client) -> None:
    send(mine)
    url = f"/files/{StoredFile.objects.get().pk}/"
    found = [theirs.get(url), theirs.delete(url), theirs.post(f"{url}remove/")]
    assert [response.status_code for response in found] == [404, 404, 404]
    assert StoredFile.objects.count() == 1


def test_an_upload_is_taken_back(mine: Client, media: Path) -> None:
    send(mine)
    stored = StoredFile.objects.get()
    assert mine.delete(f"/files/{stored.pk}/").status_code == 204
    assert (StoredFile.objects.count(), storage.place_of(stored.sha256).exists()) == (0, False)
    send(mine)
    response = mine.post(f"/files/{StoredFile.objects.get().pk}/remove/")
    assert (response.status_code, StoredFile.objects.count()) == (302, 0)


def test_an_infected_file_is_given_to_nobody(mine: Client) -> None:
    send(mine)
    StoredFile.objects.update(scan=Scan.INFECTED)
    response = mine.get(f"/files/{StoredFile.objects.get().pk}/")
    assert response.status_code == 409
    assert "A virus was found in this file" in response.content.decode()


def test_bytes_that_are_gone(mine: Client) -> None:
    send(mine)
    stored = StoredFile.objects.get()
    storage.remove(stored.sha256)
    response = mine.get(f"/files/{stored.pk}/")
    assert response.status_code == 503
    assert "This file cannot be read at the moment." in response.content.decode()


def test_the_list_shows_the_share_and_the_state(mine: Client) -> None:
    send(mine)
    page = mine.get("/files/").content.decode()
    assert "Used: 45\xa0bytes of 2.0\xa0GB." in page
    assert "复函.pdf" in page
    assert "Not checked for viruses" in page


def test_the_list_costs_the_same_for_many(mine: Client, user: User) -> None:
    counts = []
    for number in (10, 100):
        StoredFile.objects.bulk_create(
            StoredFile(
                sha256=f"{n:064x}",
                name="a",
                media_type="text/csv",
                size=1,
                uploaded_by=user,
                uploaded_at=user.date_joined,
            )
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as seen:
            assert mine.get("/files/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
