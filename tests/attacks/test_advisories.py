"""Advisories against comparable systems, replayed: each named by its number.

Those about accounts are replayed in `tests/stakeholders/people/test_advisories.py`, that about orders
in `test_orders_asked`; `REPLAYED` names the test of each, and a test reads that it is there.
"""

import importlib
import re
from html.parser import HTMLParser
from itertools import product
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.forms import BaseForm
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from consult.matters.enums import Level
from consult.meetings.enums import MeetingKind
from consult.meetings.models import Meeting
from plans.templatetags.prose import prose
from stakeholders.files.models import StoredFile
from stakeholders.people.actions import make_token
from stakeholders.people.models import Organization, User
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import enter
from tests.architecture.test_rights_over_http import filled, route_of, walk
from tests.consult.phase2_preparation.stage import Scene, build
from tests.saying import Say
from tests.world import QINGPU, World, in_days, person

PEOPLE = "tests.stakeholders.people.test_advisories"
HERE = __name__
ORDERS = "tests.attacks.test_orders_asked"
# advisory -> (module, test) that replays it
REPLAYED = {
    "CVE-2026-23891": (PEOPLE, "TestMarkupInNames"),
    "CVE-2023-48220": (PEOPLE, "TestInvitationPassedByPasswordReset"),
    "Zulip before 1.7.1": (PEOPLE, "TestInvitationBeyondItsBounds"),
    "CVE-2017-0896": (PEOPLE, "TestInvitationBeyondItsBounds"),
    "CVE-2022-31168": (PEOPLE, "TestOwnTokenRaised"),
    "CVE-2024-41673": (HERE, "test_an_address_of_differences_is_no_markup"),
    "GHSA-529p-jj47-w3m3": (HERE, "test_an_uploaded_drawing_is_never_run"),
    "CVE-2026-40870": (HERE, "test_comments_are_read_by_who_sees_the_plan_only"),
    "CVE-2026-45376": (ORDERS, "test_no_order_asked_for_becomes_sql"),
    "CVE-2023-36465": (HERE, "test_every_module_of_the_administration_asks_who_comes"),
    "CVE-2023-34089": (HERE, "test_a_filter_is_no_markup"),
    "CVE-2023-32693": (HERE, "test_a_link_to_elsewhere_is_no_script"),
    "CVE-2026-4277": (HERE, "test_no_inline_adds_what_the_page_may_not"),
    "CVE-2026-15920": (HERE, "test_an_address_in_a_row_is_no_script"),
}
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    "</title><svg/onload=alert(1)>",
    "{{7*7}}{% debug %}",
)
SCRIPTS = re.compile(r"^\s*(javascript|data|vbscript|file):", re.I)


class Reader(HTMLParser):
    """What a browser would run of a page: scripts written into it, handlers, addresses of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # Data for the page's own modules has a type that no browser runs.
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.found.append("script")
        for name, value in attrs:
            if name.startswith("on") or (name == "src" and value == "x"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and SCRIPTS.match(value or ""):
                self.found.append(f"{tag} {name}={value}")


def live(text: str) -> list[str]:
    """What a browser would run of this text."""
    reader = Reader()
    reader.feed(text)
    return reader.found


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def scene(world: World) -> Scene:
    return build(world)


@pytest.fixture
def office(scene: Scene) -> Client:
    return enter(User.objects.get(email="coordinator@joint.example"))


@pytest.fixture
def keeper(world: World) -> Client:
    """The administrator who may do everything an administrator may."""
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    return enter(User.objects.get(pk=world.administrator.pk))


def test_every_advisory_has_its_replay() -> None:
    """Each number stands at the test that replays it, in its words or its class's."""
    silent = []
    for number, (module, name) in REPLAYED.items():
        test = getattr(importlib.import_module(module), name, None)
        if test is None or number not in (test.__doc__ or ""):
            silent.append((number, module, name))
    assert (silent, len(REPLAYED)) == ([], 14)


def test_the_reader_finds_what_runs() -> None:
    """What every replay below relies on."""
    assert live('<a href="javascript:x">') == ["a href=javascript:x"]
    assert live("<script>alert(1)</script>") == ["script"]
    assert live('<img src="x" onerror="y">') == ["img src", "img onerror"]
    assert live('<a href="/x">y</a><script src="/a.js"></script>') == []


