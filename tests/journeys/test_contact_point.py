"""A jurisdiction answers a round: a planner writes with a passage and a file, the deputy clears, the
contact point submits; its neighbour says that it has no comments."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from consult.phase2_preparation.models import Comment, CommentAutosave, CommentDraft, Reply
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene, build
from tests.journeys.visitor import Visitor
from tests.world import JIASHAN, PASSWORD, WUJIANG, build_world

pytestmark = pytest.mark.browser
ROUND = "/plans/QWJ/rounds/1/"
TEXT = "水质按Ⅲ类控制。两岸共同巡查。"
Visit = Callable[[str], Visitor]

# Selects words of the first text that holds them, as a reader does with the mouse.
SELECT = """words => {
  const text = [...document.querySelectorAll('.provision__text')].find(t => t.textContent.includes(words));
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (!node.textContent.includes(words)) node = walker.nextNode();
  const range = document.createRange();
  range.setStart(node, node.textContent.indexOf(words));
  range.setEnd(node, node.textContent.indexOf(words) + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture(scope="module")
def scene(site: str) -> Scene:
    with transaction.atomic():
        made = build(build_world())
        made.revise(water=TEXT)
        made.world.mandate(WUJIANG, Role.DEPUTY)
        made.open()
    return made


@pytest.fixture
def visit(browser: Browser, site: str, scene: Scene) -> Visit:
    return lambda email: Visitor(browser, site).come_in(email, PASSWORD)


def test_a_jurisdiction_answers_a_round(visit: Visit, tmp_path: Path) -> None:
    planner = visit(f"planner@{WUJIANG}.example")
    planner.open(ROUND)
    planner.page.evaluate(SELECT, "两岸共同巡查")
    with planner.page.expect_event("load"):
        planner.page.locator("#water a[data-quotes]").click()
    quote = planner.page.locator('main [name="quote"]')
    assert quote.input_value() == "两岸共同巡查"
    planner.page.locator('[name="text_zh"]').fill("建议明确巡查频次")
    planner.page.locator('[name="wording_zh"]').fill("两岸每月共同巡查")
    planner.page.locator('[name="wording_en"]').focus()
    planner.page.wait_for_function("() => document.querySelector('.typed').textContent.trim()")
    assert CommentAutosave.objects.get().fields["text_zh"] == ["建议明确巡查频次"]

    paper = tmp_path / "测算.txt"
    paper.write_text("每月一次")
    planner.page.locator('input[type="file"][name="file_1"]').set_input_files(paper)
    planner.page.wait_for_function("() => document.querySelector('[name=file_1-kept]')?.value")
    with planner.page.expect_event("load"):
        planner.page.locator('main button[value="preview"]').click()
    assert "每月" in planner.page.locator("main ins").first.inner_text()
    with planner.page.expect_event("load"):
        planner.page.locator("form[data-saves] button.btn-primary").click()
    draft = CommentDraft.objects.get()
    assert (draft.quote, draft.state, draft.files.count()) == ("两岸共同巡查", "shared", 1)
    assert CommentAutosave.objects.count() == 0

    deputy = visit(f"deputy@{WUJIANG}.example").open(f"{ROUND}ours/")
    deputy.page.check(f"#choose-{draft.key}")
    with deputy.page.expect_event("load"):
        deputy.page.locator('#many button[value="clear"]').click()
    assert CommentDraft.objects.get().state == "cleared"
    deputy.open(f"{ROUND}reply/", status=403)

    contact = visit(f"contact_point@{WUJIANG}.example").open(f"{ROUND}reply/")
    contact.fill({"letter_number": "吴政函〔2026〕1号"}).send()
    comment = Comment.objects.get()
    assert (comment.quote, comment.files.get().file.name) == ("两岸共同巡查", "测算.txt")

    neighbour = visit(f"contact_point@{JIASHAN}.example").open(ROUND)
    assert "建议明确巡查频次" in neighbour.text()
    neighbour.open(f"{ROUND}reply/?nil=1").send()
    assert Reply.objects.get(jurisdiction=JIASHAN).is_nil
    assert [one.strayed for one in (planner, deputy, contact, neighbour)] == [[], [], [], []]
