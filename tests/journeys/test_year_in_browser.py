"""A reading crosses its threshold, by the pages and in Chinese: reported, answered, seen by the
neighbour, struck off; a figure of the border is read again; a leader follows a number to its list."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage

from consult.health.models import HealthCheck
from stakeholders.record.queries import check_chains
from tests.journeys.visitor import Visitor
from tests.journeys.year import Year, lay
from tests.world import JIASHAN, PASSWORD, QINGPU, WUJIANG, build_world

pytestmark = pytest.mark.browser
OFFICE, LEADER = "coordinator@joint.example", f"signatory@{QINGPU}.example"
PLANNER, CONTACT = f"planner@{WUJIANG}.example", f"contact_point@{WUJIANG}.example"
NEIGHBOUR = f"contact_point@{JIASHAN}.example"
PERSON = re.compile(r"joint office director|\d{6} [a-z_]+")  # how people are called here
Visit = Callable[[str], "Reader"]


class Reader(Visitor):
    """A visitor of whom every page is looked at on a phone, too."""

    def __init__(self, browser: Browser, site: str) -> None:
        super().__init__(browser, site)
        self.errors: list[str] = []
        self.page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{self.page.url}: {message.text}")

    def open(self, path: str, *, status: int = 200) -> "Reader":
        super().open(path, status=status)
        self.narrow()
        return self

    def narrow(self) -> None:
        """The page as it stands goes into 320 px."""
        self.page.set_viewport_size({"width": 320, "height": 640})
        if not self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            self.errors.append(f"{self.page.url} is wider than 320 px")
        self.page.set_viewport_size({"width": 1280, "height": 720})


@pytest.fixture
def visit(browser: Browser, site: str) -> Visit:
    with transaction.atomic():
        lay(Year(build_world()))
    known: dict[str, Reader] = {}

    def as_(email: str) -> Reader:
        if email not in known:
            known[email] = Reader(browser, site)
            known[email].come_in(email, PASSWORD)
        return known[email]

    as_.known = known  # type: ignore[attr-defined]
    return as_


def at(name: str, *arguments: object) -> str:
    return reverse(name, args=["QWJ", *arguments])


def day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}"


def month(back: int) -> str:
    """A month that ended, so many before this one."""
    one = timezone.localdate().replace(day=1)
    for _ in range(back):
        one = (one - timedelta(days=1)).replace(day=1)
    return f"{one:%Y-%m}"


@pytest.mark.prove
def test_a_year_by_its_pages(visit: Visit) -> None:
    cross(visit)
    settle(visit)
    read_again(visit)
    follow(visit)
    known: dict[str, Reader] = visit.known  # type: ignore[attr-defined]
    assert sorted(known) == sorted([CONTACT, LEADER, NEIGHBOUR, OFFICE, PLANNER])
    assert [one.strayed + one.errors for one in known.values()] == [[]] * len(known)
    assert [check.chain for check in check_chains() if check.fault] == []


def report(visit: Visit, period: str, value: str) -> None:
    visit(PLANNER).open(at("implementation:report_reading")).fill(
        {
            "item": "antimony",
            "jurisdiction": WUJIANG,
            "period": period,
            "value": value,
            "evidence": "联合监测〔2026〕3号",
        }
    ).send()
    visit(PLANNER).narrow()


def cross(visit: Visit) -> None:
    report(visit, month(2), "4.3")
    assert "突破预警值" in visit(PLANNER).open(at("implementation:indicator", "antimony")).text()
    assert "答复处置单CS1" in visit(CONTACT).open("/").text()
    visit(CONTACT).open(at("implementation:case_answer", 1)).fill(
        {"cause_zh": "连续12日低流量", "measure_zh": "减排10%", "done_on": day(40)}
    ).send()
    visit(CONTACT).narrow()


def settle(visit: Visit) -> None:
    case = at("implementation:case", 1)
    assert "连续12日低流量" in visit(NEIGHBOUR).open(case).text()
    visit(NEIGHBOUR).open(at("implementation:case_view", 1)).fill({"accepts": "1"}).send()
    report(visit, month(1), "3.8")
    visit(OFFICE).open(at("implementation:case_close", 1)).fill({"outcome": "measure"}).send()
    shown = visit(OFFICE).open(case).text()
    assert "销号" in shown
    assert re.findall("[a-z]{4,}", PERSON.sub("", shown)) == []


def read_again(visit: Visit) -> None:
    """Who reads the figure again does not see the owner's before; then both see that they differ."""
    visit(OFFICE).open(at("health:open_kind", "yearly")).fill(
        {"year": f"{timezone.localdate().year}", "due_on": day(20)}
    ).send()
    check = HealthCheck.objects.get()
    visit(OFFICE).open(at("health:add_border", check.pk)).fill(
        {
            "title_zh": "太浦河生态廊道宽度",
            "unit_zh": "米",
            "owner": WUJIANG,
            "reader": JIASHAN,
            "tolerance": "0.5",
        }
    ).send()
    figure, page = at("health:state_figure", check.pk, 1), at("health:check", check.pk)
    visit(PLANNER).open(figure).fill({"value": "50.25", "source": "吴江测量"}).send()
    assert "50.25" not in visit(NEIGHBOUR).open(page).text()
    visit(NEIGHBOUR).open(figure).fill({"value": "51.5", "source": "嘉善测量"}).send()
    for email in (PLANNER, NEIGHBOUR):
        shown = visit(email).open(page).text()
        assert "50.25" in shown
        assert "不一致" in shown


def follow(visit: Visit) -> None:
    """The measure went on as a task: the dashboard counts it and leads to it."""
    leader = visit(LEADER).open(at("dashboard:home"))
    link = leader.page.locator("section[aria-labelledby=glance-tasks] tbody tr:nth-child(2) a")
    assert link.inner_text() == "1"
    leader.open(str(link.get_attribute("href")))
    assert leader.page.locator("main table tbody tr").count() == 1
    assert "减排10%" in leader.text()
