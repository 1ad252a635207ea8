"""The letter itself with the answer to an invitation."""

from pathlib import Path

import pytest
import pytest_django
from django.test import Client

from consult.phase1_organization.models import InvitationAnswer
from stakeholders.files.enums import LETTERS
from stakeholders.files.models import StoredFile
from stakeholders.files.steps import keep
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.scene import invited
from tests.stakeholders.files import samples
from tests.world import JIASHAN, KUNSHAN, QINGPU, World


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def as_person(world: World, code: str) -> Client:
    client = Client()
    client.force_login(world.user(code, Role.CONTACT_POINT))
    return client


def test_the_form_carries_the_letter(world: World) -> None:
    invitation = invited(world, world.plan(), role="neighbour", must_sign=False)
    client = as_person(world, KUNSHAN)
    url = f"/invitations/{invitation.pk}/"
    letter = samples.upload(samples.PDF, "复函.pdf")
    # Conditions without their text are refused; the letter is kept all the same.
    wrong = client.post(url, {"answer": "accept_conditions", "letter_file": letter})
    kept = StoredFile.objects.get()
    assert wrong.status_code == 422
    assert f'name="letter_file-kept" value="{kept.pk}"' in wrong.content.decode()
    done = client.post(
        url, {"answer": "accept_conditions", "text": "条件", "letter_file-kept": str(kept.pk)}
    )
    answer = InvitationAnswer.objects.get()
    assert (done.status_code, answer.letter_file) == (302, kept)
    assert "复函.pdf" in client.get(url).content.decode()


def test_who_sees_the_answer_reads_its_letter(world: World) -> None:
    plan = world.plan()
    invitation = invited(world, plan, role="neighbour", must_sign=False)
    client = as_person(world, KUNSHAN)
    letter = samples.upload(samples.PDF, "复函.pdf")
    client.post(f"/invitations/{invitation.pk}/", {"answer": "decline", "letter_file": letter})
    answer = InvitationAnswer.objects.get()
    for prefix in ("", "/api/v1"):
        middle = "" if prefix else "organization/"
        url = f"{prefix}/plans/{plan.key}/{middle}answers/{answer.pk}/letter/"
        readers = [as_person(world, code) for code in (KUNSHAN, JIASHAN, QINGPU, "320500")]
        assert [samples.status(reader, url) for reader in readers] == [200, 200, 200, 404]
        missing = url.replace(f"/{answer.pk}/", "/0/")
        assert readers[0].get(missing).status_code == 404
    other = world.plan("OTHER")
    wrong = f"/plans/{other.key}/organization/answers/{answer.pk}/letter/"
    assert as_person(world, KUNSHAN).get(wrong).status_code == 404


def test_the_api_takes_the_id_of_an_upload(world: World) -> None:
    invitation = invited(world, world.plan(), role="neighbour", must_sign=False)
    user = world.user(KUNSHAN, Role.CONTACT_POINT)
    mine = keep(upload=samples.upload(samples.PDF), person_id=user.pk, kinds=LETTERS)
    client = as_person(world, KUNSHAN)
    url = f"/api/v1/invitations/{invitation.pk}/answers/"
    wrong = client.post(
        url,
        {"answer": "accept", "letter_file": "00000000-0000-0000-0000-000000000000"},
        content_type="application/json",
    )
    assert (wrong.status_code, list(wrong.json())) == (400, ["letter_file"])
    made = client.post(
        url, {"answer": "accept", "letter_file": str(mine.pk)}, content_type="application/json"
    )
    assert (made.status_code, made.json()["letter_file"]) == (201, str(mine.pk))
