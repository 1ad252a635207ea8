"""A coordinator disposes of many comments: filter, group, decide at once with preview and undo,
by keys, publish; a commenter does not accept one, which becomes a matter."""

from playwright.sync_api import Browser, expect

from consult.matters.models import Matter
from consult.phase2_preparation.models import (
    Comment,
    CommenterAnswer,
    Disposition,
    DispositionBatch,
    GroupMember,
)
from tests.consult.phase2_preparation.stage import build
from tests.consult.phase2_preparation.test_batches import many
from tests.journeys.visitor import Visitor
from tests.world import PASSWORD, QINGPU, WUJIANG, build_world

TABLE = "/plans/QWJ/dispositions/"
OFFICE = "coordinator@joint.example"
CONTACT = f"contact_point@{WUJIANG}.example"


def press(visitor: Visitor, words: str) -> None:
    """Press a button by its words and wait for the page that follows."""
    with visitor.page.expect_event("load"):
        visitor.page.get_by_role("button", name=words).first.click()


def outcomes() -> dict[int, str]:
    rows = Disposition.objects.order_by("pk").values_list("comment__number", "outcome")
    return dict(rows)


def grouped_by_hand(office: Visitor) -> None:
    office.open(f"{TABLE}groups/")
    office.fill({"numbers": "C01, C02, C03"})
    with office.page.expect_event("load"):
        office.page.get_by_role("button", name="合并为一组").last.click()
    assert GroupMember.objects.count() == 3
    office.open("/plans/QWJ/comments/1/")
    office.fill({"outcome": "not_adopted", "reason_zh": "{unit}的意见已研究", "whole_group": True})
    press(office, "确定采纳情况")
    assert outcomes() == dict.fromkeys((1, 2, 3), "not_adopted")


def decided_at_once(office: Visitor, count: int, some: int) -> None:
    """All that the filter leaves, looked at before, taken back, done again."""
    office.open(f"{TABLE}?text=意见&outcome=none")
    press(office, f"研究本列表全部{count - 3}条意见")
    office.fill({"outcome": "noted", "reason_zh": "{unit}关于{article}的意见已知悉"})
    press(office, "预览")
    assert f"将研究{count - 3}条意见" in office.text()
    assert office.violations() == []
    assert len(outcomes()) == 3
    press(office, f"确定{count - 3}条意见的研究结论")
    assert len(outcomes()) == count
    press(office, "撤销")
    assert len(outcomes()) == 3
    office.open(TABLE)
    for number in range(11, 11 + some):
        office.page.check(f"#number-{number}")
    press(office, "研究所选意见")
    office.fill({"outcome": "noted"})
    press(office, "预览")
    press(office, f"确定{some}条意见的研究结论")
    assert len(outcomes()) == 3 + some
    assert DispositionBatch.objects.filter(kind="bulk").count() == 2


def decided_by_keys(office: Visitor) -> None:
    """Down to C04 and C05: adopted by 1; partly by 2 with its reason; b ticks, no mouse."""
    office.open(TABLE)
    page = office.page
    for _row in range(4):
        page.keyboard.press("j")
    page.keyboard.press("b")
    expect(page.locator("#number-4")).to_be_checked()
    page.keyboard.press("1")
    page.keyboard.press("j")  # a quick hand does not wait for the row to be replaced
    expect(page.locator("tr", has=page.locator("#number-4"))).to_contain_text("未公布")
    page.keyboard.press("2")
    reason = page.locator('tr form [name="reason_zh"]')
    expect(reason).to_be_visible()
    reason.fill("部分内容已写入")
    page.get_by_role("button", name="部分采纳").last.click()
    expect(page.locator("tr", has=page.locator("#number-5"))).to_contain_text("部分内容已写入")
    assert {n: o for n, o in outcomes().items() if n in (4, 5)} == {4: "adopted", 5: "partly"}
    assert office.violations() == []


def published(office: Visitor, decided: int) -> None:
    office.open(f"{TABLE}publish/")
    assert f"{decided}项采纳情况待公布" in office.text("caption")
    assert "2条意见已采纳，但最新文稿尚未修改" in office.text()
    assert office.violations() == []
    office.fill({"note": "本批意见采纳情况说明"})
    press(office, "全部公布")
    assert Disposition.objects.filter(publication__isnull=False).count() == decided


def answered(contact: Visitor, decided: int) -> None:
    contact.open("/plans/QWJ/answers/")
    assert contact.violations() == []
    assert "本批意见采纳情况说明" in contact.text()
    contact.page.locator('[name="disposition"]').first.check()
    contact.fill({"text": "仍不同意"})
    press(contact, "不接受所选各项")
    for box in contact.page.locator('form > .table-region [name="disposition"]').all():
        box.check()
    press(contact, "接受所选各项")
    answers = CommenterAnswer.objects
    assert (answers.filter(accepts=False).count(), answers.count()) == (1, decided)


def lifted(office: Visitor) -> None:
    office.open("/plans/QWJ/answers/")
    assert "仍不同意" in office.text()
    with office.page.expect_event("load"):
        office.page.get_by_role("link", name="转为协调事项").first.click()
    assert "仍不同意" in office.page.locator('[name="stand_zh"]').input_value()
    office.fill({"codes": [QINGPU, WUJIANG]})
    press(office, "确定采纳情况")
    matter = Matter.objects.get(plan__key="QWJ")
    assert outcomes()[1] == "to_matter"
    assert "仍不同意" in matter.facts_zh


def dispose(browser: Browser, site: str, *, count: int, some: int) -> None:
    """`count` comments, of which the first three make a group, `some` are ticked and two typed."""
    many(build(build_world()), count)
    office, contact = (Visitor(browser, site).come_in(one, PASSWORD) for one in (OFFICE, CONTACT))
    grouped_by_hand(office)
    decided_at_once(office, count, some)
    decided_by_keys(office)
    published(office, 3 + some + 2)
    answered(contact, 3 + some + 2)
    lifted(office)
    assert Comment.objects.count() == count
    assert office.strayed == []
    assert contact.strayed == []
