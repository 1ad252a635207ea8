"""axe finds nothing (WCAG 2.2 AA) on the pages of the path: two languages, three widths.

No script asks how wide the window is, so a page is opened once a language and looked at in all
widths. The short run opens one page of each layout, each in one of the six ways by turns.
"""

import pytest
import pytest_django
from django.urls import reverse
from playwright.sync_api import Browser

from consult.demonstration.actions import COPY, MAIN, PILOT
from consult.demonstration.queries import PASSWORD
from tests.consult.demonstration.kept import demonstration_database
from tests.journeys.visitor import Visitor
from tests.saying import Say

pytestmark = pytest.mark.browser
OFFICE, CONTACT, SIGNATORY = (
    "coordinator@joint.example",
    "contact@qingpu.example",
    "signatory@qingpu.example",
)
NOBODY = ""  # not signed in
LANGUAGES, WIDTHS = ("zh-hans", "en"), (320, 768, 1280)
WAYS = [(language, width) for width in WIDTHS for language in LANGUAGES]
# One page of each layout, for the small run: overview, text, differences, comments, matrix,
# position, request, chart, dashboard, tasks; and, of no plan, desk, search, calendar, second factor.
LAYOUTS = {
    (MAIN, "register:detail"),
    (MAIN, "text:home"),
    (MAIN, "text:differences"),
    (MAIN, "preparation:dispositions"),
    (MAIN, "identification:matrix"),
    (MAIN, "identification:position"),
    (MAIN, "approval:submit"),
    (COPY, "implementation:gantt"),
    (COPY, "dashboard:home"),
    (COPY, "tasks:breakdown"),
}
PLAIN_LAYOUTS = ("/", "/search/?q=太浦河", "/jurisdictions/calendar/2026/", "/accounts/2fa/")
# Who reads it, the page, and its arguments after the plan's key.
PAGES: list[tuple[str, str, str, tuple[object, ...]]] = [
    (OFFICE, MAIN, "register:detail", ()),
    (OFFICE, MAIN, "organization:home", ()),
    (OFFICE, MAIN, "organization:charter", (2,)),
    (OFFICE, MAIN, "organization:try", (2,)),
    (OFFICE, PILOT, "organization:propose", ()),
    (OFFICE, MAIN, "organization:base", ()),
    (OFFICE, MAIN, "text:home", ()),
    (OFFICE, MAIN, "text:notes", ("taipu-lowflow",)),
    (OFFICE, MAIN, "text:history", ("taipu-lowflow",)),
    (OFFICE, MAIN, "text:beside", ()),
    (OFFICE, MAIN, "text:claims", ()),
    (OFFICE, MAIN, "text:terms", ()),
    (OFFICE, MAIN, "text:export", ()),
    (OFFICE, MAIN, "text:differences_choose", ()),
    (OFFICE, MAIN, "text:differences_draft", (3,)),
    (OFFICE, MAIN, "text:credits", ("taipu-lowflow",)),
    (OFFICE, MAIN, "workflow:since", ()),
    (OFFICE, MAIN, "text:standards", ()),
    (OFFICE, MAIN, "register:revisions", ()),
    (OFFICE, MAIN, "register:revision", (4,)),
    (OFFICE, MAIN, "register:item", ("taipu-lowflow",)),
    (OFFICE, MAIN, "register:attachments", ()),
    (CONTACT, PILOT, "register:attachment_add", ()),
    (OFFICE, MAIN, "text:differences", (3, 4)),
    (OFFICE, MAIN, "text:amendments", ()),
    (OFFICE, MAIN, "preparation:marks", (4,)),
    (OFFICE, MAIN, "preparation:rounds", ()),
    (OFFICE, MAIN, "preparation:round", (1,)),
    (CONTACT, MAIN, "preparation:ours", (1,)),
    (CONTACT, MAIN, "preparation:sheets", (1,)),
    (OFFICE, MAIN, "preparation:dispositions", ()),
    (OFFICE, MAIN, "preparation:comment", (4,)),
    (OFFICE, PILOT, "preparation:batches", ()),
    (OFFICE, PILOT, "preparation:groups", ()),
    (OFFICE, MAIN, "preparation:blocks", ()),
    (OFFICE, PILOT, "preparation:publish", ()),
    (OFFICE, MAIN, "preparation:answers", ()),
    (CONTACT, MAIN, "preparation:answers", ()),
    (OFFICE, MAIN, "preparation:changes", ()),
    (OFFICE, MAIN, "preparation:adoption", ()),
    (OFFICE, MAIN, "preparation:display", (2,)),
    (OFFICE, MAIN, "preparation:checklist", ()),
    (OFFICE, MAIN, "preparation:neighbours", ()),
    (OFFICE, MAIN, "preparation:experts", ()),
    (OFFICE, PILOT, "preparation:new_collective", ()),
    (OFFICE, MAIN, "preparation:sheets", (1,)),
    (OFFICE, PILOT, "preparation:open", ()),
    (OFFICE, PILOT, "workflow:gate", ()),
    (OFFICE, PILOT, "preparation:changes", ()),
    (OFFICE, PILOT, "preparation:checklist", ()),
    (OFFICE, MAIN, "register:family", ()),
    (OFFICE, MAIN, "register:transmission", ()),
    (OFFICE, MAIN, "register:answer_listed", (6,)),
    (OFFICE, MAIN, "demands:list", ()),
    (OFFICE, MAIN, "demands:detail", ("320509", 3)),
    (OFFICE, MAIN, "demands:sort", ("320509", 3)),
    (OFFICE, MAIN, "matters:list", ()),
    (OFFICE, MAIN, "matters:detail", ("MT1",)),
    (CONTACT, MAIN, "matters:detail", ("MT2",)),
    (OFFICE, MAIN, "identification:overview", ()),
    (OFFICE, MAIN, "identification:matrix", ()),
    (OFFICE, MAIN, "identification:open", ()),
    (OFFICE, MAIN, "identification:reopenings", ()),
    (OFFICE, MAIN, "identification:overrides", ()),
    (OFFICE, MAIN, "identification:item", ("taipu-lowflow",)),
    (OFFICE, MAIN, "identification:cell", ("taipu-lowflow", "320509")),
    (OFFICE, MAIN, "identification:party", ("310118",)),
    (OFFICE, MAIN, "workflow:gate", ()),
    (SIGNATORY, MAIN, "identification:position", ()),
    (SIGNATORY, MAIN, "identification:renew", ()),
    (OFFICE, MAIN, "workflow:impact", ()),
    (SIGNATORY, MAIN, "identification:leader", ()),
    (SIGNATORY, MAIN, "identification:leader_paper", ()),
    (OFFICE, MAIN, "register:grants", ()),
    (OFFICE, MAIN, "spoken:list", ()),
    (OFFICE, COPY, "identification:statement", ()),
    (OFFICE, MAIN, "approval:overview", ()),
    (OFFICE, MAIN, "approval:submit", ()),
    (OFFICE, MAIN, "approval:dossier_arrange", ()),
    (OFFICE, MAIN, "approval:dossier_file", ("work-plan",)),
    (OFFICE, COPY, "identification:adoption", ()),
    (OFFICE, COPY, "approval:overview", ()),
    (CONTACT, COPY, "approval:overview", ()),
    (OFFICE, COPY, "approval:file", ()),
    (OFFICE, COPY, "approval:dossier", ()),
    (OFFICE, COPY, "approval:conditions", ()),
    (OFFICE, COPY, "archive:home", ()),
    (OFFICE, COPY, "register:heads", ()),
    (OFFICE, COPY, "projects:list", ()),
    (OFFICE, COPY, "projects:detail", ("PJ4",)),
    (OFFICE, COPY, "implementation:home", ()),
    (OFFICE, COPY, "implementation:indicator", ("indicator-i7",)),
    (CONTACT, COPY, "implementation:report_reading", ()),
    (OFFICE, COPY, "indicators:home", ()),
    (OFFICE, COPY, "dashboard:home", ()),
    (OFFICE, COPY, "implementation:indicators", ()),
    (CONTACT, COPY, "implementation:import_readings", ()),
    (OFFICE, COPY, "implementation:cases", ()),
    (OFFICE, COPY, "implementation:case", (1,)),
    (OFFICE, COPY, "implementation:gantt", ()),
    (OFFICE, COPY, "implementation:wall", ()),
    (OFFICE, COPY, "implementation:commitments", ()),
    (OFFICE, COPY, "implementation:project", ("PJ4",)),
    (CONTACT, COPY, "implementation:report_status", ("PJ1",)),
    (OFFICE, COPY, "projects:known", ()),
    (OFFICE, COPY, "projects:milestone_new", ("PJ4",)),
    (OFFICE, COPY, "tasks:list", ()),
    (OFFICE, COPY, "tasks:breakdown", ()),
    (OFFICE, COPY, "tasks:programmes", ()),
    (OFFICE, COPY, "tasks:notes", ()),
    (OFFICE, COPY, "balance:home", ()),
    (OFFICE, COPY, "balance:party", ("320509",)),
    (OFFICE, COPY, "balance:transfers", ()),
    (CONTACT, COPY, "balance:propose_transfer", ()),
    (CONTACT, COPY, "balance:propose_compensation", ()),
    (OFFICE, COPY, "health:home", ()),
    (OFFICE, COPY, "health:open", ()),
    (OFFICE, COPY, "meetings:list", ()),
    (OFFICE, COPY, "meetings:new", ()),
    (OFFICE, COPY, "workflow:changes", ()),
    (OFFICE, COPY, "workflow:change_open", ()),
    (OFFICE, COPY, "indicators:indicator", ("indicator-i4",)),
    (OFFICE, MAIN, "dashboard:home", ()),
    (OFFICE, MAIN, "implementation:gantt", ()),
    (OFFICE, MAIN, "tasks:list", ()),
    (OFFICE, MAIN, "balance:home", ()),
    (OFFICE, MAIN, "meetings:list", ()),
    (OFFICE, PILOT, "register:detail", ()),
    (CONTACT, PILOT, "text:home", ()),
    (CONTACT, PILOT, "text:differences_draft", (1,)),
    (CONTACT, PILOT, "text:standards", ()),
    (CONTACT, PILOT, "text:amendments", ()),
    (CONTACT, PILOT, "text:claims", ()),
    (CONTACT, PILOT, "text:notes", ("flood-pilot",)),
    (CONTACT, PILOT, "register:item", ("blue-green-2",)),
    (CONTACT, PILOT, "register:transmission", ()),
    (CONTACT, PILOT, "organization:base", ()),
    (OFFICE, PILOT, "workflow:publish", ()),
    (OFFICE, MAIN, "desk:late", ()),
    (OFFICE, MAIN, "desk:reminders", ()),
    (OFFICE, MAIN, "desk:dates", ()),
    (OFFICE, MAIN, "matters:open", ()),
]
PLAIN = [
    "/",
    "/plans/",
    "/notices/",
    "/search/",
    "/search/?q=太浦河",
    "/search/?q=a",
    "/search/?q=没有这个词",
    "/notices/settings/",
    "/matters/",
    "/matters/register/",
    "/matters/relations/",
    "/jurisdictions/",
    "/jurisdictions/310118/",
    "/jurisdictions/regions/",
    "/jurisdictions/regions/UECC2010/",
    "/jurisdictions/overlap/?unit=310000&first=SMA2022&second=CA2019",
    "/jurisdictions/timeline/",
    "/jurisdictions/calendar/2026/",
    "/people/account/",
    "/people/mandates/",
    "/people/mandates/1/",
    "/people/mandates/grant/",
    "/people/mandates/claim/",
    "/people/mandates/pending/",
    "/people/mandates/who-grants/",
    "/people/organizations/",
    "/people/organizations/enter/",
    "/people/chains/",
    "/people/chains/reply/define/",
    "/people/tokens/",
    "/files/",
    "/jobs/",
    "/help/rights/",
    "/help/approval/",
    "/accounts/sessions/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/password/change/",
    "/calendar/",
]
DOORS = ["/accounts/login/", "/accounts/password/reset/"]  # by who is not signed in