def test_an_address_of_differences_is_no_markup(office: Client, scene: Scene, say: Say) -> None:
    """CVE-2024-41673 (Decidim): the page of versions wrote parts of its address into itself."""
    scene.revise(aim="另一条文")
    asked, wrong = 0, []
    pages = (
        "/plans/QWJ/text/differences/",
        "/plans/QWJ/text/differences/1/2/",
        "/plans/QWJ/text/items/aim/differences/",
        "/plans/QWJ/revisions/",
        "/plans/QWJ/items/aim/",
    )
    for page in pages:
        for text in MARKUP:
            for query in ("before={0}&after={0}&from={0}&to={0}", "all={0}&page={0}&{0}={0}"):
                answer = office.get(f"{page}?{query.format(quote(text))}")
                asked += 1
                found = live(answer.content.decode())
                if answer.status_code >= 500 or found:
                    wrong.append((page, query, text, answer.status_code, found))
    say("CVE-2024-41673", {"requests": asked, "live": len(wrong)})
    assert (wrong, asked) == ([], 60)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("drawing.pdf", SVG),
        ("page.html", HTML),
        ("page.csv", HTML),
        ("data.geojson", HTML),
    ],
)
def test_an_uploaded_drawing_is_never_run(office: Client, name: str, content: bytes) -> None:
    """GHSA-529p-jj47-w3m3 (Decidim): an uploaded SVG ran in the administrators' pages.

    It is refused, or it is answered as a download without a type that runs, in a sandbox."""
    before = set(StoredFile.objects.values_list("pk", flat=True))
    office.post("/files/", {"file": SimpleUploadedFile(name, content, "image/svg+xml")})
    for stored in StoredFile.objects.exclude(pk__in=before):
        answer = office.get(reverse("files:one", args=[stored.pk]))
        assert b"".join(answer) == content
        assert answer["Content-Type"].partition(";")[0] not in (
            "image/svg+xml",
            "text/html",
            "application/xhtml+xml",
            "text/xml",
            "application/xml",
        )
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
    if name.endswith((".svg", ".png", ".pdf", ".html")):
        assert set(StoredFile.objects.values_list("pk", flat=True)) == before


SAID = re.compile(r"^/api/v1/plans/<key>/.*(comments|rounds|dispositions|answers|items|matters)")


def test_comments_are_read_by_who_sees_the_plan_only(scene: Scene, say: Say) -> None:
    """CVE-2026-40870 (Decidim): the API read the comments of every object without asking."""
    scene.comment(outcome="noted")
    world = scene.world
    readers = {
        name: _program(world, code, role)
        for name, (code, role) in {
            "ours": (QINGPU, Role.CONTACT_POINT),
            "stranger": ("320500", Role.CONTACT_POINT),
        }.items()
    }
    routes = sorted(
        (route_of(parts), filled(parts, {"key": "QWJ", "item": "aim", "number": 1}))
        for parts in walk(get_resolver())
        if SAID.search(route_of(parts))
    )
    wrong, read = [], 0
    for route, path in routes:
        codes = {name: reader.get(path).status_code for name, reader in readers.items()}
        codes["anonymous"] = Client().get(path).status_code
        read += codes["ours"] == 200
        if codes["stranger"] not in (404, 405) or codes["anonymous"] not in (401, 405):
            wrong.append((route, codes))
    say("CVE-2026-40870", {"operations": len(routes), "read by a party": read, "open": len(wrong)})
    assert (wrong, len(routes) > 30, read > 5) == ([], True, True)


def _program(world: World, code: str, role: Role) -> Client:
    mandate = world.mandate(code, role)
    actor = world.actor(code, role)
    _row, token = make_token(actor=actor, user=mandate.user, name="test", days=1)
    return Client(headers={"authorization": f"Token {token}"})


# The pages that every table of the administration has; what a table adds is asked over HTTP.
ROW = re.compile(r"<object_id>/((history|delete|change)/)?$")
USUAL = re.compile(r"^/admin/\w+/\w+/(add/|<object_id>/((history|delete|change)/)?)?$")
# What every member of staff has: the front page, its own password, leaving, words for scripts.
FREE = ("/admin/password_change/", "/admin/jsi18n/", "/admin/logout/", "/admin/login/")


