"""One round from opening to agreement by the pages: a form in GBK, a split letter, a late answer,
advice, a group, a matter with its agreement, the adoption table, and the same numbers everywhere.

`make test` walks these pages in shorter ways: `test_contact_point` answers, `test_many_comments`
disposes, `test_path_by_actions` walks the phase.
"""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from consult.matters.models import Matter
from consult.phase2_preparation.models import Comment, Disposition, Round
from consult.phase2_preparation.tasks import close_due_rounds
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene, build
from tests.journeys.visitor import Visitor
from tests.world import JIASHAN, PASSWORD, QINGPU, WUJIANG, build_world

pytestmark = pytest.mark.browser
PLAN = "/plans/QWJ/"
ROUND = f"{PLAN}rounds/1/"
TABLE = f"{PLAN}dispositions/"
MATTER = f"{PLAN}matters/MT1/"
LETTER = "我局意见如下：\n一、宜写明年份。\n二、宜写明标准。"
Visit = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def scene(site: str) -> Scene:
    with transaction.atomic():
        made = build(build_world())
        made.revise(water="水质按Ⅲ类控制。")
        made.world.mandate(WUJIANG, Role.PLANNER)
    return made


@pytest.fixture
def visit(browser: Browser, site: str, scene: Scene) -> Visit:
    return lambda email: Visitor(browser, site).come_in(email, PASSWORD)


