"""In a real Chromium no payload runs, asks for anything or is held back by the policy.

Nothing may even be tried: a report of the policy is a hit like the canary itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Error, Page, Request

from tests.attacks.ground import attacked  # noqa: F401 - a fixture
from tests.attacks.laid_hostile import Site, hostile
from tests.attacks.payloads import ALL, BLOCKS
from tests.attacks.places import Place, places
from tests.attacks.skeleton import DRAWN
from tests.journeys.conftest import browser  # noqa: F401 - a fixture
from tests.saying import Say

pytestmark = pytest.mark.browser
# Set before any script of a page; the traps are the canary and the reports of the policy.
LISTEN = """
window.__hits = [];
let pwned = 0;
Object.defineProperty(window, '__pwned', {
  get: () => pwned, set: (value) => { pwned = value; window.__hits.push('canary'); },
});
document.addEventListener('securitypolicyviolation', (event) => {
  window.__hits.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
# What a person may do without leaving: open, point at, reach by keyboard. And what would act then.
# Pieces that the page fetches by itself are waited for, before and after.
TOUCH = """
async () => {
  const moment = (time) => new Promise((done) => setTimeout(done, time));
  const idle = async () => {
    while (document.querySelector('.htmx-request')) await moment(10);
  };
  await idle();
  const found = [];
  const kind = /^\\s*(javascript|vbscript|data|livescript|feed):/i;
  // The code for an authenticator, as a picture; in an <img> nothing of it runs.
  const isDrawn = (one, each) => one.tagName === 'IMG' && each.value.startsWith('DRAWN');
  for (const one of document.querySelectorAll('*')) {
    if (one.tagName === 'DETAILS') one.open = true;
    for (const each of one.attributes) {
      if (/^on/i.test(each.name)) found.push(`${one.tagName} ${each.name}`);
      if (/^(href|src|action|formaction|data|poster|xlink:href|srcdoc)$/i.test(each.name)
          && !isDrawn(one, each) && (kind.test(each.value.replace(/[\\u0000-\\u0020]/g, '')) || each.name === 'srcdoc'))
        found.push(`${one.tagName} ${each.name}=${each.value.slice(0, 60)}`);
      if (/^(data-)?hx-/i.test(each.name) && /canary|__pwned|js:/.test(each.value))
        found.push(`${one.tagName} ${each.name}=${each.value.slice(0, 60)}`);
    }
    // Told rather than moved: a focus that moves lays the page out anew, each time.
    for (const type of ['pointerover', 'mouseover', 'mouseenter', 'focus', 'focusin'])
      one.dispatchEvent(new Event(type, { bubbles: type !== 'mouseenter' && type !== 'focus' }));
  }
  await idle();
  await moment(0);
  return found;
}
""".replace("DRAWN", DRAWN)
EVERY_SAMPLE = 331
OF_A_MODEL = re.compile(r"/admin/(\w+/\w+)/(add/|[^/]+/(change|history|delete)/)?")


@pytest.fixture(scope="module")
def server(browser: Browser, attacked: Site) -> Iterator[str]:  # noqa: F811
    """The address of a server over the attacked rows."""
    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()
    connection.close()


class Watch:
    """A page of one role that notes what must not happen."""

    def __init__(self, browser: Browser, site: Site, server: str, role: str) -> None:  # noqa: F811
        self.server, self.hits, self.pages = server, [], 0
        self.context = browser.new_context(locale="zh-CN")
        self.context.set_default_timeout(60_000)
        self.context.add_init_script(LISTEN)
        self.context.on("request", self._asked)
        cookies = site.ground.clients[role].cookies
        self.context.add_cookies(
            [{"name": name, "value": one.value, "url": server} for name, one in cookies.items()]
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda one: self._heard(one.text))
        self.page.on("pageerror", lambda one: self.hits.append(f"{self.where}: {one}"))
        self.page.on(
            "dialog", lambda one: (self.hits.append(f"{self.where}: dialog"), one.dismiss())
        )
        self.where = ""

    def _asked(self, request: Request) -> None:
        """Another host, or the address of the canary outside a query."""
        parts = request.url.partition("?")[0]
        if "canary" in parts.lower() or not parts.startswith((self.server, "data:")):
            self.hits.append(f"{self.where}: asks for {parts}")

    def _heard(self, text: str) -> None:
        if "Content Security Policy" in text or "canary" in text:
            self.hits.append(f"{self.where}: {text[:200]}")

    def visit(self, path: str) -> None:
        self.where = path
        try:
            answer = self.page.goto(self.server + path)
        except Error as error:
            if "Download is starting" in str(error):
                return
            raise
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            return
        self.pages += 1
        touched = self.page.evaluate(TOUCH)
        noted = self.page.evaluate("() => window.__hits")
        self.hits += [f"{path}: {one}" for one in (*touched, *noted)]


def _prove(
    browser: Browser,  # noqa: F811
    site: Site,
    server: str,
    chosen: list[tuple[int, Place]],
    title: str,
    say: Say,
) -> None:
    """`chosen`: in which pass a page is visited; each pass shows other payloads."""
    hits: list[str] = []
    pages = 0
    watches: dict[str, Watch] = {}
    for turn in sorted({turn for turn, _place in chosen}):
        site.fill(hostile(turn))
        for place in [place for at, place in chosen if at == turn]:
            if place.role not in watches:
                watches[place.role] = Watch(browser, site, server, place.role)
            watches[place.role].visit(place.path)
    for watch in watches.values():
        hits += watch.hits
        pages += watch.pages
        watch.context.close()
    counts = {"payloads": len(ALL), "fields": len(site.columns), "pages": pages}
    say(title, {**counts, "roles": len(watches), "hits": len(hits)})
    assert hits == [], "\n".join(hits)
    assert pages > 0


def _pages(site: Site) -> list[Place]:
    """Addresses that answer with a page; what a browser downloads it does not show."""
    files = ("csv", "xlsx", "docx", "pdf", "json", "ics", "zip", "bundle/", "kind")
    known = [one for one in places(site.ground) if not one.path.startswith("/api/")]
    every = [one for one in known if not any(f in one.path for f in files)]
    return list({(one.path, one.role): one for one in every}.values())


def _by_turns(every: list[Place]) -> list[Place]:
    """All pages, each as one of its readers by turns; but of each model in the administration one:
    the list, the form to add, or one of the pages of a row.

    Two templates make those of all models; `test_scripts_in_pages` reads every single one.
    """
    kinds: dict[str, list[Place]] = defaultdict(list)
    for one in every:
        of_model = OF_A_MODEL.fullmatch(one.path)
        kinds[of_model[1] if of_model else one.path].append(one)
    return [pages[turn % len(pages)] for turn, pages in enumerate(kinds.values())]


def test_the_canary_is_heard(browser: Browser, attacked: Site, server: str) -> None:  # noqa: F811
    """The traps work: a page that runs a payload, tries one or asks for the canary is noticed."""
    watch = Watch(browser, attacked, server, "coordinator")
    watch.visit("/plans/")
    assert watch.hits == []
    watch.page.evaluate("() => { window.__pwned = 1 }")
    assert watch.page.evaluate("() => window.__hits") == ["canary"]
    add = "text => document.querySelector('main').insertAdjacentHTML('beforeend', text)"
    watch.page.evaluate(add, "<img src=/canary/i onerror=__pwned=1>")
    watch.page.wait_for_function("() => window.__hits.length > 1")
    assert any("script-src" in one for one in watch.page.evaluate("() => window.__hits"))
    assert [one for one in watch.hits if "canary" in one]
    assert watch.page.evaluate(TOUCH) == ["IMG onerror"]
    watch.context.close()


def test_nothing_runs_on_a_sample_of_pages(
    browser: Browser,  # noqa: F811
    attacked: Site,  # noqa: F811
    server: str,
    say: Say,
) -> None:
    few = [(0, place) for place in _pages(attacked)[::EVERY_SAMPLE]]
    _prove(browser, attacked, server, few, "script payloads in Chromium, sample", say)


@pytest.mark.prove(minutes=12)
def test_nothing_runs_on_any_page(
    browser: Browser,  # noqa: F811
    attacked: Site,  # noqa: F811
    server: str,
    say: Say,
) -> None:
    """Each page once, in ten passes of payloads by turns."""
    every = _by_turns(_pages(attacked))
    chosen = [(place % len(BLOCKS), one) for place, one in enumerate(every)]
    _prove(browser, attacked, server, chosen, "script payloads in Chromium, every page", say)