def test_every_module_of_the_administration_asks_who_comes(world: World, say: Say) -> None:
    """CVE-2023-36465 (Decidim): the module of templates forgot to ask for a permission.

    Staff without any permission is shown no table and may change none; every page that a table
    adds to the usual ones is shut to it, and sends to the door who is no staff."""
    staff = person("helper@site.example", "helper")
    User.objects.filter(pk=staff.pk).update(is_staff=True)
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=staff.pk)
    tables = admin.site._registry
    shown = [
        model._meta.label
        for model, page in tables.items()
        if any(page.get_model_perms(request).values())
    ]
    clients = {"staff": enter(staff), "person": enter(world.user(QINGPU, Role.CONTACT_POINT))}
    routes = [
        (route_of(parts), filled(parts, {"object_id": 1}))
        for parts in walk(get_resolver())
        if route_of(parts).startswith("/admin/") and not route_of(parts).startswith(FREE)
    ]
    added = [
        (route, path)
        for route, path in routes
        if not USUAL.match(route) and not route.startswith("/admin/<") and route != "/admin/"
    ]
    # Of a row that is not there the history sends back to the front page, which opens nothing: the
    # pages of rows are asked of one that is.
    lists = [
        (route, path) for route, path in routes if USUAL.match(route) and not ROW.search(route)
    ][::20]
    own = f"/admin/stakeholders/user/{staff.pk}"
    lists += [(f"{own}/{page}/", f"{own}/{page}/") for page in ("change", "history", "delete")]
    wrong = []
    for (route, path), (name, client), method in product(
        added + lists, clients.items(), ("get", "post")
    ):
        code = getattr(client, method)(path).status_code
        allowed = (403, 404, 405) if name == "staff" else (302, 404)
        if code not in allowed and not route.endswith("<object_id>/"):
            wrong.append((route, name, method, code))
    asked = {"tables": len(tables), "pages of their own": len(added), "open": len(wrong)}
    say("CVE-2023-36465", asked)
    assert (shown, wrong, len(added) > 0, len(lists) > 10) == ([], [], True, True)


SAYS = (200, 400, 422)  # the list, or the list with what is wrong about the order or the filter
FILTERED = (
    "/plans/QWJ/dispositions/",
    "/plans/QWJ/adoption-table/",
    "/plans/QWJ/matrix/",
    "/plans/QWJ/demands/",
    "/plans/QWJ/revisions/",
    "/plans/QWJ/meetings/",
    "/plans/QWJ/projects/",
    "/matters/register/",
    "/jurisdictions/",
    "/jurisdictions/overlap/",
    "/people/mandates/",
    "/people/organizations/",
    "/notices/",
    "/plans/",
    "/",
)
NAMES = (
    "q", "search", "kind", "status", "state", "code", "unit", "level", "theme", "item", "outcome",
    "round", "role", "year", "page", "sort", "order", "next", "open", "first", "second", "plan",
)  # fmt: skip


def test_a_filter_is_no_markup(office: Client, scene: Scene, say: Say) -> None:
    """CVE-2023-34089 (Decidim): what a filter was asked for stood unescaped in the page."""
    scene.comment()
    wrong, asked, echoed = [], 0, 0
    for number, path in enumerate(FILTERED):
        for text in (MARKUP[number % len(MARKUP)], MARKUP[1]):
            answer = office.get(path, dict.fromkeys(NAMES, text))
            page = answer.content.decode()
            asked += 1
            echoed += text in page or text.replace("<", "&lt;").replace(">", "&gt;") in page
            if answer.status_code not in SAYS or live(page):
                wrong.append((path, text, answer.status_code, live(page)))
    say("CVE-2023-34089", {"requests": asked, "live": len(wrong)})
    assert (wrong, echoed > 0) == ([], True)


LINKS = (
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x][1]\n\n[1]: javascript:alert(1)",
    "https://a.example/<script>alert(1)</script>",
)


@pytest.mark.parametrize("text", LINKS)
def test_a_link_to_elsewhere_is_no_script(text: str) -> None:
    """CVE-2023-32693 (Decidim): a link to another site ran script in the page that warned of it.

    Links of a text lead to the web or are no links, and no page of ours takes an address to lead
    on to (`TestOpenRedirect` of the accounts)."""
    assert live(str(prose(text))) == []


