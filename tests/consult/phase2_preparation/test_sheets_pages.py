"""The comment form through its pages and for programs."""

import html
import re
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consult.phase2_preparation.models import CommentDraft, Reply, Round, SheetImport
from consult.phase2_preparation.sheet_lines import sheet_view
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_sheets import csv_of, row
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import JIASHAN, WUJIANG

PAYLOADS = ["=cmd|'/C calc'!A0", "+1", "-1", "@x", "<script>alert(1)</script>"]


def url(name: str, *args: object) -> str:
    return reverse(f"preparation:{name}", args=["QWJ", 1, *args])


def upload(raw: bytes, name: str = "form.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, raw)}


def send(client: Client, raw: bytes, name: str = "form.csv") -> str:
    """The address of the preview."""
    answer = client.post(url("sheets"), upload(raw, name))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def seen(address: str, client: Client) -> str:
    page = client.get(address).content.decode()
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_form_is_uploaded_looked_at_chosen_and_entered(scene: Scene) -> None:
    scene.open()
    client = client_of(scene, WUJIANG, Role.PLANNER)
    assert client.get(url("sheets")).status_code == 200
    address = send(client, csv_of(row("甲"), row("乙"), row("丙", clause="99")))
    page = client.get(address).content.decode()
    assert "C4" in page
    assert CommentDraft.objects.count() == 0
    enter = address + "enter/"
    rows = {"offered": ["row-1", "row-2"], "chosen": ["row-2"]}
    kept = client.post(enter, {**rows, "keep": "1", "seen": seen(address, client)})
    assert (kept.status_code, CommentDraft.objects.count()) == (302, 0)
    refused = client.post(enter, {"seen": seen(address, client), "whole": "on"})
    assert (refused.status_code, CommentDraft.objects.count()) == (422, 0)
    done = client.post(enter, {**rows, "seen": seen(address, client), "share": "on"})
    assert (done.status_code, done.headers["Location"]) == (302, address)
    assert [(d.text_zh, d.state) for d in CommentDraft.objects.all()] == [("乙", "shared")]
    assert client.get(address).status_code == 200
    again = client.post(enter, {"seen": "x"})
    assert (again.status_code, CommentDraft.objects.count()) == (409, 1)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.xlsx"),
        ("\ufeff单位,条款".encode("utf-16"), "wide.csv"),
        (b"PK\x03\x04 broken", "broken.xlsx"),
        (b"a,b\n1,2", "other.csv"),
        (b"", "empty.csv"),
        (b"%PDF-1.4 %%EOF", "paper.pdf"),
    ],
)
def test_files_that_are_no_form_are_answered_clearly(scene: Scene, raw: bytes, name: str) -> None:
    scene.open()
    client = client_of(scene, WUJIANG)
    answer = client.post(url("sheets"), upload(raw, name))
    assert (answer.status_code, SheetImport.objects.count()) == (422, 0)
    assert "errorlist" in answer.content.decode() or "invalid-feedback" in answer.content.decode()


def test_payloads_stay_text_in_the_preview_and_in_the_next_export(scene: Scene) -> None:
    scene.open()
    client = client_of(scene, WUJIANG)
    address = send(client, csv_of(*(row(f'"{text}"') for text in PAYLOADS)))
    assert "<script>alert(1)" not in client.get(address).content.decode()
    done = client.post(address + "enter/", {"seen": seen(address, client), "whole": "on"})
    assert done.status_code == 302
    assert sorted(d.text_zh or d.text_en for d in CommentDraft.objects.all()) == sorted(PAYLOADS)
    out = client.get(url("sheet_file", "drafts", "csv")).content.decode("utf-8-sig")
    assert "'=cmd|" in out
    assert not re.search(r'(^|,)"?[=+@]', out, re.MULTILINE)
    assert send(client, out.encode()) != address
    view = sheet_view(one=Round.objects.get(), sheet=SheetImport.objects.latest("created_at"))
    assert {line.outcome.value for line in view.lines} == {"same"}


