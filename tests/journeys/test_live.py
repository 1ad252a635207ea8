"""What stays fresh by itself: the inbox count and who is late, without a reload."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Request, Response

from consult.demands.actions import ask_demands, hand_in_demands
from consult.desk.actions import nudge
from consult.desk.queries import overseen_duties
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.journeys.visitor import Visitor
from tests.world import JIASHAN, PASSWORD, WUJIANG, World, build_world, in_days

pytestmark = pytest.mark.browser
COUNT = "/notices/count/"
HIDE = """(isHidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(scope="module")
def world(site: str) -> World:
    return build_world()


@pytest.fixture(scope="module")
def plan(world: World) -> Plan:
    plan = world.plan()
    ask_demands(actor=world.coordinator(plan), plan=plan, due_at=in_days(9))
    return plan


class Watcher:
    """A coordinator before the table, whose browser's clock we turn."""

    def __init__(self, browser: Browser, site: str, plan: Plan) -> None:
        self.visitor = Visitor(browser, site)
        self.rows = f"/plans/{plan.key}/late/rows/"
        self.page = self.visitor.page
        self.seen: list[tuple[str, int]] = []
        self.open: list[Request] = []
        self.page.on("response", self._note)
        self.page.on("request", self._begin)
        self.page.on("requestfinished", self._end)
        self.page.on("requestfailed", self._end)
        self.visitor.come_in("coordinator@joint.example", PASSWORD)
        self.page.clock.install()
        self.visitor.open(f"/plans/{plan.key}/late/")
        self.seen.clear()

    def _note(self, response: Response) -> None:
        if response.request.redirected_from is not None:
            self._end(response.request)  # the page stops at its head and never reads it to its end
        path = urlsplit(response.url).path
        if path in (COUNT, self.rows):
            self.seen.append((path, response.status))

    def _begin(self, request: Request) -> None:
        self.open.append(request)

    def _end(self, request: Request) -> None:
        if request in self.open:
            self.open.remove(request)

    def after(self, seconds: int, *, until: Callable[[], bool] = lambda: True) -> list[int]:
        """Turn the clock; the answers that came for [count, rows], once `until` holds and nothing
        is under way: what is still asked when the clock turns again would be asked less often."""
        self.seen.clear()
        self.page.clock.run_for(seconds * 1000)
        for _turn in range(500):
            self.page.evaluate("() => fetch(location.href)")  # real time for what is under way
            if until() and not any(self._is_asked(one) for one in self.open):
                break
        return self.answers()

    def _is_asked(self, request: Request) -> bool:
        """Also where an answer sent it on: the page has not heard before the last answer came."""
        while request.redirected_from is not None:
            request = request.redirected_from
        return urlsplit(request.url).path in (COUNT, self.rows)

    def answers(self) -> list[int]:
        return [status for _path, status in sorted(self.seen)]

    def hide(self, is_hidden: bool) -> None:
        self.page.evaluate(HIDE, is_hidden)

    def open_of(self, code: str) -> str:
        cells = self.visitor.lines(f"#row-{code} td[data-label]")
        return cells[-2] if cells else ""


@pytest.fixture
def watcher(browser: Browser, site: str, plan: Plan) -> Watcher:
    made = Watcher(browser, site, plan)
    made.visitor.speak("en")
    made.visitor.open(f"/plans/{plan.key}/late/")
    return made


def both(watcher: Watcher) -> Callable[[], bool]:
    return lambda: len(watcher.seen) >= 2


def test_table_and_count_change_without_a_reload(
    watcher: Watcher, world: World, plan: Plan
) -> None:
    page = watcher.page
    page.evaluate("() => { window.kept = 'same page' }")
    page.locator(f"#lines-{JIASHAN} > summary").click()
    page.locator("#nudge summary").click()
    page.locator("#nudge textarea").fill("half a sen")
    page.locator("select[name=group]").select_option("matters")
    assert watcher.after(31, until=both(watcher)) == [304, 304]
    assert watcher.open_of(WUJIANG) == "1"
    hand_in_demands(actor=world.actor(WUJIANG, Role.CONTACT_POINT), plan=plan, is_nil=True)
    notify(
        people=[world.coordinator(plan).person], kind="duty.reminder", title="x", url="/", key="a"
    )
    assert watcher.after(61, until=both(watcher)) == [200, 200]
    page.wait_for_function(f"() => !document.querySelector('#lines-{JIASHAN}').hidden")
    assert (watcher.open_of(WUJIANG), watcher.open_of(JIASHAN)) == ("0", "1")
    assert watcher.visitor.text("#inbox-count").endswith("unread notices")
    kept = page.evaluate(
        f"""() => [window.kept, document.querySelector('#lines-{JIASHAN}').open,
            document.querySelector('#nudge textarea').value,
            document.querySelector('select[name=group]').value]"""
    )
    assert kept == ["same page", True, "half a sen", "matters"]
    assert watcher.visitor.strayed == []


def test_asks_ever_less_often_and_not_at_all_while_hidden(watcher: Watcher) -> None:
    asked = [len(watcher.after(30)) // 2 for _half_minute in range(20)]
    assert 3 <= sum(asked) <= 5  # at 30 s, then after 60, 120, 240 and 300 s more
    watcher.hide(True)
    assert watcher.after(3600) == []
    watcher.hide(False)
    assert watcher.after(1, until=both(watcher)) == [304, 304]


def test_what_is_reminded_shows_on_a_colleagues_page(
    watcher: Watcher, world: World, plan: Plan
) -> None:
    office = world.coordinator(plan)
    owed = overseen_duties(plan=plan, actor=office, now=clock.now())
    (duty,) = [one.key for one in owed if one.holder_code == JIASHAN]
    nudge(actor=office, plan=plan, duty=duty)
    watcher.after(31, until=both(watcher))
    watcher.page.wait_for_function(
        f"() => document.querySelector('#lines-{JIASHAN}').textContent.includes('Reminded today')"
    )


def test_a_lost_session_is_asked_once_and_the_page_stays(watcher: Watcher) -> None:
    watcher.page.evaluate("() => { window.kept = 'same page' }")
    Session.objects.all().delete()
    assert watcher.after(31, until=both(watcher)) == [302, 302]
    assert watcher.after(3600) == []
    assert watcher.page.evaluate("() => window.kept") == "same page"
    assert watcher.visitor.text("h1") == "Who owes what"
