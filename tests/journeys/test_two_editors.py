"""Two people write one provision, a session is lost in mid-sentence, articles are moved."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser

from plans.register.models import ItemDraft, Plan
from plans.text.actions import add_chapter, add_provision
from plans.text.models import Autosave
from plans.text.queries import numbers_of
from plans.text.wording import Wording
from tests.journeys.visitor import Visitor
from tests.world import JIASHAN, PASSWORD, WUJIANG, World, build_world

pytestmark = pytest.mark.browser
HOME = "/plans/QWJ/text/"
BASE = "水质按Ⅲ类控制。两岸共同巡查。数据实时共享。"
PLANNER = f"planner@{WUJIANG}.example"
OFFICE = "coordinator@joint.example"
KEYS = ("apart", "same", "lost", "step", "drag", "last")
Visit = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def plan(site: str) -> Plan:
    world: World = build_world()
    made = world.plan()
    office = world.coordinator(made)
    for key, code in (("water", WUJIANG), ("standards", JIASHAN)):
        add_chapter(actor=office, plan=made, key=key, title_zh=f"章{key}", drafting=[code])
    for key in KEYS:
        wording = Wording(title_zh=f"题{key}", text_zh=BASE, strength="binding")
        add_provision(actor=office, plan=made, chapter="water", key=key, wording=wording)
    return made


@pytest.fixture
def visit(browser: Browser, site: str, plan: Plan) -> Visit:
    return lambda email: Visitor(browser, site).come_in(email, PASSWORD)


def editor(key: str) -> str:
    return f"{HOME}provisions/{key}/"


def write(visitor: Visitor, text: str) -> None:
    """Type into the Chinese text and leave the field."""
    visitor.page.locator('[name="text_zh"]').fill(text)
    visitor.page.locator('[name="title_en"]').focus()


def save(visitor: Visitor, *, status: int) -> None:
    """By the keyboard, from within the field."""
    with visitor.page.expect_event("load"):
        visitor.page.locator('[name="text_zh"]').press("Control+s")
    assert visitor.status == status


def drag(visitor: Visitor, grip: str, place: str) -> None:
    """As a hand does it: in many small moves."""
    mouse = visitor.page.mouse
    for count, selector in enumerate((grip, place)):
        box = visitor.page.locator(selector).bounding_box()
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=15)
        (mouse.up if count else mouse.down)()


def draft(key: str) -> str:
    return ItemDraft.objects.get(item__key=key).content["text"]["zh"]


def test_changes_of_two_editors_in_different_sentences_are_put_together(visit: Visit) -> None:
    first, second = visit(OFFICE).open(editor("apart")), visit(PLANNER).open(editor("apart"))
    write(first, BASE.replace("Ⅲ类", "Ⅱ类"))
    save(first, status=200)
    write(second, BASE.replace("实时", "按日"))
    save(second, status=409)
    both = BASE.replace("Ⅲ类", "Ⅱ类").replace("实时", "按日")
    assert second.page.locator('[name="text_zh"]').input_value() == both
    assert second.violations() == []
    save(second, status=200)
    assert (draft("apart"), first.strayed + second.strayed) == (both, [])


def test_changes_of_the_same_sentence_are_shown_and_chosen_and_a_third_save_loses_nothing(
    visit: Visit,
) -> None:
    first, second = visit(OFFICE).open(editor("same")), visit(PLANNER).open(editor("same"))
    write(first, BASE.replace("Ⅲ类", "Ⅱ类"))
    save(first, status=200)
    write(second, BASE.replace("Ⅲ类", "Ⅳ类"))
    save(second, status=409)
    assert second.lines(".provision__text ins") == ["增加： Ⅱ", "增加： Ⅳ"]
    assert second.page.locator('[name="choose_text_zh"]').count() == 2
    # A third save comes between while the second one chooses.
    third = visit(OFFICE).open(editor("same"))
    write(third, BASE.replace("Ⅲ类", "Ⅱ类").replace("实时", "按日"))
    save(third, status=200)
    save(second, status=409)
    kept = BASE.replace("Ⅲ类", "Ⅳ类").replace("实时", "按日")
    assert second.page.locator('[name="text_zh"]').input_value() == kept
    save(second, status=200)
    assert (draft("same"), second.violations()) == (kept, [])


def test_what_was_typed_is_back_after_the_session_was_lost(visit: Visit) -> None:
    first = visit(PLANNER).open(editor("lost"))
    write(first, f"{BASE}还没有保存的句子。")
    first.page.locator(".typed", has_text="已暂存").or_(
        first.page.locator(".typed", has_text="Saved")
    ).wait_for()
    assert Autosave.objects.get().fields["text_zh"] == [f"{BASE}还没有保存的句子。"]
    Session.objects.all().delete()
    write(first, f"{BASE}会话已失效。")
    lost = first.page.locator(".typed").get_attribute("data-lost")
    first.page.locator(".typed", has_text=lost).wait_for()
    assert first.page.locator('[name="text_zh"]').input_value() == f"{BASE}会话已失效。"
    # Another browser of the same person: nothing is kept in it, the server brings the text back.
    second = visit(PLANNER).open(editor("lost"))
    assert second.page.locator("[data-restored]").count() == 1
    assert second.page.locator('[name="text_zh"]').input_value() == f"{BASE}还没有保存的句子。"
    assert (second.violations(), draft("lost")) == ([], BASE)
    # Nobody else sees it.
    assert "还没有保存" not in visit(OFFICE).open(editor("lost")).page.content()
    second.page.locator("[data-restored] button").click()
    second.page.wait_for_function(
        "text => document.querySelector('[name=text_zh]').value === text", arg=BASE
    )
    assert Autosave.objects.count() == 0


def test_articles_are_moved_by_keyboard_and_the_focus_stays(visit: Visit, plan: Plan) -> None:
    visitor = visit(PLANNER).open(HOME)
    before = numbers_of(plan)["step"]
    visitor.page.locator("#down-step").focus()
    for count in (1, 2):
        visitor.page.keyboard.press("Enter")
        words = f"{before + count - 1} → {before + count}"
        visitor.page.locator("#messages", has_text=words).wait_for()
        focused = visitor.page.evaluate("() => document.activeElement.id")
        assert (focused, numbers_of(plan)["step"]) == ("down-step", before + count)
    assert (visitor.violations(), visitor.strayed) == ([], [])


def test_an_article_is_dragged_to_another_place_and_chapter(visit: Visit, plan: Plan) -> None:
    visitor = visit(OFFICE).open(HOME)
    visitor.page.set_viewport_size({"width": 1280, "height": 3000})
    drag(visitor, '[data-grip="drag"]', "article#apart h3")
    visitor.page.wait_for_function("() => document.querySelector('article').id === 'drag'")
    assert next(iter(numbers_of(plan))) == "drag"
    drag(visitor, '[data-grip="drag"]', '[data-shelf="standards"] a')
    visitor.page.wait_for_function("() => !document.querySelector('article#drag')")
    assert (list(numbers_of(plan))[-1], visitor.strayed) == ("drag", [])
