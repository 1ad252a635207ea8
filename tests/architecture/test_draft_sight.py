"""What is not published yet is seen by its makers only: every GET route, asked by all others.

Each unpublished text of one plan carries a mark. Who is consulted or looks on never meets it, by
page, piece, download or operation; and an unpublished item or chapter answers like one that is not
there, so that its key cannot be guessed at.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pytest
import pytest_django
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver

from consult.demands.actions import add_demand
from consult.demands.steps import Entry
from plans.register.actions import admit_body
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_attachment, add_party
from plans.text.actions import (
    add_chapter,
    add_note,
    add_provision,
    add_standard,
    add_term,
    keep_typed_edit,
    propose_amendment,
    split_provision,
    start_import,
)
from plans.text.collisions import Texts
from plans.text.models import InternalNote, TextImport
from plans.text.norms import Norm, Source
from plans.text.queries import base_hash_of
from plans.text.wording import Wording
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.people.models import Organization
from stakeholders.terms.actor import Role
from tests.architecture.drawing import refused_in_words
from tests.architecture.rights_world import enter
from tests.architecture.test_rights_over_http import PLAIN, bare, filled, route_of, walk
from tests.consult.phase2_preparation.stage import build
from tests.saying import Say
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, build_world

KEY, OTHER = "kept", "beside"
SHANGHAI = "310000"
MARK = re.compile(rb"SECRET\w+|secret-\w+")
OUTSIDE = ("neighbour", "neighbour_planner", "expert", "supervisor", "observer")

INSIDE = {
    # what a party keeps to itself
    "coordinator": {b"SECRETnote", b"SECRETtyped", b"SECRETdemand", b"SECRETwish"},
    "party": {b"SECRETnote", b"SECRETtyped", b"SECRETdemand", b"SECRETwish", b"SECRETfile"},
}


class _Undo(Exception):
    """Leaves the block without keeping anything."""


@dataclass
class House:
    clients: dict[str, Client]
    values: dict[str, object]


def _drafted(world: World, plan: Plan) -> None:
    """Every kind of unpublished text, each with the mark."""
    office, planner = world.coordinator(plan), world.actor(QINGPU, Role.PLANNER)
    add_chapter(
        actor=office,
        plan=plan,
        key="secret-chapter",
        title_zh="SECRETchapter",
        drafting=[QINGPU],
    )
    for key in ("secret-item", "secret-parent"):
        add_provision(
            actor=office,
            plan=plan,
            chapter="secret-chapter",
            key=key,
            wording=Wording(
                title_zh="SECRETtitle",
                text_zh="SECRETtext",
                lead=QINGPU,
                function="rule",
                given_source="SECRETsource",
                evidence="SECRETevidence",
                is_given=True,
            ),
        )
    add_note(actor=planner, plan=plan, key="secret-item", text="SECRETnote")
    keep_typed_edit(
        actor=planner, plan=plan, key="secret-item", edits=1, fields={"text_zh": ["SECRETtyped"]}
    )
    item = plan.items.get(key="secret-item")
    propose_amendment(
        actor=planner,
        plan=plan,
        item="secret-item",
        base=base_hash_of(item),
        texts=Texts(title_zh="SECRETamended", text_zh="SECRETwording"),
        reason="SECRETreason",
    )
    split_provision(
        actor=office, plan=plan, key="secret-parent", edits=1, titles=["SECRETa", "SECRETb"]
    )
    add_term(actor=office, plan=plan, term_zh="SECRETterm", definition_zh="SECRETmeaning")
    add_standard(
        actor=office,
        plan=plan,
        key="secret-standard",
        norm=Norm(title_zh="SECRETnorm", unit="m", sources=(Source(key=QINGPU, value="4711"),)),
    )
    upload = SimpleUploadedFile(
        "SECRETfile.md", "第一章 SECRET\n\n第一条 【SECRET】应当。".encode()
    )
    stored = upload_file(actor=office, upload=upload, kinds=[Kind.MARKDOWN])
    start_import(actor=office, plan=plan, file=stored)
    for title, purpose, one in (
        ("SECRETfigures", "base_figures", None),
        ("SECRETmaterial", "attachment", None),
        ("SECRETannex", "attachment", item),
    ):
        add_attachment(
            plan=plan,
            item=one,
            purpose=purpose,
            title_zh=title,
            title_en="",
            file=stored,
            classification="open" if one else "internal",
            actor=planner,
        )
    entry = Entry(title_zh="SECRETdemand", text_zh="SECRETwish", kind="local", theme="water")
    add_demand(actor=world.actor(QINGPU, Role.CONTACT_POINT), plan=plan, entry=entry)


def _family(world: World, plan: Plan) -> None:
    """A lower and an upper plan that nobody outside sees."""
    for key in ("secret-upper", "secret-lower"):
        made = world.plan(key)
        Plan.objects.filter(pk=made.pk).update(title_zh="SECRETplan", short_zh="SECRETshort")
    Plan.objects.filter(pk=plan.pk).update(parent=Plan.objects.get(key="secret-upper"))
    Plan.objects.filter(key="secret-lower").update(parent=plan)


def _lay(world: World) -> House:
    scene = build(world, KEY)
    plan, office = scene.plan, scene.office
    scene.open()
    scene.revise(aim="published")
    scene.items["aim"].draft.refresh_from_db()
    _drafted(world, plan)
    _family(world, plan)
    add_party(plan=plan, code=SHANGHAI, role=PartyRole.OBSERVER, must_sign=False)
    body = Organization.objects.create(key="EX", name_zh="专家组", kind="expert_committee")
    for role in (Role.EXPERT, Role.SUPERVISOR):
        admit_body(actor=office, plan=plan, organization=body, role=role)
    users = {
        "neighbour": world.user(KUNSHAN, Role.CONTACT_POINT),
        "neighbour_planner": world.user(KUNSHAN, Role.PLANNER),
        "observer": world.user(SHANGHAI, Role.OBSERVER),
        "expert": _of_body(world, body, Role.EXPERT),
        "supervisor": _of_body(world, body, Role.SUPERVISOR),
        "coordinator": world.mandate(QINGPU, Role.COORDINATOR, plan_key=KEY).user,
        "planner": world.user(QINGPU, Role.PLANNER),
        "party": world.user(WUJIANG, Role.PLANNER),
        "stranger": world.user("320500", Role.CONTACT_POINT),
    }
    cache.clear()
    values = {
        "key": KEY,
        "item": "secret-item",
        "chapter": "secret-chapter",
        "code": QINGPU,
        "number": 1,
        "before": 1,
        "after": 2,
        "note": InternalNote.objects.latest("pk").pk,
        "term": 1,
        "pk": TextImport.objects.get().pk,
        "digits": "0" * 12,
        "matter": "MT1",
        "project": "PJ1",
        "kind": "docx",
    }
    return House(clients={name: enter(user) for name, user in users.items()}, values=values)


def _of_body(world: World, body: Organization, role: Role):
    mandate = world.mandate(JIASHAN, role)
    mandate.jurisdiction, mandate.organization = None, body
    mandate.save()
    return mandate.user


@pytest.fixture(scope="module")
def house(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    media = tmp_path_factory.mktemp("media")
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES=storages, MEDIA_ROOT=media, FILES_ROOT=media),
    ):
        try:
            with transaction.atomic():
                yield _lay(build_world())
                raise _Undo
        except _Undo:
            return


def _body(response: HttpResponse) -> bytes:
    """What the answer says, packed files unpacked."""
    content = b"".join(response) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def _routes() -> Iterator[tuple[tuple, str]]:
    for parts in walk(get_resolver()):
        route = route_of(parts)
        if not route.startswith("/admin/") and "logout" not in route and route != "/readyz":
            yield parts, route


QUERY = "?q=SECRET&state=open&show=all&item=secret-item&chapter=secret-chapter"


def _filters(route: str) -> Iterator[str]:
    """What may be asked of a page besides itself."""
    if route.endswith("/"):
        yield QUERY
    if "document" in route:
        yield "?format=md"


def _leaks(house: House, role: str, route: str, path: str, query: str) -> tuple[int, list[object]]:
    """The code of the answer, and the marks met in it."""
    response = house.clients[role].get(path + query)
    said = _body(response)
    for given in (*path.strip("/").split("/"), "SECRET&", "secret-item", "secret-chapter"):
        said = said.replace(given.encode(), b"") if MARK.search(given.encode()) else said
    found, code = set(MARK.findall(said)), response.status_code
    return code, [(route, query, code, sorted(found)[:4])] if found or code >= 500 else []


@pytest.fixture(scope="module")
def met(house: House) -> dict[str, dict[str, set[bytes]]]:
    """role of a maker -> route below a plan, and the desk -> the marks met there."""
    found: dict[str, dict[str, set[bytes]]] = {}
    for role in INSIDE:
        client, met = house.clients[role], found.setdefault(role, {})
        for parts, route in _routes():
            if "plans/<key>/" in route or route == "/":
                met[route] = set(MARK.findall(_body(client.get(filled(parts, house.values)))))
    return found


def test_the_marks_are_met_by_the_makers(met: dict[str, dict[str, set[bytes]]]) -> None:
    """Else the next test would prove nothing."""
    assert set().union(*met["coordinator"].values()) >= {
        b"SECRETchapter", b"SECRETtitle", b"SECRETtext", b"SECRETamended", b"SECRETreason",
        b"SECRETterm", b"SECRETnorm", b"SECRETfile", b"SECRETfigures", b"SECRETannex",
        b"SECRETmaterial", b"SECRETevidence",
    }  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_meets_what_is_not_published(house: House, role: str) -> None:
    """Sample: every route by two of the roles; a filter, where there is a page, by one of them."""
    leaks: list[object] = []
    turn, count = OUTSIDE.index(role), len(OUTSIDE)
    with refused_in_words():
        for number, (parts, route) in enumerate(_routes()):
            if number % count not in (turn, (turn + 1) % count):
                continue
            path = filled(parts, house.values)
            code, found = _leaks(house, role, route, path, "")
            leaks += found
            if code == 200 and number % count == turn:
                for query in _filters(route):
                    leaks += _leaks(house, role, route, path, query)[1]
    assert leaks == []


@pytest.mark.prove
@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_meets_it_by_a_filter(house: House, role: str, say: Say) -> None:
    """Every filter of every route by every role, refusals drawn too."""
    leaks, count = [], 0
    for parts, route in _routes():
        path = filled(parts, house.values)
        for query in ("", *_filters(route)):
            leaks += _leaks(house, role, route, path, query)[1]
            count += 1
    say(f"unpublished texts, {role}", {"requests": count, "leaks": len(leaks)})
    assert leaks == []


MARKS = (
    "SECRETtitle", "SECRETtext", "SECRETamended", "SECRETwording", "SECRETreason", "SECRETnote",
    "SECRETtyped", "SECRETnorm", "SECRETterm", "SECRETmeaning", "SECRETdemand", "SECRETwish",
    "SECRETplan", "SECRETshort", "SECRETa", "SECRETsource", "SECRETevidence", "SECRETfigures",
)  # fmt: skip


def _counted(house: House, role: str, marks: Sequence[str] = MARKS) -> dict[str, int]:
    """How many hits a search for each mark counts; what is highlighted is cut, so counts tell."""
    found = {}
    for mark in marks:
        for more in ({}, {"state": "former"}, {"plan": KEY}):
            answer = house.clients[role].get("/api/v1/search/", {"q": mark, **more})
            assert answer.status_code == 200
            found[mark] = found.get(mark, 0) + answer.json()["count"]
        page = house.clients[role].get("/search/", {"q": mark})
        found[mark] += page.context["page_obj"].paginator.count
    return found


def test_a_search_finds_unpublished_texts_for_makers(house: House) -> None:
    """Else the next test would prove nothing."""
    found = {mark for mark, count in _counted(house, "party").items() if count}
    assert found == {"SECRETtitle", "SECRETtext", "SECRETnorm", "SECRETa"}


@pytest.mark.parametrize("role", OUTSIDE)
def test_a_search_finds_nothing_unpublished_for_others(house: House, role: str) -> None:
    """Sample: each mark by one of the roles."""
    marks = MARKS[OUTSIDE.index(role) :: len(OUTSIDE)]
    assert {mark: count for mark, count in _counted(house, role, marks).items() if count} == {}


@pytest.mark.prove
@pytest.mark.parametrize("role", OUTSIDE)
def test_no_search_finds_anything_unpublished(house: House, role: str, say: Say) -> None:
    found = _counted(house, role)
    say(f"unpublished texts searched, {role}", {"marks": len(found), "hits": sum(found.values())})
    assert not any(found.values()), found


@pytest.mark.parametrize("role", INSIDE)
def test_other_makers_do_not_meet_what_a_party_keeps_to_itself(
    met: dict[str, dict[str, set[bytes]]], role: str
) -> None:
    leaks = []
    for route, marks in met[role].items():
        found = INSIDE[role] & marks
        if found and not (
            found == {b"SECRETfile"} and re.search("attachments|/items/|/base/|/archive/", route)
        ):
            leaks.append((route, found))
    assert leaks == []


def _told_apart(house: House, role: str, asks: Iterable[tuple[tuple, str, str]]) -> list[object]:
    """What tells the unpublished thing from one that is not there: another code or body."""
    told: list[object] = []
    client = house.clients[role]
    client.get("/plans/")  # it says once that signing in went well
    for parts, route, name in asks:
        missing = {
            "note": 2**31 - 7, "term": 2**31 - 7, "pk": "12345678-1234-5678-1234-567812345678"
        }.get(name, "gone-thing")  # fmt: skip
        there = filled(parts, house.values)
        gone = filled(parts, {**house.values, name: missing})
        for ask in ("get", "post", "put"):
            with transaction.atomic():
                one, other = (getattr(client, ask)(path) for path in (there, gone))
            one_body = bare(one).replace(there, gone)
            if (one.status_code, one_body) != (other.status_code, bare(other)):
                told.append((ask, route, one.status_code, other.status_code))
    return told


def _named() -> list[tuple[tuple, str, str]]:
    """(route, its text, the part that names something unpublished)."""
    return [
        (parts, route, name)
        for parts, route in _routes()
        for name in ("item", "chapter", "note", "term", "pk")
        if f"<{name}>" in route and "plans/<key>/" in route
        # else the number of something else
        if name != "pk" or "/import" in route
    ]


@pytest.mark.parametrize("role", OUTSIDE)
def test_an_unpublished_item_answers_like_one_that_is_not_there(house: House, role: str) -> None:
    """By GET and by POST, to its pages and operations: the same code and the same body. Sample:
    each address by one of the roles."""
    assert _told_apart(house, role, _named()[OUTSIDE.index(role) :: len(OUTSIDE)]) == []


@pytest.mark.prove
@pytest.mark.parametrize("role", OUTSIDE)
def test_no_unpublished_item_is_told_from_none(house: House, role: str, say: Say) -> None:
    told = _told_apart(house, role, _named())
    say(f"unpublished items, {role}", {"addresses": len(_named()), "deviations": len(told)})
    assert told == []