@pytest.mark.parametrize("kind", ["xlsx", "docx", "csv"])
def test_download_is_named_by_body_plan_and_round(scene: Scene, kind: str) -> None:
    scene.open()
    client = client_of(scene, WUJIANG)
    answer = client.get(url("sheet_file", "provisions", kind), {"language": "zh"})
    named = unquote(answer.headers["Content-Disposition"].rpartition("''")[2])
    assert (answer.status_code, named) == (200, f"{WUJIANG}_QWJ_RD1_征求意见表.{kind}")
    assert answer.headers["Content-Disposition"].isascii()
    for path in ("other.xlsx", "blank.exe"):
        what, _dot, end = path.partition(".")
        assert client.get(url("sheet_file", what, end)).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_form_of_the_page_is_there_in_both_languages(scene: Scene, language: str) -> None:
    scene.open()
    client = client_of(scene, WUJIANG)
    client.cookies["django_language"] = language
    page = client.get(url("sheets")).content.decode()
    links = [
        html.unescape(link) for link in re.findall(r'href="([^"]+\.(?:xlsx|docx|csv)[^"]*)"', page)
    ]
    assert len(links) == 16
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_drafts_are_not_there_for_the_office_nor_for_others(scene: Scene) -> None:
    one = scene.open()
    scene.draft(one, WUJIANG, text="内部意见")
    assert office_client(scene).get(url("sheet_file", "drafts", "csv")).status_code == 404
    theirs = client_of(scene, JIASHAN).get(url("sheet_file", "drafts", "csv"))
    assert "内部意见" not in theirs.content.decode()
    address = send(client_of(scene, WUJIANG), csv_of(row("甲")))
    for client in (client_of(scene, JIASHAN), client_of(scene, WUJIANG, Role.PLANNER)):
        assert client.get(address).status_code == 404
        assert client.get(address + "file/").status_code == 404
        assert client.post(address + "enter/", {"seen": "x"}).status_code == 404


def test_signatory_may_download_and_not_hand_in(scene: Scene) -> None:
    scene.open()
    client = client_of(scene, WUJIANG, Role.SIGNATORY)
    page = client.get(url("sheets")).content.decode()
    assert 'type="file"' not in page
    assert client.post(url("sheets"), upload(csv_of(row("甲")))).status_code == 403


def test_after_the_close_the_page_offers_no_upload(scene: Scene) -> None:
    scene.open()
    Round.objects.update(closed_at=timezone.now())
    client = client_of(scene, WUJIANG)
    assert 'type="file"' not in client.get(url("sheets")).content.decode()
    assert client.post(url("sheets"), upload(csv_of(row("甲")))).status_code == 422


def test_dropped_form_is_gone(scene: Scene) -> None:
    scene.open()
    client = client_of(scene, WUJIANG)
    address = send(client, csv_of(row("甲")))
    assert client.post(address + "drop/").status_code == 302
    assert client.get(address).status_code == 404


def test_office_enters_a_mailed_form_by_its_page(scene: Scene) -> None:
    scene.open()
    client = office_client(scene)
    data = {**upload(csv_of(row("甲", body="专家"))), "source": "expert"}
    answer = client.post(url("opinion_sheet"), data)
    address = answer.headers["Location"]
    form = {"seen": seen(address, client), "whole": "on", "letter_number": "1"}
    assert client.post(address + "enter/", form).status_code == 302
    assert Reply.objects.get().comments.get().text_zh == "甲"


def test_preview_shown_in_pages_of_a_hundred(scene: Scene) -> None:
    scene.open()
    client = client_of(scene, WUJIANG)
    address = send(client, csv_of(*(row(f"意见{n}") for n in range(150))))
    first, second = (client.get(f"{address}?page={n}").content.decode() for n in (1, 2))
    assert (first.count('name="offered"'), second.count('name="offered"')) == (100, 50)
    assert client.get(f"{address}?show=conflict").status_code == 200
    assert client.get(url("sheet", uuid4())).status_code == 404
