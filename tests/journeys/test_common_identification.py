"""Common identification by the pages: a charter with a double majority, a sign-off recalled and
opened anew, a request to reopen refused, one button of a leader with its receipt, objections, and a
condition reported and confirmed.

`make test` walks the signing and the objections: `test_declared_in_browser`.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils.timezone import localdate
from playwright.sync_api import Browser

from consult.ballots.enums import Outcome
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import confirmed_conditions
from stakeholders.terms import clock
from tests.consult.phase3_identification.story import Story, tell
from tests.journeys.visitor import Visitor
from tests.world import JIASHAN, PASSWORD, QINGPU, WUJIANG, build_world

pytestmark = pytest.mark.browser
PLAN = "/plans/QWJ/"
CHARTER = f"{PLAN}organization/charters/3/"
SIGN_OFF = f"{PLAN}sign-off/"
PEOPLE = {QINGPU: "90", WUJIANG: "80", JIASHAN: "130"}  # Jiashan alone keeps 65 % from the rest
WORDING = "按三级启动联合响应。"
OFFICE = "coordinator@joint.example"
Visit = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def story(site: str) -> Story:
    with transaction.atomic():
        return tell(build_world(), items=5, parties=(WUJIANG, JIASHAN))


@pytest.fixture
def visit(browser: Browser, site: str, story: Story) -> Visit:
    known: dict[str, Visitor] = {}

    def as_(email: str) -> Visitor:
        if email not in known:
            known[email] = Visitor(browser, site).come_in(email, PASSWORD)
        return known[email]

    return as_


def press(visitor: Visitor, words: str, *, stays: bool = False) -> None:
    """Press a button; `stays`: it changes a part of the page."""
    button = visitor.page.locator("main").get_by_role("button", name=words, exact=True).first
    if stays:
        button.click()
        visitor.page.wait_for_timeout(200)
        visitor._settle()
        return
    with visitor.page.expect_event("load"):
        button.click()
    visitor._settle()
    visitor._prove()
    assert visitor.status == 200, visitor.text("body")


def follow(visitor: Visitor, words: str) -> None:
    with visitor.page.expect_event("load"):
        visitor.page.locator("main").get_by_role("link", name=words, exact=True).first.click()
    visitor._settle()
    assert visitor.status == 200, visitor.text("body")


def leader(visit: Visit, code: str) -> Visitor:
    return visit(f"signatory@{code}.example")


def contact(visit: Visit, code: str) -> Visitor:
    return visit(f"contact_point@{code}.example")


def adopt(visit: Visit) -> None:
    """A double majority for guiding provisions, tried on a case, adopted by all."""
    office = visit(OFFICE).open(f"{PLAN}organization/charters/new/")
    office.fill({"rule_guiding-preset": "double_majority"})
    press(office, "采用此规则 引导性条款", stays=True)
    office.page.wait_for_selector(f'[name="weight-0-{QINGPU}"]')
    office.fill({f"weight-0-{code}": number for code, number in PEOPLE.items()})
    office.fill({"try-item_class": "guiding"})
    press(office, "如嘉善县不同意，其余同意？", stays=True)
    office.page.wait_for_selector("#trial-result table")
    assert "不通过" in office.text("#trial-result")
    office.fill({"override": "guiding", "two_person": ["sign_off.close", "sign_off.override"]})
    press(office, "提出该工作章程")
    office.open(f"{CHARTER}open-ballot/").fill({"closes_on": _day(5)}).send()
    for code in PEOPLE:
        leader(visit, code).open(f"{CHARTER}position/").fill({"value": "agree"}).send()
    office.open(f"{CHARTER}close/").send()


def _day(days: int) -> str:
    return (localdate(clock.now()) + timedelta(days=days)).isoformat()


def opened(visit: Visit) -> None:
    """Opened, recalled while nobody had spoken, opened anew; a party asks to reopen and is told why
    not."""
    office = visit(OFFICE)
    for _again in range(2):
        office.open(f"{SIGN_OFF}open/").fill({"closes_on": _day(20), "closes_hour": "10:30"})
        assert office.page.locator('main a.btn-link:text("取消")').get_attribute("href") == SIGN_OFF
        office.send()
        if not _again:
            office.open(f"{SIGN_OFF}recall/").fill({"reason": "截止时刻有误"}).send()
    assert "10:30" in office.text()
    asking = contact(visit, JIASHAN).open(f"{SIGN_OFF}reopening/ask/")
    asking.fill({"items": ["article-2"], "reason": "须补充测算"}).send()
    follow(office.open(f"{SIGN_OFF}reopening/"), "不同意并说明理由")
    office.fill({"reason": "已有测算"}).send()
    assert [row.end.outcome for row in SignOff.objects.filter(end__isnull=False)] == [
        Outcome.RECALLED
    ]


def signed_with_one_button(visit: Visit, folder: Path) -> None:
    staff = contact(visit, QINGPU).open(f"{SIGN_OFF}mine/draft/")
    staff.fill({"value": "agree", "advice": "建议同意。"})
    press(staff, "保存拟稿")
    assert staff.page.locator("[data-restored]").count() == 0
    press(staff, "呈报签署")
    signatory = leader(visit, QINGPU).open(SIGN_OFF)
    follow(signatory, "提交本地认定意见")
    press(signatory, "同意拟办意见并签署")
    link = signatory.page.locator("#receipt a[data-download]").get_attribute("href")
    file = folder / "receipt.json"
    file.write_bytes(signatory.download(str(link)))
    call_command("receipt", str(file))


def objected(visit: Visit) -> None:
    """Jiashan objects to two articles."""
    objector = leader(visit, JIASHAN).open(f"{SIGN_OFF}position/").fill({"value": "agree"})
    objector.fill({"as": "object", "pick": ["article-1", "article-3"]})
    press(objector, "增加所选条款", stays=True)
    objector.page.wait_for_selector('[name="exceptions-1-text"]')
    for number in (0, 1):
        objector.fill({f"exceptions-{number}-text": "缺乏依据"})
        objector.fill({f"exceptions-{number}-wording": WORDING})
    declared(objector)


def agreed_in_principle(visit: Visit) -> None:
    """Wujiang agrees to one article in principle."""
    friend = leader(visit, WUJIANG).open(f"{SIGN_OFF}position/").fill({"value": "agree"})
    friend.fill({"as": "agree_in_principle", "pick": ["article-2"]})
    press(friend, "增加所选条款", stays=True)
    friend.page.wait_for_selector('[name="exceptions-0-condition-0-text"]')
    friend.fill({"exceptions-0-condition-0-text": "协议签署"})
    friend.fill({"exceptions-0-condition-0-by": QINGPU})
    declared(friend)


def declared(signatory: Visitor) -> None:
    press(signatory, "核对拟提交的认定意见")
    press(signatory, "提交认定意见")


def condition_met(visit: Visit) -> None:
    asked = contact(visit, QINGPU).open("/")
    assert "报告原则同意所附条件已满足" in asked.text(".desk__one")
    follow(asked, "前往办理")
    asked.fill({"text": "协议已签署"}).send("/report/")
    leader(visit, WUJIANG).open(asked.page.url.removeprefix(asked.site)).fill(
        {"is_met": "yes"}
    ).send("/confirm/")


@pytest.mark.prove
def test_from_a_charter_to_positions(visit: Visit, story: Story, tmp_path: Path) -> None:
    adopt(visit)
    opened(visit)
    signed_with_one_button(visit, tmp_path)
    objected(visit)
    agreed_in_principle(visit)
    condition_met(visit)
    office = visit(OFFICE).open(f"{PLAN}reservations/")
    assert office.page.locator('main a[href*="/objections/"]').count() == 2
    assert confirmed_conditions(story.sign_off) == {("article-2", WUJIANG)}
