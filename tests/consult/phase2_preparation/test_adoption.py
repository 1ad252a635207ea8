"""The adoption table: what is in it, for whom, and what each kind of file makes of bad input."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from consult.phase2_preparation import actions
from consult.phase2_preparation.adoption_table.aliases import Veil, aliases
from consult.phase2_preparation.adoption_table.asked import JOB, KINDS, Asked, asked
from consult.phase2_preparation.kinds import AdoptionTableFile
from consult.phase2_preparation.models import Comment, CommentDraft
from consult.phase2_preparation.queries.places import Entry, first_change
from consult.phase2_preparation.steps import Letter, Opinion, Remark
from stakeholders.files.storage import place_of
from stakeholders.files.tables import LONGEST
from stakeholders.jobs.actions import run_jobs
from stakeholders.jobs.models import Job
from stakeholders.terms.actor import SYSTEM, Actor
from stakeholders.terms.errors import Invalid, NotVisible
from tests.consult.phase2_preparation.stage import Scene, later
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import JIASHAN, SHANGHAI, WUJIANG

PAYLOAD = '=HYPERLINK("http://example.invalid","x")'


def table(scene: Scene, kind: str, actor: Actor | None = None, **said: str) -> bytes:
    return wanted(scene, kind, actor, **said).content()


def wanted(scene: Scene, kind: str, actor: Actor | None = None, **said: str) -> Asked:
    return asked(actor=actor or scene.office, plan=scene.plan, kind=kind, said=said)


def document(content: bytes) -> str:
    return ZipFile(BytesIO(content)).read("word/document.xml").decode()


def sheet(content: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


@pytest.fixture
def spoken(scene: Scene) -> Scene:
    """A comment of Wujiang that names it, adopted and changed; one of an expert, not adopted."""
    one = scene.open(closes_on=later(5))
    draft = scene.draft(one, WUJIANG, item="aim", text="吴江区建议：WUJIANG DISTRICT asks")
    CommentDraft.objects.filter(pk=draft.pk).update(state="cleared", wording_zh="改为三十米")
    actions.submit_reply(
        actor=scene.actor(WUJIANG),
        plan=scene.plan,
        one=one,
        letter=Letter(number="1"),
        is_nil=False,
    )
    actions.enter_opinion(
        actor=scene.office,
        plan=scene.plan,
        one=one,
        source="expert",
        letter=Letter(),
        opinions=[Opinion(remark=Remark(type="general", text_zh=PAYLOAD), item_key="")],
    )
    first, second = Comment.objects.filter(plan=scene.plan).order_by("number")
    scene.decide(first, "adopted", reason_zh="采纳吴江意见")
    scene.decide(second, "not_adopted", reason_zh="@SUM(1)")
    scene.revise(aim="三十米")
    return scene


def test_row_says_opinion_outcome_reason_and_where_it_changed(spoken: Scene) -> None:
    actions.publish_dispositions(actor=spoken.office, plan=spoken.plan)
    with translation.override("zh-hans"):
        rows = sheet(table(spoken, "xlsx"))
    assert [row[:7] for row in rows[-2:]] == [
        (
            "C01",
            "吴江区",
            "第1条",
            "吴江区建议：WUJIANG DISTRICT asks\n建议表述：改为三十米",
            "采纳",
            "采纳吴江意见",
            "第1条（R1→R2）",
        ),
        ("C02", "专家", rows[-1][2], PAYLOAD, "不采纳", "@SUM(1)", None),
    ]


def test_anonymous_table_names_nobody_anywhere(spoken: Scene) -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            told = wanted(spoken, "docx", anonymous="1")
            assert told.name == "adoption-table-QWJ-anonymous.docx"
            content = told.content()
            lines = told.piece(after=0)
            assert {line.name for line in lines} != set()
            texts = b"".join(
                ZipFile(BytesIO(content)).read(name)
                for name in ZipFile(BytesIO(content)).namelist()
            ).decode()
            body = texts.replace(spoken.plan.title_zh, "").replace(spoken.plan.title_en, "")
            for name in ("吴江", "Wujiang", "WUJIANG"):
                assert name not in body, (language, name)
            assert ("单位1" in body) is (language == "zh-hans")
            assert ("Unit 1" in body) is (language == "en")
            assert "creator" not in texts
            book = openpyxl.load_workbook(BytesIO(table(spoken, "xlsx", anonymous="1")))
            assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")


def test_undecided_for_others_and_marked_internal_for_the_office(spoken: Scene) -> None:
    with translation.override("en"):
        office = document(table(spoken, "docx"))
        party = document(table(spoken, "docx", spoken.actor(JIASHAN)))
    assert "For internal use" in office
    assert "采纳吴江意见" in office
    assert "For internal use" not in party
    assert "采纳吴江意见" not in party
    assert wanted(spoken, "csv", spoken.actor(JIASHAN)).piece(after=0)[0].outcome == ""


def test_sealed_comments_are_in_no_table(scene: Scene) -> None:
    one = scene.open(closes_on=later(5), is_sealed=True)
    scene.reply(one, WUJIANG, "aim")
    for actor in (scene.office, scene.actor(JIASHAN), scene.actor(WUJIANG)):
        assert wanted(scene, "csv", actor).size == 0


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_same_state_gives_the_same_bytes(spoken: Scene, kind: str) -> None:
    assert table(spoken, kind) == table(spoken, kind)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_plan_without_comments_says_so(scene: Scene, kind: str) -> None:
    with translation.override("en"):
        content = table(scene, kind)
    if kind == "docx":
        assert "No comment is in this table." in document(content)
    if kind == "xlsx":
        assert sheet(content)[-1][0] == "No comment is in this table."
    assert content


def test_unknown_filter_values_are_refused_and_unknown_kinds_are_not_there(
    spoken: Scene,
) -> None:
    with pytest.raises(Invalid) as error:
        wanted(spoken, "csv", outcome="nonsense", jurisdiction="zz")
    assert set(error.value.errors) == {"outcome", "jurisdiction"}
    assert wanted(spoken, "csv", outcome="adopted").size == 1
    with pytest.raises(NotVisible):
        wanted(spoken, "exe")
    url = reverse("preparation:adoption_file", args=["QWJ", "exe"])
    assert office_client(spoken).get(url).status_code == 404
    stranger = client_of(spoken, SHANGHAI)
    assert stranger.get(reverse("preparation:adoption", args=["QWJ"])).status_code == 404


def test_csv_guards_formulas_and_gbk_can_be_read(spoken: Scene) -> None:
    with translation.override("zh-hans"):
        plain, gbk = table(spoken, "csv"), table(spoken, "gbk")
    assert plain.startswith("\ufeff".encode())
    assert plain.decode("utf-8-sig") == gbk.decode("gb18030")
    assert "'=HYPERLINK" in gbk.decode("gb18030")
    assert "'@SUM(1)" in gbk.decode("gb18030")


def test_long_texts_and_control_characters_are_kept_whole(spoken: Scene) -> None:
    second = Comment.objects.filter(plan=spoken.plan).latest("number")
    long = "长" * (LONGEST + 10)
    spoken.decide(second, "noted", reason_zh=f"\x0b{long}\x1f")
    rows = sheet(table(spoken, "xlsx"))
    assert "".join(str(row[5] or "") for row in rows[-2:]) == long
    assert document(table(spoken, "docx")).count(long) == 1
    assert b"%PDF" in table(spoken, "pdf")[:8]


@override_settings(ADOPTION_TABLE_DIRECT=1)
def test_a_large_table_is_made_by_a_job_with_the_same_bytes(
    spoken: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.phase2_preparation.adoption_table.lines.PIECE", 1)
    client = office_client(spoken)
    url = reverse("preparation:adoption_file", args=["QWJ", "docx"])
    assert b"adoption-table-QWJ.docx" in client.get(url).content
    assert client.post(url).status_code == 302
    job = Job.objects.get(kind=JOB)
    seen = []
    while job.is_open:
        run_jobs(actor=SYSTEM, seconds=0.0001)
        job.refresh_from_db()
        seen.append(job.percent)
    assert (job.state, job.percent) == ("done", 100)
    assert job.result_file is not None
    content = place_of(job.result_file.sha256).read_bytes()
    language = json.loads(job.arguments)["language"]
    with translation.override(language):
        monkeypatch.undo()
        assert content == table(spoken, "docx")


def test_a_pdf_of_too_many_comments_is_refused_before_any_work(
    spoken: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.phase2_preparation.adoption_table.table.PDF_ROWS", 1)
    client = office_client(spoken)
    told = b"too large for a PDF. Choose a part of it by party or chapter, or take Word or Excel."
    english = {"accept-language": "en"}
    page = client.get("/plans/QWJ/adoption-table/?format=pdf", headers=english)
    assert (page.status_code, told in page.content) == (422, True)
    url = reverse("preparation:adoption_file", args=["QWJ", "pdf"])
    for answer in (client.get(url, headers=english), client.post(url, headers=english)):
        assert (answer.status_code, told in answer.content) == (422, True)
    api = "/api/v1/plans/QWJ/adoption-table/?format=pdf"
    for answer in (client.get(api, headers=english), client.post(api, headers=english)):
        assert (answer.status_code, told in answer.content) == (400, True)
    assert not Job.objects.filter(kind=JOB).exists()
    assert client.get("/plans/QWJ/adoption-table/?format=docx").status_code == 302
    assert client.get("/plans/QWJ/adoption-table/?format=pdf&source=expert").status_code == 302
    assert client.get(f"{url}?source=expert").status_code == 200


def test_a_pdf_of_too_long_texts_is_refused_as_it_is_written(
    spoken: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.phase2_preparation.adoption_table.table.PDF_WEIGHT", 700)
    with pytest.raises(Invalid):
        table(spoken, "pdf")
    assert table(spoken, "docx")
    assert table(spoken, "pdf", source="expert")[:5] == b"%PDF-"


def test_who_lost_the_sight_gets_no_file(spoken: Scene) -> None:
    kind = AdoptionTableFile()
    arguments = json.loads(json.dumps(wanted(spoken, "docx").arguments()))
    kind.require_result(actor=spoken.office, arguments=arguments)
    for actor in (spoken.actor(JIASHAN), spoken.actor(SHANGHAI)):
        with pytest.raises(NotVisible):
            kind.require_result(actor=actor, arguments=arguments)


@given(st.lists(st.sampled_from([("party", "1"), ("party", "2"), ("expert", "r:1")])))
def test_aliases_are_one_for_each_and_counted_by_source(found: list[tuple[str, str]]) -> None:
    with translation.override("en"):
        named = aliases(found)
    assert set(named) == set(found)
    assert len(set(named.values())) == len(named)
    parties = [alias for who, alias in named.items() if who[0] == "party"]
    assert parties == [f"Unit {number}" for number in range(1, len(parties) + 1)]


@given(st.text(max_size=60))
def test_veil_leaves_no_name(text: str) -> None:
    veil = Veil({"吴江区": "单位1", "吴江": "单位1", "Wujiang": "Unit 1"})
    shown = veil.over(f"{text}吴江区{text} Wujiang {text}")
    assert "吴江" not in shown
    assert re.search(r"(?<![A-Za-z])wujiang(?![A-Za-z])", shown, re.IGNORECASE) is None


def versions() -> st.SearchStrategy[list[int | None]]:
    return st.lists(st.one_of(st.none(), st.integers(1, 3)), min_size=1, max_size=6)


@given(versions(), st.integers(1, 6))
def test_first_change_is_the_first_revision_with_another_wording(
    held: list[int | None], since: int
) -> None:
    """`held[n]` is the wording of the item in revision n + 1, None where it does not stand."""
    numbers = list(range(1, len(held) + 1))
    entries: list[Entry] = [(n, str(n), v) for n, v in zip(numbers, held, strict=True) if v]
    found = first_change(entries, numbers=numbers, since=since, version=None)
    stood = [v for n, v in zip(numbers, held, strict=True) if v and n <= since]
    later_ones = list(_later(held, since))
    if not stood:
        expected = next((n for n, v in later_ones if v), None)
    else:
        expected = next((n for n, v in later_ones if v != stood[-1]), None)
    assert (found.after if found else None) == expected


def _later(held: list[int | None], since: int) -> Iterator[tuple[int, int | None]]:
    return ((n, v) for n, v in enumerate(held, start=1) if n > since)
