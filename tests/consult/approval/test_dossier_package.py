"""The dossier packed: names, bytes, missing papers, bad files, the volume with its pages."""

import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import reverse
from docx import Document as WordDocument
from pypdf import PageObject, PdfReader, PdfWriter

from consult.approval import kinds
from consult.approval.actions.dossier import file_dossier_paper
from consult.approval.dossier_files import merging
from consult.approval.dossier_files.merging import Fault, Faulty, Part, sound_pdf, write_volume
from consult.approval.dossier_files.pieces import file_name
from consult.approval.kinds import DossierPackage
from consult.approval.queries.dossier import dossier_state
from stakeholders.files.enums import DOCUMENTS, Scan
from stakeholders.files.models import StoredFile
from stakeholders.files.steps import keep
from stakeholders.files.storage import place_of
from stakeholders.jobs.actions import run_jobs
from stakeholders.jobs.kinds import Step
from stakeholders.jobs.models import Job
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import NotVisible
from tests.consult.approval.test_dossier import arrange, changed, issue, office, usual
from tests.consult.phase3_identification.story import Story
from tests.world import KUNSHAN, QINGPU, WUJIANG


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield tmp_path


def pdf(pages: int = 1, *, rotation: int = 0, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_page(PageObject.create_blank_page(width=595, height=842)).rotate(rotation)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + check

    head = (2).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    rows = zlib.compress((b"\x00" + b"\xff\x00\x00" * 2) * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def word() -> bytes:
    target = BytesIO()
    WordDocument().save(target)
    return target.getvalue()


def put(story: Story, line: str, content: bytes, name: str) -> StoredFile:
    stored = keep(
        upload=ContentFile(content, name=name),
        person_id=story.coordinator.user_id,
        kinds=DOCUMENTS,
        plan_key=story.plan.key,
    )
    file_dossier_paper(
        actor=story.coordinator, plan=story.plan, line=line, issue=issue(), file=stored
    )
    return stored


def arguments(story: Story, form: str, language: str = "zh-hans") -> dict[str, Any]:
    return {"plan": story.plan.key, "form": form, "language": language}


def packed(story: Story, form: str, language: str = "zh-hans") -> tuple[bytes, Step]:
    kind, cursor, said = DossierPackage(), None, arguments(story, form, language)
    while True:
        step = kind.step(actor=story.coordinator, arguments=said, cursor=cursor)
        if step.cursor is None:
            stored = StoredFile.objects.get(pk=step.file_id)
            return place_of(stored.sha256).read_bytes(), step
        cursor = step.cursor


def names(content: bytes) -> list[str]:
    return ZipFile(BytesIO(content)).namelist()


def text(content: bytes, page: int) -> str:
    """The words of a page, however they are spaced."""
    return "".join(PdfReader(BytesIO(content)).pages[page].extract_text().split())


def faults(step: Step) -> Mapping[str, str]:
    return dict(step.result["faults"])


def test_the_archive_holds_the_catalogue_and_every_paper_by_its_number(story: Story) -> None:
    put(story, "work-plan", pdf(), "批文.pdf")
    content, step = packed(story, "zip")
    assert names(content) == [
        "00-目录.docx",
        "00-目录.pdf",
        "01-编制工作方案及批准文件.pdf",
        "08-毗邻方书面意见表.docx",
        "08-毗邻方书面意见表.pdf",
        "09-各方政府审议情况表.docx",
        "09-各方政府审议情况表.pdf",
        "10-共同认定书（含保留意见附件）.docx",
        "10-共同认定书（含保留意见附件）.pdf",
        "11-会签单.docx",
        "11-会签单.pdf",
        "12-规划文本（报批稿）.docx",
        "12-规划文本（报批稿）.pdf",
        "13-提请上级决定事项和保留分歧清单.docx",
        "13-提请上级决定事项和保留分歧清单.pdf",
    ]
    assert ZipFile(BytesIO(content)).read("01-编制工作方案及批准文件.pdf") == pdf()
    assert step.result["missing"] == [
        "base-studies",
        "consultation",
        "public-display",
        "expert-opinion",
        "legal-review",
    ]
    assert "专题研究和底图底数确认书" in str(step.text)


@pytest.mark.parametrize("form", ["zip", "pdf"])
def test_the_same_state_gives_the_same_bytes(story: Story, form: str) -> None:
    first = packed(story, form)[0]
    assert packed(story, form)[0] == first
    put(story, "work-plan", pdf(), "批文.pdf")
    assert packed(story, form)[0] != first


def test_what_is_missing_or_left_out_is_listed_in_the_catalogue(story: Story) -> None:
    arrange(story, changed(usual(story), "legal-review", left_out="省厅统一审查"))
    archive = ZipFile(BytesIO(packed(story, "zip")[0]))
    table = WordDocument(BytesIO(archive.read("00-目录.docx"))).tables[0]
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in table.rows[1:]}
    assert sorted(rows) == [f"{number:02d}" for number in range(1, 14)]
    assert rows["01"][1] == "编制工作方案及批准文件"
    assert rows["06"][3].endswith("省厅统一审查")
    assert rows["12"][4] == "12-规划文本（报批稿）.docx\n12-规划文本（报批稿）.pdf"


def test_the_volume_numbers_its_pages_as_its_catalogue_says(story: Story) -> None:
    put(story, "work-plan", pdf(3, rotation=90), "批文.pdf")
    put(story, "legal-review", png(), "审查.png")
    content, step = packed(story, "pdf")
    reader = PdfReader(BytesIO(content))
    assert faults(step) == {}
    assert "专题研究和底图底数确认书" in text(content, 0)  # missing: said on the cover
    first = {}
    for mark in reader.outline:
        first[mark.title] = reader.get_destination_page_number(mark) + 1
    sheet = first["01 编制工作方案及批准文件"]
    assert first["02 专题研究和底图底数确认书"] == sheet + 4
    for page in (sheet, sheet + 1, sheet + 3):
        assert reader.pages[page - 1].extract_text().strip().splitlines()[-1] == str(page)
    for title, page in list(first.items())[2:]:
        assert title[3:].replace(" ", "") in text(content, page - 1), title
    catalogue = text(content, 1)
    assert f"{sheet}02专题" in catalogue.replace("（", "(").replace("\n", "")


def test_a_file_that_cannot_be_placed_is_named_on_its_sheet(story: Story) -> None:
    put(story, "work-plan", word(), "方案.docx")
    put(story, "base-studies", pdf(password="secret"), "研究.pdf")
    put(story, "consultation", pdf()[:-400] + b"\n%%EOF", "函.pdf")
    gone = put(story, "public-display", pdf(2), "公示.pdf")
    held = put(story, "expert-opinion", pdf(4), "论证.pdf")
    place_of(gone.sha256).unlink()
    StoredFile.objects.filter(pk=held.pk).update(scan=Scan.INFECTED)
    content, step = packed(story, "pdf", "en")
    assert faults(step) == {
        "01-编制工作方案及批准文件.docx": "no_pages",
        "02-专题研究和底图底数确认书.pdf": "encrypted",
        "03-征求意见函及意见采纳情况表.pdf": "damaged",
        "04-公示材料及公示意见处理情况.pdf": "gone",
        "05-专家论证意见.pdf": "held_back",
    }
    reader = PdfReader(BytesIO(content))
    marks = {one.title[:2]: reader.get_destination_page_number(one) for one in reader.outline}
    for sign in ("01", "02", "03", "04", "05"):
        assert f"seetheelectronicfile{sign}" in text(content, marks[sign]), sign
        assert marks[f"{int(sign) + 1:02d}"] == marks[sign] + 1
    archive, packing = packed(story, "zip")
    assert set(faults(packing).values()) == {"gone", "held_back"}
    assert "01-编制工作方案及批准文件.docx" in names(archive)
    assert "05-专家论证意见.pdf" not in names(archive)


BAD = {
    "empty": (b"", Fault.EMPTY),
    "no pdf": (b"%PDF-1.7\nnothing else\n%%EOF", Fault.DAMAGED),
    "cut": (pdf(5)[:200], Fault.DAMAGED),
    "secret": (pdf(password="x"), Fault.ENCRYPTED),
    "no pages": (pdf(0), Fault.EMPTY),
    "many pages": (pdf(5_000), Fault.TOO_LARGE),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_pdf_is_named_by_its_fault(tmp_path: Path, name: str) -> None:
    content, fault = BAD[name]
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(Faulty) as caught:
        sound_pdf(path)
    assert caught.value.fault is fault


def test_a_heavy_pdf_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST_BYTES", 100)
    path = tmp_path / "heavy.pdf"
    path.write_bytes(pdf(2))
    with pytest.raises(Faulty) as caught:
        sound_pdf(path)
    assert caught.value.fault is Fault.TOO_LARGE


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_number_stands_in_the_upper_corner_however_the_page_is_turned(rotation: int) -> None:
    content = pdf(2, rotation=rotation)
    target = BytesIO()
    assert write_volume([Part(content=content, pages=2, bookmark="甲")], target, title="卷") == 2
    pages = PdfReader(target).pages
    assert [page.extract_text().strip() for page in pages] == ["", "2"]
    at: list[tuple[float, float]] = []
    pages[1].extract_text(
        visitor_text=lambda said, _cm, tm, _f, _s: said.strip() and at.append((tm[4], tm[5]))
    )
    x, y = at[0]
    corners = {0: (595, 842), 90: (0, 842), 180: (0, 0), 270: (595, 0)}
    right, top = corners[rotation]
    assert abs(x - right) < 60
    assert abs(y - top) < 60


def test_names_of_files_harm_no_system() -> None:
    assert file_name("03", 'a/b\\c:d*e?"<>|', "pdf") == "03-a／b＼c_d_e_.pdf"
    assert file_name("03", "", "pdf") == "03.pdf"
    assert len(file_name("03-10", "长" * 300, "docx")) == 71


def test_what_changes_meanwhile_begins_the_package_anew(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "SECONDS", 0)
    kind, said = DossierPackage(), arguments(story, "zip")
    step = kind.step(actor=story.coordinator, arguments=said, cursor=None)
    step = kind.step(actor=story.coordinator, arguments=said, cursor=step.cursor)
    assert step.done == 1
    put(story, "work-plan", pdf(), "批文.pdf")
    step = kind.step(actor=story.coordinator, arguments=said, cursor=step.cursor)
    assert step.done == 0


def test_what_was_made_and_is_lost_is_made_anew(story: Story, media: Path) -> None:
    kind, said = DossierPackage(), arguments(story, "zip")
    step = kind.step(actor=story.coordinator, arguments=said, cursor=None)
    while step.cursor is not None and step.done < (step.total or 0) - 1:
        step = kind.step(actor=story.coordinator, arguments=said, cursor=step.cursor)
    for path in (media / "incoming").glob("dossier-*"):
        path.unlink()
    step = kind.step(actor=story.coordinator, arguments=said, cursor=step.cursor)
    assert (step.done, step.cursor is None) == (0, False)


def test_a_job_packs_it_and_nothing_of_its_work_stays(story: Story, media: Path) -> None:
    client = office(story)
    answer = client.post(
        reverse("approval:dossier_package", args=[story.plan.key]), {"form": "zip"}
    )
    assert answer.status_code == 302
    run_jobs(actor=SYSTEM, seconds=120)
    job = Job.objects.get()
    assert (job.state, job.kind) == ("done", "approval.dossier")
    assert "编制工作方案" in job.text_zh
    assert "Work plan and its approval" in job.text_en
    assert list((media / "incoming").iterdir()) == []
    result = client.get(reverse("jobs:result", args=[job.pk]))
    assert (result.status_code, b"".join(result.streaming_content)[:2]) == (200, b"PK")
    wrong = reverse("approval:dossier_package", args=[story.plan.key])
    assert client.post(wrong, {"form": "exe"}).status_code == 404


def test_a_package_may_be_larger_than_an_upload(story: Story) -> None:
    put(story, "work-plan", pdf(), "批文.pdf")
    with override_settings(FILE_MAX_SIZE=100):
        content, _step = packed(story, "volume")
    assert len(content) > 100


def test_the_package_is_not_given_to_who_sees_the_dossier_no_more(story: Story) -> None:
    kind = DossierPackage()
    actor = story.world.actor(KUNSHAN, Role.CONTACT_POINT)
    with pytest.raises(NotVisible):
        kind.require_result(actor=actor, arguments=arguments(story, "zip"))


def test_every_computed_paper_is_downloaded_in_both_kinds(story: Story) -> None:
    client, key = Client(), story.plan.key
    client.force_login(story.world.user(WUJIANG, Role.PLANNER))
    codes = [
        one.code for line in dossier_state(story.plan).lines for one in line.documents if one.code
    ]
    assert codes == ["neighbours", "deliberation", "statement", "sheet", "text", "left-open"]
    for code in codes:
        for kind, magic in (("docx", b"PK"), ("pdf", b"%PDF")):
            url = reverse("approval:dossier_made", args=[key, code, kind])
            answer = client.get(url)
            assert (answer.status_code, answer.content[: len(magic)]) == (200, magic), url
    for code, kind in (("nothing", "pdf"), ("text", "exe")):
        url = reverse("approval:dossier_made", args=[key, code, kind])
        assert client.get(url).status_code == 404


def test_a_filed_file_is_given_out_now_and_when_it_is_older(story: Story) -> None:
    client, key = office(story), story.plan.key
    first = put(story, "work-plan", pdf(), "旧.pdf")
    second = put(story, "work-plan", pdf(2), "新.pdf")
    for stored in (first, second):
        url = reverse("approval:dossier_kept", args=[key, stored.pk])
        answer = client.get(url)
        assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")
    other = keep(
        upload=ContentFile(pdf(3), name="别的.pdf"),
        person_id=story.coordinator.user_id,
        kinds=DOCUMENTS,
    )
    assert client.get(reverse("approval:dossier_kept", args=[key, other.pk])).status_code == 404
    for kind in ("docx", "pdf"):
        url = reverse("approval:dossier_catalogue", args=[key, kind])
        assert client.get(url).status_code == 200
    assert client.get(reverse("approval:dossier_catalogue", args=[key, "exe"])).status_code == 404


def test_the_api_files_and_arranges(story: Story) -> None:
    client = office(story)
    page = f"/api/v1/plans/{story.plan.key}/approval/dossier/"
    shown = client.get(page).json()
    assert (shown["arrangement"], shown["is_complete"]) == (0, False)
    lines = [
        {name: one[name] for name in ("key", "name_zh", "name_en", "is_required")}
        for one in shown["lines"]
    ]
    tables = {"key": "tables"}
    body = {"base": 0, "lines": [*lines[::-1], tables]}
    kind = "application/json"
    assert client.post(page + "arrange/", body, content_type=kind).status_code == 201
    assert client.post(page + "arrange/", body, content_type=kind).status_code == 409
    said = {"document_number": "甲1号", "issued_on": "2026-01-05", "issuer": "联合办公室"}
    url = page + "lines/work-plan/file/"
    assert client.post(url, said, content_type=kind).status_code == 201
    last = client.get(page).json()["lines"][-1]
    assert (last["key"], last["standing"], last["documents"][0]["number"]) == (
        "work-plan",
        "filed",
        "甲1号",
    )


def test_arranging_is_no_business_of_a_party(story: Story) -> None:
    client = Client()
    client.force_login(story.world.user(QINGPU, Role.CONTACT_POINT))
    page = f"/api/v1/plans/{story.plan.key}/approval/dossier/"
    body = {"base": 0, "lines": []}
    answer = client.post(page + "arrange/", body, content_type="application/json")
    assert answer.status_code == 403
