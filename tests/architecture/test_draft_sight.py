"""What is not published yet is seen by its makers only: every GET route, asked by all others.

Each unpublished text of one plan carries a mark. Who is consulted or looks on never meets it, by
page, piece, download or operation; and an unpublished item or chapter answers like one that is not
there, so that its key cannot be guessed at.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from tests.architecture.draft_house import KEY, House, body_of, house
from tests.architecture.drawing import refused_in_words
from tests.architecture.methods import is_read
from tests.architecture.test_rights_over_http import bare, filled, route_of, walk
from tests.saying import Say
from tests.turns import turn_of

__all__ = ["house"]

MARK = re.compile(rb"SECRET\w+|secret-\w+")
OUTSIDE = ("neighbour", "neighbour_planner", "expert", "supervisor", "observer")

INSIDE = {
    # what a party keeps to itself
    "coordinator": {b"SECRETnote", b"SECRETtyped", b"SECRETdemand", b"SECRETwish"},
    "party": {b"SECRETnote", b"SECRETtyped", b"SECRETdemand", b"SECRETwish", b"SECRETfile"},
}


def _routes() -> Iterator[tuple[tuple, str]]:
    for parts in walk(get_resolver()):
        route = route_of(parts)
        if not route.startswith("/admin/") and "logout" not in route and route != "/readyz":
            yield parts, route


def _read() -> Iterator[tuple[tuple, str]]:
    return (one for one in _routes() if is_read(one[0][-1]))


QUERY = "?q=SECRET&state=open&show=all&item=secret-item&chapter=secret-chapter"
NAMED = re.compile(r"[\w.-]*secret-[\w.-]*")  # a key as it stands in an address


def _filters(route: str) -> Iterator[str]:
    """What may be asked of a page besides itself."""
    if route.endswith("/"):
        yield QUERY
    if "document" in route:
        yield "?format=md"


def _leaks(house: House, role: str, route: str, path: str, query: str) -> list[object]:
    """The marks met in the answer, or that it fails. What was sent may come back; a key that was
    not is a mark like any other."""
    response = house.clients[role].get(path + query)
    said = body_of(response)
    for given in NAMED.findall(path + query):
        said = said.replace(given.encode(), b"")
    found, code = set(MARK.findall(said)), response.status_code
    return [(route, query, code, sorted(found)[:4])] if found or code >= 500 else []


def _met(
    house: House, chosen: Callable[[str], Collection[str]]
) -> dict[str, dict[str, set[bytes]]]:
    """role of a maker -> route below a plan, and the desk -> the marks met there."""
    found: dict[str, dict[str, set[bytes]]] = {role: {} for role in INSIDE}
    for parts, route in _read():
        if "plans/<key>/" not in route and route != "/":
            continue
        for role in chosen(route):
            with refused_in_words():
                answer = house.clients[role].get(filled(parts, house.values))
            found[role][route] = set(MARK.findall(body_of(answer)))
    return found


@pytest.fixture(scope="module")
def met(house: House) -> dict[str, dict[str, set[bytes]]]:
    """Sample: two routes in three, each by one of the makers."""
    return _met(house, lambda route: turn_of(route, [*((role,) for role in INSIDE), ()]))


def test_the_marks_are_met_by_the_makers(met: dict[str, dict[str, set[bytes]]]) -> None:
    """Else the next test would prove nothing."""
    assert set().union(*(marks for found in met.values() for marks in found.values())) >= {
        b"SECRETchapter", b"SECRETtitle", b"SECRETtext", b"SECRETamended", b"SECRETreason",
        b"SECRETterm", b"SECRETnorm", b"SECRETfile", b"SECRETfigures", b"SECRETannex",
        b"SECRETmaterial", b"SECRETevidence",
    }  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_meets_what_is_not_published(house: House, role: str) -> None:
    """Sample: every route by one of the roles, as it is or with a filter."""
    leaks: list[object] = []
    with refused_in_words():
        for parts, route in _read():
            if turn_of(route, OUTSIDE) != role:
                continue
            query = turn_of(f"{route} asked", ("", *_filters(route)))
            leaks += _leaks(house, role, route, filled(parts, house.values), query)
    assert leaks == []


@pytest.mark.prove
@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_meets_it_by_a_filter(house: House, role: str, say: Say) -> None:
    """Every route by every role, as it is or with its filters by turns, refusals drawn too."""
    leaks, count = [], 0
    for number, (parts, route) in enumerate(_routes(), OUTSIDE.index(role)):
        path = filled(parts, house.values)
        filters = [*_filters(route)] if number % 2 else []
        for query in filters or [""]:
            leaks += _leaks(house, role, route, path, query)
            count += 1
    say(f"unpublished texts, {role}", {"requests": count, "leaks": len(leaks)})
    assert leaks == []


MARKS = (
    "SECRETtitle", "SECRETtext", "SECRETamended", "SECRETwording", "SECRETreason", "SECRETnote",
    "SECRETtyped", "SECRETnorm", "SECRETterm", "SECRETmeaning", "SECRETdemand", "SECRETwish",
    "SECRETplan", "SECRETshort", "SECRETa", "SECRETsource", "SECRETevidence", "SECRETfigures",
)  # fmt: skip
FOUND = {"SECRETtitle", "SECRETtext", "SECRETnorm", "SECRETa"}  # by makers


# What a search is asked for beside the words; the last is the page.
WAYS: tuple[dict[str, str] | None, ...] = ({}, {"state": "former"}, {"plan": KEY}, None)


def _hits(client: Client, mark: str, way: dict[str, str] | None) -> int:
    """How many hits a search for a mark counts; what is highlighted is cut, so counts tell."""
    if way is None:
        return client.get("/search/", {"q": mark}).context["page_obj"].paginator.count
    answer = client.get("/api/v1/search/", {"q": mark, **way})
    assert answer.status_code == 200
    return answer.json()["count"]


def _counted(house: House, role: str) -> dict[str, int]:
    client = house.clients[role]
    return {mark: sum(_hits(client, mark, way) for way in WAYS) for mark in MARKS}


def test_a_search_finds_unpublished_texts_for_makers(house: House) -> None:
    """Else the next test would prove nothing. Sample: each mark in one way, of the words alone."""
    client = house.clients["party"]
    hits = {mark: _hits(client, mark, WAYS[-(n % 2)]) for n, mark in enumerate(MARKS)}
    assert {mark for mark, count in hits.items() if count} == FOUND


@pytest.mark.prove
def test_every_search_finds_unpublished_texts_for_makers(house: House) -> None:
    assert {mark for mark, count in _counted(house, "party").items() if count} == FOUND


@pytest.mark.parametrize("role", OUTSIDE)
def test_a_search_finds_nothing_unpublished_for_others(house: House, role: str) -> None:
    """Sample: each mark by one of the roles in two of the ways; every role in every way."""
    asks = list(enumerate(MARKS))[OUTSIDE.index(role) :: len(OUTSIDE)]
    found = [
        (mark, way)
        for number, mark in asks
        for way in WAYS[number % 2 :: 2]
        if _hits(house.clients[role], mark, way)
    ]
    assert found == []


@pytest.mark.prove
@pytest.mark.parametrize("role", OUTSIDE)
def test_no_search_finds_anything_unpublished(house: House, role: str, say: Say) -> None:
    found = _counted(house, role)
    say(f"unpublished texts searched, {role}", {"marks": len(found), "hits": sum(found.values())})
    assert not any(found.values()), found


def _of_others(met: dict[str, dict[str, set[bytes]]]) -> list[tuple[str, str, set[bytes]]]:
    """What a maker meets of what another party keeps to itself."""
    leaks = []
    for role, met_there in met.items():
        for route, marks in met_there.items():
            found = INSIDE[role] & marks
            if found and not (
                found == {b"SECRETfile"}
                and re.search("attachments|/items/|/base/|/archive/", route)
            ):
                leaks.append((role, route, found))
    return leaks


def test_other_makers_do_not_meet_what_a_party_keeps_to_itself(
    met: dict[str, dict[str, set[bytes]]],
) -> None:
    assert _of_others(met) == []


@pytest.mark.prove
def test_no_maker_meets_what_another_keeps_to_itself(house: House) -> None:
    assert _of_others(_met(house, lambda _route: tuple(INSIDE))) == []


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
