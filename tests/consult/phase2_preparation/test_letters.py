"""The letter itself with a reply: who may read it, before and after a sealed round's hour."""

from datetime import timedelta
from pathlib import Path

import pytest
import pytest_django
import time_machine
from django.test import Client

from consult.phase2_preparation import actions
from consult.phase2_preparation.models import Reply, Round
from consult.phase2_preparation.steps import Letter
from stakeholders.files.enums import LETTERS, Scan
from stakeholders.files.models import StoredFile
from stakeholders.files.steps import drop, keep
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene
from tests.stakeholders.files import samples
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

URL = "/plans/QWJ/replies/{}/letter/"
API = "/api/v1/plans/QWJ/replies/{}/letter/"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def stored(world: World, code: str, content: bytes = samples.PDF) -> StoredFile:
    user = world.user(code, Role.CONTACT_POINT)
    upload = samples.upload(content, "复函.pdf")
    return keep(upload=upload, person_id=user.pk, kinds=LETTERS)


def answered(scene: Scene, one: Round, code: str) -> Reply:
    return actions.submit_reply(
        actor=scene.actor(code),
        plan=scene.plan,
        one=one,
        letter=Letter(number="1", file=stored(scene.world, code)),
        is_nil=True,
    )


def as_person(world: World, code: str, role: Role = Role.CONTACT_POINT, key: str = "") -> Client:
    client = Client()
    client.force_login(world.mandate(code, role, plan_key=key).user)
    return client


def codes_who_read(scene: Scene, url: str) -> list[str]:
    found = []
    for code in (QINGPU, WUJIANG, JIASHAN, KUNSHAN):
        if samples.status(as_person(scene.world, code), url) == 200:
            found.append(code)
    office = as_person(scene.world, QINGPU, Role.COORDINATOR, scene.plan.key)
    if samples.status(office, url) == 200:
        found.append("office")
    return found


@pytest.mark.parametrize("address", [URL, API])
def test_a_sealed_letter_is_its_own_party_s_until_the_hour(scene: Scene, address: str) -> None:
    one = scene.open(is_sealed=True)
    reply = answered(scene, one, WUJIANG)
    url = address.format(reply.pk)
    assert codes_who_read(scene, url) == [WUJIANG]
    with time_machine.travel(one.closes_at + timedelta(seconds=1), tick=False):
        assert codes_who_read(scene, url) == [QINGPU, WUJIANG, JIASHAN, KUNSHAN, "office"]


def test_a_sealed_letter_is_named_on_no_page_of_others(scene: Scene) -> None:
    one = scene.open(is_sealed=True)
    reply = answered(scene, one, WUJIANG)
    own = as_person(scene.world, WUJIANG).get(f"/plans/QWJ/rounds/{one.number}/")
    assert URL.format(reply.pk) in own.content.decode()
    others = as_person(scene.world, JIASHAN)
    for page in (f"/plans/QWJ/rounds/{one.number}/", "/files/", f"/files/{reply.letter_file_id}/"):
        text = others.get(page).content.decode()
        assert (URL.format(reply.pk) in text, "复函.pdf" in text) == (False, False)


def test_who_has_longer_time_reads_no_letter_of_others_before_answering(scene: Scene) -> None:
    one = scene.open(is_sealed=True)
    reply = answered(scene, one, WUJIANG)
    actions.extend_round(
        actor=scene.office,
        plan=scene.plan,
        one=one,
        code=JIASHAN,
        closes_on=one.closes_on + timedelta(days=5),
        closes_hour=one.closes_hour,
        reason="汛期",
    )
    with time_machine.travel(one.closes_at + timedelta(seconds=1), tick=False):
        assert codes_who_read(scene, URL.format(reply.pk)) == [QINGPU, WUJIANG, KUNSHAN, "office"]


def test_an_open_letter_is_read_by_who_sees_the_plan(scene: Scene) -> None:
    reply = answered(scene, scene.open(), WUJIANG)
    url = URL.format(reply.pk)
    response = as_person(scene.world, JIASHAN).get(url)
    assert b"".join(response.streaming_content) == samples.PDF
    assert response["Content-Disposition"].endswith("filename*=UTF-8''%E5%A4%8D%E5%87%BD.pdf")
    stranger = as_person(scene.world, "320500")
    assert [samples.status(stranger, url), samples.status(Client(), url)] == [404, 302]
    assert as_person(scene.world, JIASHAN).get(URL.format(0)).status_code == 404


def test_before_the_virus_check_only_who_uploaded_reads(
    scene: Scene, settings: pytest_django.Settings
) -> None:
    settings.FILE_SCAN_COMMAND = ["/bin/true"]
    url = URL.format(answered(scene, scene.open(), WUJIANG).pk)
    readers = [as_person(scene.world, code) for code in (WUJIANG, JIASHAN)]
    assert [samples.status(reader, url) for reader in readers] == [200, 409]
    StoredFile.objects.update(scan=Scan.CLEAN)
    assert [samples.status(reader, url) for reader in readers] == [200, 200]
    StoredFile.objects.update(scan=Scan.INFECTED)
    assert [samples.status(reader, url) for reader in readers] == [409, 409]


def test_the_record_binds_the_letter_s_hash(scene: Scene) -> None:
    reply = answered(scene, scene.open(), WUJIANG)
    entry = RecordEntry.objects.order_by("pk").last()
    assert entry is not None
    assert entry.act == "reply.submit"
    assert reply.letter_file.sha256 in entry.payload


def test_an_attached_letter_is_never_dropped(scene: Scene) -> None:
    reply = answered(scene, scene.open(), WUJIANG)
    StoredFile.objects.update(touched_at=clock.now() - timedelta(days=9))
    assert drop(reply.letter_file) is False
    owner = as_person(scene.world, WUJIANG)
    assert owner.delete(f"/files/{reply.letter_file_id}/").status_code == 409
    assert StoredFile.objects.filter(pk=reply.letter_file_id).exists()


def test_the_form_carries_the_letter_and_keeps_it_beside_an_error(scene: Scene) -> None:
    one = scene.open()
    client = as_person(scene.world, WUJIANG)
    url = f"/plans/QWJ/rounds/{one.number}/reply/"
    day = f"{clock.now() + timedelta(days=3):%Y-%m-%d}"
    wrong = client.post(
        url,
        {"is_nil": "1", "letter_on": day, "letter_file": samples.upload(samples.PDF, "复函.pdf")},
    )
    kept = StoredFile.objects.get()
    assert wrong.status_code == 422
    assert f'name="letter_file-kept" value="{kept.pk}"' in wrong.content.decode()
    done = client.post(url, {"is_nil": "1", "letter_file-kept": str(kept.pk)})
    assert done.status_code == 302
    assert (Reply.objects.get().letter_file, kept.plan_key) == (kept, "QWJ")


def test_the_api_takes_the_id_of_an_upload(scene: Scene) -> None:
    one = scene.open()
    url = f"/api/v1/plans/QWJ/rounds/{one.number}/reply/"
    theirs = stored(scene.world, JIASHAN)
    mine = stored(scene.world, WUJIANG)
    client = as_person(scene.world, WUJIANG)

    def post(pk: object) -> object:
        body = {"is_nil": True, "letter_file": str(pk)}
        return client.post(url, body, content_type="application/json")

    refused = post(theirs.pk)
    assert (refused.status_code, list(refused.json())) == (400, ["letter_file"])
    assert post(mine.pk).status_code == 201
    assert Reply.objects.get().letter_file == mine