def test_no_inline_adds_what_the_page_may_not(world: World, keeper: Client, say: Say) -> None:
    """CVE-2026-4277 (Django): a forged POST added rows by a generic inline without the permission.

    No page has inlines, so none has a generic one; and who may only read and change a row posts the
    forms of every table that hangs on it beside: no row is added to any of them."""
    inlines = {model._meta.label: page.inlines for model, page in admin.site._registry.items()}
    assert {label: found for label, found in inlines.items() if found} == {}
    Organization.objects.create(key="GHJ", name_zh="规划局", kind="planning_authority")
    targets = (world.user(QINGPU, Role.PLANNER), Organization.objects.get(key="GHJ"))
    pages = [(row, _page_of(row)) for row in targets]
    before, changed, forged = _counts(), 0, 0
    for row, path in pages:
        data = _standing(keeper.get(path).context["adminform"].form)
        more = [part for one in row._meta.related_objects for part in _forged(one, row.pk).items()]
        forged += len(more)
        changed += keeper.post(path, {**data, **dict(more)}).status_code == 302
    added = {name for name, count in _counts().items() if before[name] != count}
    say("CVE-2026-4277", {"forged fields": forged, "pages": changed, "tables grown": len(added)})
    # What the change of the row itself leaves behind.
    kept = {"admin.LogEntry", "stakeholders.RecordEntry", "stakeholders.RecordHead"}
    assert (added - kept, changed, forged > 300) == (set(), 2, True)


def _page_of(row: models.Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _standing(form: BaseForm) -> dict[str, object]:
    """What a browser sends of a form that nobody touched."""
    sent: dict[str, object] = {}
    for one in form:
        value = one.value()
        if value not in (None, "", False):
            sent[one.html_name] = "on" if value is True else value
    return sent


def _forged(relation: models.ForeignObjectRel, pk: object) -> dict[str, object]:
    """One new row of the table behind `relation` as the form of an inline would send it."""
    model = relation.related_model
    names = {relation.get_accessor_name() or "", model._meta.model_name}
    names |= {f"{model._meta.app_label}-{model._meta.model_name}-content_type-object_id"}
    data: dict[str, object] = {}
    for name in sorted(names - {"", "+"}):
        data |= {f"{name}-TOTAL_FORMS": 1, f"{name}-INITIAL_FORMS": 0}
        data |= {f"{name}-0-{field.name}": 1 for field in model._meta.concrete_fields}
        data |= {f"{name}-0-{relation.field.name}": pk}
    return data


def _counts() -> dict[str, int]:
    """Table -> how many rows it has."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label != "sessions.Session"
    }


def test_an_address_in_a_row_is_no_script(world: World, keeper: Client, say: Say) -> None:
    """CVE-2026-15920 (Django): an address that a bulk import wrote past its check became a link
    that runs, on the page of administrators; here on ours too."""
    plan = world.plan()
    reader = enter(world.user(QINGPU, Role.CONTACT_POINT))
    meeting = Meeting.objects.create(
        plan=plan,
        number=1,
        kind=MeetingKind.JOINT,
        level=Level.WORKING,
        title_zh="联席会议",
        starts_at=in_days(5),
        ends_at=in_days(6),
        created_at=clock.now(),
    )
    wrong, seen = [], 0
    for link in (
        "javascript:alert(1)",
        "JaVaScript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
    ):
        Meeting.objects.filter(pk=meeting.pk).update(link=link)
        for client, path in (
            (keeper, _page_of(meeting)),
            (keeper, reverse("admin:consult_meeting_changelist")),
            (reader, "/plans/QWJ/meetings/1/"),
        ):
            answer = client.get(path)
            seen += answer.status_code == 200
            if found := live(answer.content.decode()):
                wrong.append((path, link, found))
    say("CVE-2026-15920", {"pages": seen, "live": len(wrong)})
    assert (wrong, seen) == ([], 12)
    Meeting.objects.filter(pk=meeting.pk).update(link="https://video.example/1")
    assert 'href="https://video.example/1"' in reader.get("/plans/QWJ/meetings/1/").content.decode()


def test_every_address_kept_in_a_row_is_known() -> None:
    """A new column of addresses needs its page in the test above."""
    kept = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ("stakeholders", "plans", "consult")
        for field in model._meta.get_fields()
        if isinstance(field, models.URLField)
    }
    assert kept == {"consult.Meeting.link"}
