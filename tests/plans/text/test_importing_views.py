"""The pages of an import, as a browser uses them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plans.register.models import Plan
from plans.text.models import Provision, TextImport
from stakeholders.terms.actor import Role
from tests.plans.text.test_importing import TEXT
from tests.world import WUJIANG, World

START = "/plans/QWJ/text/import/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


@pytest.fixture
def office(world: World, plan: Plan, client: Client) -> Client:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def upload(client: Client, content: bytes, name: str = "plan.md") -> str:
    answer = client.post(START, {"file": SimpleUploadedFile(name, content), "changes": "accepted"})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_upload_correct_and_enter(office: Client, provision: Provision) -> None:
    there = upload(office, TEXT.encode("gb18030"))
    page = office.get(there, headers=ENGLISH).content.decode()
    assert "read as GB18030" in page
    assert "2 rows" not in page
    assert "1 row cannot be entered yet" in page
    refused = office.post(f"{there}enter/", {"edits": "0"}, headers=ENGLISH)
    assert refused.status_code == 422
    for row in (7, 8):
        shown = office.get(f"{there}rows/{row}/", headers=ENGLISH)
        assert shown.status_code == 200
        values = {name: v for name, v in shown.context["form"].initial.items() if v}
        saved = office.post(
            f"{there}rows/{row}/", {**values, "kind": "omitted", "reason": "另行", "next": "1"}
        )
        assert saved.status_code == 302
    found = TextImport.objects.get()
    assert found.corrections == {
        "6": {"kind": "omitted", "reason": "另行"},
        "7": {"kind": "omitted", "reason": "另行"},
    }
    entered = office.post(f"{there}enter/", {"edits": "2"})
    assert entered["Location"] == "/plans/QWJ/text/?chapter=water"
    assert Provision.objects.count() == 2
    assert office.post(f"{there}enter/", {"edits": "2"}).status_code == 409
    assert office.get(there).status_code == 200


def test_a_row_left_out_without_a_reason_keeps_what_was_typed(office: Client) -> None:
    there = upload(office, TEXT.encode())
    answer = office.post(
        f"{there}rows/4/", {"kind": "omitted", "title_zh": "改过的题"}, headers=ENGLISH
    )
    assert answer.status_code == 422
    assert "Say why this is left out." in answer.content.decode()
    assert "改过的题" in answer.content.decode()
    assert TextImport.objects.get().corrections == {}


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "plan.md", "The submitted file is empty."),
        (b"PK\x03\x04broken", "plan.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "plan.docx", "encrypted one"),
        ("甲\u202e乙".encode(), "plan.md", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    ],
)
def test_a_bad_file_is_refused_on_the_form(
    office: Client, content: bytes, name: str, reason: str
) -> None:
    answer = office.post(START, {"file": SimpleUploadedFile(name, content)}, headers=ENGLISH)
    assert answer.status_code == 422
    if content:
        assert reason in answer.content.decode()
    assert TextImport.objects.count() == 0


@pytest.mark.parametrize("shown", ["all", "flagged", "faulty", "new", "edited", "omitted", "odd"])
def test_rows_can_be_filtered(office: Client, provision: Provision, shown: str) -> None:
    there = upload(office, TEXT.encode())
    counts = {"flagged": 3, "faulty": 1, "new": 3, "edited": 1, "omitted": 2}
    answer = office.get(f"{there}?show={shown}")
    assert len(answer.context["page_obj"].object_list) == counts.get(shown, 8)


def test_an_import_of_another_person_is_not_there(office: Client, world: World, plan: Plan) -> None:
    there = upload(office, TEXT.encode())
    other = Client()
    other.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    assert [other.get(f"{there}{end}").status_code for end in ("", "file/", "rows/1/")] == [404] * 3
    assert other.post(f"{there}drop/").status_code == 404
    answer = office.get(f"{there}file/")
    assert b"".join(answer).decode() == TEXT  # type: ignore[arg-type]
    assert office.post(f"{there}drop/").status_code == 302
    assert TextImport.objects.count() == 0
