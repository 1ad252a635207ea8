from collections.abc import Iterator
from uuid import uuid4

import pytest
from django import forms
from django.utils import translation

from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS, Scan
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import PUBLIC, Actor, Role
from stakeholders.terms.errors import Refused
from tests.stakeholders.files import samples
from tests.world import QINGPU, WUJIANG, World


class LetterForm(StoresFiles):
    number = forms.CharField()
    letter_file = StoredFileField(kinds=LETTERS, required=False)


class NeededForm(StoresFiles):
    letter_file = StoredFileField(kinds=LETTERS)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def actor(world: World) -> Actor:
    return world.actor(QINGPU, Role.CONTACT_POINT)


def sent(
    actor: Actor,
    *,
    number: str = "1",
    content: bytes | None = None,
    kept: object = "",
    remove: bool = False,
    **options: object,
) -> LetterForm:
    data = {"number": number, "letter_file-kept": str(kept)}
    if remove:
        data["letter_file-remove"] = "1"
    files = {"letter_file": samples.upload(content)} if content is not None else {}
    return LetterForm(data, files, actor=actor, **options)


def test_a_new_upload_is_the_value(actor: Actor) -> None:
    form = sent(actor, content=samples.PDF)
    assert form.is_valid()
    assert form.cleaned_data["letter_file"] == StoredFile.objects.get()


def test_another_error_does_not_lose_the_upload(actor: Actor) -> None:
    form = sent(actor, number="", content=samples.PDF)
    assert (form.is_valid(), list(form.errors)) == (False, ["number"])
    stored = StoredFile.objects.get()
    page = str(form["letter_file"])
    assert f'name="letter_file-kept" value="{stored.pk}"' in page
    assert "letter.pdf" in page
    assert "Not checked for viruses" in page
    again = sent(actor, kept=stored.pk)
    assert again.is_valid()
    assert again.cleaned_data["letter_file"] == stored


def test_a_wrong_upload_says_so_at_the_field_and_keeps_the_former(actor: Actor) -> None:
    sent(actor, number="", content=samples.PDF).is_valid()
    stored = StoredFile.objects.get()
    form = sent(actor, kept=stored.pk, content=b"MZ program")
    assert form.errors == {
        "letter_file": [
            (
                "This file is not of a kind taken here. It is: a Windows program. Expected: "
                "PDF document, Word document (.docx), PNG picture, JPEG picture."
            )
        ]
    }
    assert f'value="{stored.pk}"' in str(form["letter_file"])


def test_a_second_upload_takes_the_place_of_the_first(actor: Actor) -> None:
    sent(actor, number="", content=samples.PDF).is_valid()
    former = StoredFile.objects.get()
    form = sent(actor, kept=former.pk, content=samples.PDF + b"%%EOF")
    assert form.is_valid()
    assert list(StoredFile.objects.all()) == [form.cleaned_data["letter_file"]]


def test_removal_drops_the_upload(actor: Actor) -> None:
    sent(actor, number="", content=samples.PDF).is_valid()
    form = sent(actor, kept=StoredFile.objects.get().pk, remove=True)
    assert form.is_valid()
    assert (form.cleaned_data["letter_file"], StoredFile.objects.count()) == (None, 0)


def test_the_upload_of_another_person_is_not_there(actor: Actor, world: World) -> None:
    sent(actor, content=samples.PDF).is_valid()
    stored = StoredFile.objects.get()
    other = world.actor(WUJIANG, Role.CONTACT_POINT)
    for pk in (stored.pk, uuid4(), "no id"):
        form = sent(other, kept=pk)
        assert form.errors == {
            "letter_file": ["This upload is no longer there. Choose the file again."]
        }
        assert str(stored.pk) not in str(form["letter_file"])


def test_what_the_object_has_is_accepted_by_its_id(actor: Actor, world: World) -> None:
    sent(actor, content=samples.PDF).is_valid()
    stored = StoredFile.objects.get()
    other = world.actor(WUJIANG, Role.CONTACT_POINT)
    form = sent(other, kept=stored.pk, initial={"letter_file": stored})
    assert form.is_valid()
    assert (form.cleaned_data["letter_file"], form.changed_data) == (stored, ["number"])
    cleared = sent(other, kept=stored.pk, remove=True, initial={"letter_file": stored})
    assert cleared.is_valid()
    assert (cleared.cleaned_data["letter_file"], StoredFile.objects.count()) == (None, 1)


def test_a_needed_file(actor: Actor) -> None:
    form = NeededForm({}, {}, actor=actor)
    assert form.errors == {"letter_file": ["Choose a file."]}


def test_a_disk_that_is_full_is_said_at_the_field(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stakeholders.files.storage.os.fsync", fail)
    form = sent(actor, number="沪青函〔2026〕1号", content=samples.PDF)
    assert form.errors == {
        "letter_file": [
            "The site cannot keep files at the moment. Your text is not lost; try again later."
        ]
    }
    assert form["number"].value() == "沪青函〔2026〕1号"
    assert StoredFile.objects.count() == 0


def test_an_infected_upload_is_not_taken_up(actor: Actor) -> None:
    sent(actor, content=samples.PDF).is_valid()
    StoredFile.objects.update(scan=Scan.INFECTED)
    assert sent(actor, kept=StoredFile.objects.get().pk).errors == {
        "letter_file": ["A virus was found in this file. Choose another one."]
    }


def test_the_public_uploads_nothing(db: None) -> None:
    with pytest.raises(Refused):
        sent(PUBLIC, content=samples.PDF).is_valid()
    with pytest.raises(Refused):
        take_upload(actor=PUBLIC, pk=uuid4(), kinds=LETTERS)