@pytest.fixture
def later_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Move the clock of the server and of the test some days on."""
    real, ahead = clock.now, [timedelta()]

    def now() -> datetime:
        return real() + ahead[0]

    def move(days: int) -> None:
        ahead[0] = timedelta(days=days)

    monkeypatch.setattr(clock, "now", now)
    return move


def press(visitor: Visitor, words: str) -> None:
    with visitor.page.expect_event("load"):
        visitor.page.get_by_role("button", name=words, exact=True).first.click()
    visitor._settle()
    assert visitor.status == 200, visitor.text("body")


def cleared(contact: Visitor) -> None:
    contact.open(f"{ROUND}ours/")
    for box in contact.page.locator('[id^="choose-"]').all():
        box.check()
    press(contact, "审核通过所选意见")


def letter_in_pieces(planner: Visitor, contact: Visitor) -> None:
    planner.open(f"{ROUND}comments/split/").fill({"text": LETTER})
    press(planner, "查看拆分结果")
    planner.fill({"form-0-is_taken": False, "form-1-is_taken": True, "form-2-is_taken": True})
    planner.fill({"form-1-item": "aim", "form-2-item": "water", "share": True})
    press(planner, "写入意见")
    cleared(contact)
    contact.open(f"{ROUND}reply/").fill({"letter_number": "吴政函〔2026〕1号"}).send()


def form_in_gbk(contact: Visitor) -> None:
    """The form as the page links it, filled in with an old program."""
    contact.open(f"{ROUND}form/")
    link = contact.page.locator('main a[href*="blank.csv"][href*="gb18030"]').get_attribute("href")
    assert link
    lines = list(csv.reader(io.StringIO(contact.download(link).decode("gb18030"))))
    first = 1 + next(number for number, line in enumerate(lines) if "条款" in line)
    lines[first][2], lines[first][4], lines[first][5] = "1", "一般", "表述宜更准确"
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    file = {"name": "意见.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("gbk")}
    contact.page.locator('main input[type="file"]').set_input_files(file)  # type: ignore[arg-type]
    contact.page.wait_for_function("() => document.querySelector('[name=file-kept]')?.value")
    press(contact, "读取征求意见表")
    contact.fill({"share": True})
    press(contact, "录入所选各行")
    assert contact.page.locator(f'main a[href="{ROUND}ours/"]').count() == 1


def late_answer(office: Visitor, contact: Visitor) -> None:
    contact.open(ROUND)
    assert contact.page.locator(f'main a[href^="{ROUND}reply/"]').count() == 0
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    office.open(f"{ROUND}admit-late/?for=unit:{JIASHAN}")
    office.fill({"closes_on": day, "reason": "来函在途"})
    press(office, "准予逾期答复")
    contact.open("/")
    assert "审核第1轮的1条意见" in contact.text()
    cleared(contact)
    contact.open(f"{ROUND}reply/").fill({"letter_number": "善政函〔2026〕2号"}).send()
    assert Comment.objects.filter(jurisdiction=JIASHAN).count() == 1
    assert "逾期" in contact.text()


def numbers(office: Visitor, waiting: int) -> None:
    """Tab, gate and publication page say the same."""
    office.open(TABLE)
    assert f"待我办理 ({waiting})" in office.text()
    office.open(f"{PLAN}gate/")
    assert office.text().count("尚未公布采纳情况。 办理") == waiting


def decided(office: Visitor, planner: Visitor) -> None:
    office.open(f"{PLAN}comments/3/advice/")
    office.page.locator('[name="whom"]').select_option(label=f"{WUJIANG} planner (规划人员)")
    office.fill({"question": "可行吗？"})
    press(office, "征询研究建议")
    planner.open("/")
    with planner.page.expect_event("load"):
        planner.page.get_by_role("link", name="请对意见C03提出研究建议").first.click()
    with planner.page.expect_event("load"):
        planner.page.get_by_role("link", name="提出研究建议", exact=True).click()
    planner.fill({"outcome": "noted", "reason_zh": "可行"})
    press(planner, "提出研究建议")
    office.open(TABLE)
    for number in (1, 2):
        office.page.check(f"#number-{number}")
    press(office, "合并所选意见")
    office.open(TABLE)
    press(office, "研究本列表全部3条意见")
    office.fill({"outcome": "noted", "reason_zh": "{unit}的意见已知悉"})
    press(office, "预览")
    press(office, "确定3条意见的研究结论")
    numbers(office, 3)
    office.open(f"{TABLE}publish/")
    with office.page.expect_event("load"):
        office.page.get_by_role("button", name="全部公布").click()
    numbers(office, 0)


def lifted(office: Visitor, contact: Visitor) -> None:
    contact.open(f"{PLAN}answers/")
    contact.page.locator('[name="disposition"]').first.check()
    contact.fill({"text": "年份必须写明"})
    press(contact, "不接受所选各项")
    office.open(f"{PLAN}answers/")
    with office.page.expect_event("load"):
        office.page.get_by_role("link", name="转为协调事项").first.click()
    office.fill({"codes": [QINGPU, WUJIANG]})
    press(office, "确定采纳情况")
    newest = [Disposition.objects.filter(comment__number=n).latest("pk").outcome for n in (1, 2)]
    assert newest == ["to_matter", "noted"]  # the other of its group stays as it is


def agreed(one: Visitor, other: Visitor) -> None:
    one.open(f"{MATTER}stand/").fill({"value": "partly", "text_zh": "写明2028年"}).send()
    other.open(f"{MATTER}options/new/").fill({"text_zh": "2028年"}).send()
    one.open(f"{MATTER}commitments/new/").fill({"holder": WUJIANG, "text_zh": "完成本段"}).send()
    one.open(f"{MATTER}commitments/1/give/").send()
    one.open(f"{MATTER}agreements/new/").fill({"text_zh": "写明2028年接通"}).send()
    for party in (one, other):
        party.open(f"{MATTER}agreements/1/answer/").fill({"confirms": "yes"}).send()
    assert Matter.objects.get().outcome == "agreed"


def tables(office: Visitor) -> None:
    for kind in ("docx", "xlsx", "pdf"):
        assert len(office.download(f"{PLAN}adoption-table/{kind}/")) > 2000
    text = office.download(f"{PLAN}adoption-table/csv/").decode("utf-8-sig")
    rows = [line for line in csv.reader(io.StringIO(text)) if line and line[0].startswith("C0")]
    assert len(rows) == Comment.objects.count() == 3


@pytest.mark.prove
def test_a_round_from_its_opening_to_an_agreement(
    visit: Visit, scene: Scene, later_on: Callable[[int], None]
) -> None:
    office = visit("coordinator@joint.example")
    planner = visit(f"planner@{WUJIANG}.example")
    wujiang, jiashan, qingpu = (
        visit(f"contact_point@{code}.example") for code in (WUJIANG, JIASHAN, QINGPU)
    )
    office.open(f"{PLAN}rounds/new/").fill({"codes": [WUJIANG, JIASHAN]})
    press(office, "开展征求意见")
    letter_in_pieces(planner, wujiang)
    form_in_gbk(jiashan)
    later_on(60)
    close_due_rounds(clock.now())
    assert Round.objects.get().closed_at
    late_answer(office, jiashan)
    numbers(office, 3)
    decided(office, planner)
    lifted(office, wujiang)
    agreed(wujiang, qingpu)
    tables(office)
    found = [one.strayed for one in (office, planner, wujiang, jiashan, qingpu)]
    assert found == [[]] * 5
