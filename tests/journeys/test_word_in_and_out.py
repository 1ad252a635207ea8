"""A Word file goes in through the preview, comes out as Word, and goes in again: nothing changed."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.test import override_settings
from docx import Document
from playwright.sync_api import Browser

from plans.register.models import Plan
from plans.register.steps import version_content
from plans.text.actions import add_chapter
from plans.text.models import Provision
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical
from tests.journeys.visitor import Visitor
from tests.world import PASSWORD, QINGPU, WUJIANG, World, build_world

pytestmark = pytest.mark.browser
HOME = "/plans/QWJ/text/"
OFFICE = "coordinator@joint.example"
PLANNER = f"planner@{WUJIANG}.example"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Visit = Callable[[str], Visitor]


@pytest.fixture(scope="module", autouse=True)
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=str(folder)):
        yield folder


@pytest.fixture(scope="module")
def plan(site: str) -> Plan:
    world: World = build_world()
    made = world.plan()
    for key, title, code in (("general", "总则", QINGPU), ("water", "水环境", WUJIANG)):
        add_chapter(
            actor=world.coordinator(made), plan=made, key=key, title_zh=title, drafting=[code]
        )
    return made


@pytest.fixture
def visit(browser: Browser, site: str, plan: Plan) -> Visit:
    return lambda email: Visitor(browser, site).come_in(email, PASSWORD)


def typed_document() -> bytes:
    """As an office types it: numbers by hand, a table within an article."""
    document = Document()
    document.add_heading("水环境专项规划", 0)
    for text in (
        "第一章 总则",
        "第一条 【规划目的】为协同保护跨界水体，制定本规划。",
        "第二章 水环境",
        "第二条 【断面水质】断面水质应当不低于Ⅲ类，见下表。",
    ):
        document.add_paragraph(text)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("断面", "目标", "急水港", "Ⅲ类"), strict=True):
        cell.text = text
    document.add_paragraph("第三条 【联合巡查】两岸宜每月巡查一次。")
    document.add_paragraph("（一）结果当日共享；")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def bring(visitor: Visitor, content: bytes) -> str:
    """Upload a Word file; the address of its preview."""
    visitor.open(f"{HOME}import/")
    file = {"name": "规划.docx", "mimeType": WORD, "buffer": content}
    visitor.page.set_input_files('main [name="file"]', [file])  # type: ignore[list-item]
    # It is sent ahead of the form.
    visitor.page.wait_for_function("() => document.querySelector('[name=file-kept]').value")
    visitor.send("/import/")
    return visitor.page.url.removeprefix(visitor.site)


def figures(visitor: Visitor) -> list[str]:
    """New, changed, unchanged, staying."""
    return visitor.lines("main dl.summary dd")[:4]


def state() -> dict[str, str]:
    """Key -> hash of every provision of the draft, in their order."""
    found = Provision.objects.select_related("item__draft").order_by(
        "chapter__position", "position"
    )
    return {one.item.key: canonical.digest_of(version_content(one.item.draft)) for one in found}


def test_a_word_file_goes_in_comes_out_and_changes_nothing_when_it_comes_back(
    visit: Visit,
) -> None:
    office = visit(OFFICE)
    preview = bring(office, typed_document())
    assert (figures(office), office.violations()) == (["3", "0", "0", "0"], [])
    assert office.page.locator("main table th").all_inner_texts() == ["断面", "目标"]
    # The row of the last article gets another title before anything is entered.
    title = office.lines("main h4")[-1]
    assert title.endswith("联合巡查")
    last = office.page.locator("[data-row]", has_text="联合巡查").locator("a[data-edit]")
    office.open(str(last.get_attribute("href"))).fill({"title_zh": "两岸联合巡查"}).send()
    assert (office.lines("main h4")[-1].split(" ")[-1], state()) == ("两岸联合巡查", {})
    office.open(preview).send("/enter/")
    before = state()
    assert (len(before), office.violations()) == (3, [])
    # What comes out of the draft comes back, and nothing is left to enter.
    entries = RecordEntry.objects.count()
    out = office.download(f"{HOME}export/draft.docx")
    bring(office, out)
    assert figures(office) == ["0", "0", "3", "0"]
    assert office.page.locator('form[action$="/enter/"] button').count() == 0
    assert "该文件与工作稿没有差异。" in office.text()
    assert (state(), RecordEntry.objects.count()) == (before, entries)
    a_planner_brings_the_whole_text_back(visit(PLANNER), out, before)
    assert (state() != before, list(state())) == (True, list(before))
    assert office.strayed == []


def a_planner_brings_the_whole_text_back(
    planner: Visitor, out: bytes, before: dict[str, str]
) -> None:
    """Edited in Word in the chapter of one's own; that of another party comes back as it is."""
    document = Document(BytesIO(out))
    changed = next(one for one in document.paragraphs if "每月巡查" in one.text)
    changed.runs[0].text = changed.text.replace("每月", "每周")
    for run in changed.runs[1:]:
        run.text = ""
    held = BytesIO()
    document.save(held)
    bring(planner, held.getvalue())
    assert (figures(planner), planner.violations()) == (["0", "1", "2", "0"], [])
    planner.send("/enter/")
    assert planner.page.url.endswith("?chapter=water")
    after = state()
    assert [key for key in before if after[key] != before[key]] == [list(before)[-1]]
    assert planner.strayed == []