@pytest.fixture(scope="module")
def origin(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> str:
    """The demonstration as the process has it loaded."""
    with django_db_blocker.unblock():
        return demonstration_database(request.config)


@pytest.fixture(scope="module")
def readers(browser: Browser, site: str) -> dict[str, Visitor]:
    known = {
        email: Visitor(browser, site).come_in(email, PASSWORD)
        for email in (OFFICE, CONTACT, SIGNATORY)
    }
    return {**known, NOBODY: Visitor(browser, site)}


def addresses() -> list[tuple[str, str, bool]]:
    """Reader, path, and whether it is a page of the demonstration, which bears its banner."""
    plans = [(who, reverse(name, args=[key, *more]), True) for who, key, name, more in PAGES]
    plain = [(CONTACT, path, False) for path in PLAIN]
    return plans + plain + [(NOBODY, path, False) for path in DOORS]


def of_each_layout() -> list[tuple[str, str, bool]]:
    pages = [one for one in PAGES if one[1:3] in LAYOUTS]
    assert {one[1:3] for one in pages} == LAYOUTS
    plans = [(who, reverse(name, args=[key, *more]), True) for who, key, name, more in pages]
    return plans + [(CONTACT, path, False) for path in PLAIN_LAYOUTS]


def faults_of(
    visitor: Visitor, path: str, language: str, widths: tuple[int, ...], *, is_banner: bool
) -> list[str]:
    """What axe finds, a page wider than its window, a missing banner."""
    visitor.speak(language)
    visitor.open(path)
    faults = []
    for width in widths:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        found = list(visitor.violations())
        if visitor.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("wider than the window")
        if is_banner and visitor.page.locator(".demonstration").count() != 1:
            found.append("no banner of the demonstration")
        faults += [f"{path} ({language}, {width} px): {fault}" for fault in found]
    return faults


def test_axe_finds_nothing_on_a_page_of_each_layout(readers: dict[str, Visitor], say: Say) -> None:
    faults: list[str] = []
    opened = of_each_layout()
    for number, (who, path, is_banner) in enumerate(opened):
        language, width = WAYS[number % len(WAYS)]
        faults += faults_of(readers[who], path, language, (width,), is_banner=is_banner)
    say("axe, a page of each layout", {"pages": len(opened), "faults": len(faults)})
    assert faults == []
    assert [fault for visitor in readers.values() for fault in visitor.strayed] == []


@pytest.mark.prove(minutes=6)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(
    readers: dict[str, Visitor], language: str, say: Say
) -> None:
    faults: list[str] = []
    for who, path, is_banner in addresses():
        faults += faults_of(readers[who], path, language, WIDTHS, is_banner=is_banner)
    counts = {"pages": len(addresses()), "widths": len(WIDTHS), "faults": len(faults)}
    say(f"axe, {language}", counts)
    assert faults == []
    assert [fault for visitor in readers.values() for fault in visitor.strayed] == []


def test_axe_would_find_a_fault(readers: dict[str, Visitor]) -> None:
    visitor = readers[CONTACT].open("/")
    fault = "document.querySelector('main').append(document.createElement('img'))"
    visitor.page.evaluate(fault)
    assert [line.split(":")[0] for line in visitor.violations()] == ["image-alt"]
