"""What a sealed sign-off holds, and what a party keeps inside, is met by nobody else before the hour.

Two proofs over every GET route of a plan, desk, notices and administration: those near a sign-off by
every reader, the others by one of them. Each text of one party carries a mark, and no other reader
meets one. And whatever that party said, every other reader is answered the very same bytes: only
that it has answered may show.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import product
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.urls import get_resolver, reverse

from consult.ballots.models import Position
from consult.phase3_identification.models import (
    Condition,
    Declaration,
    Reservation,
)
from consult.phase3_identification.queries import current_sign_off
from consult.phase3_identification.steps import (
    carry_sign_off,
)
from consult.spoken.models import EnteredAct
from stakeholders.terms.actor import Role
from tests.architecture.draft_house import body_of
from tests.architecture.methods import is_read
from tests.architecture.sealed_house import AGAINST, JIANGSU, House, house, inside, say
from tests.architecture.test_rights_over_http import bare, filled, route_of, walk
from tests.consult.spoken import scene
from tests.turns import turn_of
from tests.world import WUJIANG

__all__ = ["house"]

MARK = re.compile(rb"SECRET\w+")
OUTSIDE = ("other_signatory", "coordinator", "administrator", "supervisor", "neighbour")
READERS = ("other_signatory", "coordinator")
QUERIES = ("", "?state=object&show=all&family=objected&q=SECRET&party=" + WUJIANG)


FILTERED = re.compile(r"/(matrix|reservations|conditions|entered|record)/(table.\w+)?$")
NEAR = re.compile(
    r"/(sign-off|matrix|statement|reservations|objections|entered|gate|since|impact|record|desk"
    r"|notices|calendar|late|duties|publish|advance|reopen|matters|audits?|approval|archive|statements)/|^/$|plans/<key>/$"
)  # what reads sign-offs all the time
SUMMARY = re.compile(
    r"plans/<key>/(dashboard|pending|health|items|dates|meetings)/(<item>/)?$"
)  # what sums up a plan, and would count what was said among the rest
OWN = re.compile(r"/(sign-off|matrix|reservations|conditions)/")  # where a party reads what it said


@contextmanager
def _undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def _values(house: House, route: str) -> dict[str, object]:
    """The row that a route of one plan is about."""
    values = house.values()
    rows = {
        "/receipts/": Declaration, "/conditions/": Condition, "/reservations/": Reservation,
        "/objections/": Position, "/entered/": EnteredAct,
    }  # fmt: skip
    for part, model in rows.items():
        if part in route:
            newest = model.objects.order_by("-pk").first()
            if model is Position:
                newest = model.objects.filter(value="object").order_by("-pk").first()
            pk = newest.pk if newest else 1
            values |= {"pk": pk, "entry": pk}
    if "/entered/new/" in route:
        values |= {"kind": "position", "subject": current_sign_off(house.story.plan).pk}
    if "/paper/<kind>" in route:
        values |= {"kind": "pdf"}
    return values


def _routes(house: House) -> Iterator[tuple[str, str]]:
    """(route, address) of what belongs to plans and to the house of a person."""
    for parts in walk(get_resolver()):
        route = route_of(parts)
        named = "plans/<key>/" in route or route in ("/", "/api/v1/desk/")
        if not is_read(parts[-1]):
            continue
        if named or re.match(r"/(api/v1/)?(notices|calendar|record)/$", route):
            yield route, filled(parts, _values(house, route))


def _administration(*, by_turns: bool) -> Iterator[tuple[str, str]]:
    """Each list, and the newest row of each table of the application. `by_turns`: where there is a
    row one of the list, its page and its past."""
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        newest = model._default_manager.order_by("-pk").first()
        is_ours = model._meta.app_label in ("consult", "plans", "stakeholders")
        pages = ["changelist", *(("change", "history") if newest is not None and is_ours else ())]
        if by_turns:
            pages = [turn_of(name, pages)] if newest is not None else []
        for page in pages:
            args = [] if page == "changelist" else [newest.pk]
            yield f"{name}/{page}", reverse(f"admin:{name}_{page}", args=args)


NOBODY = "nobody"


def _is_asked(route: str, role: str, among: Sequence[str], *, by_turns: bool) -> bool:
    """Near a sign-off by all of `among`, farther away by one of them. `by_turns`: near by one, who
    may be nobody; of the others what sums up a plan."""
    if NEAR.search(route):
        return not by_turns or turn_of(route, among) == role
    readers = [one for one in among if one != NOBODY]
    return (SUMMARY.search(route) or not by_turns) and turn_of(route, readers) == role


def _answers(
    house: House, role: str, among: Sequence[str], *, by_turns: bool
) -> Iterator[tuple[str, HttpResponse]]:
    """What this one of the readers `among` is answered where it is the one to ask."""
    for route, path in _routes(house):
        if not _is_asked(route, role, among, by_turns=by_turns):
            continue
        for query in QUERIES if FILTERED.search(route) else ("",):
            yield route + query, house.clients[role].get(path + query)
    if role == "administrator":
        # In a sample without the list of all tables beside each page: it is half of what one costs.
        beside = patch.object(admin.site, "get_app_list", return_value=[])
        with beside if by_turns else nullcontext():
            for route, path in _administration(by_turns=by_turns):
                yield route, house.clients[role].get(path)


def _silent(house: House) -> None:
    say(house.story, WUJIANG, "agree")


def _loud(house: House) -> None:
    say(house.story, WUJIANG, "agree", *AGAINST, text="SECRETgeneral")


def _met(house: House, role: str) -> set[bytes]:
    """What a person of the party meets on the pages where it reads what it said."""
    shown = [path for route, path in _routes(house) if OWN.search(route)]
    return {mark for path in shown for mark in MARK.findall(body_of(house.clients[role].get(path)))}


def test_the_party_itself_meets_its_marks(house: House) -> None:
    """Else the next tests would prove nothing."""
    with _undone():
        _loud(house)
        met = _met(house, "own")
    assert met >= {
        b"SECRETreason", b"SECRETwording", b"SECRETreservation", b"SECRETscope", b"SECRETlift",
        b"SECRETcondition", b"SECRETabstention", b"SECRETletter", b"SECRETbody",
    }  # fmt: skip
    with _undone():
        inside(house.story)
        own, theirs = _met(house, "own"), _met(house, "own_planner")
    assert own >= {b"SECRETadvice", b"SECRETrow", b"SECRETproposal", b"SECRETnote"}
    assert theirs >= {b"SECRETadvice", b"SECRETrow", b"SECRETnote"}


def _entered(house: House) -> None:
    """By a planner of another party, ad referendum."""
    story = house.story
    scene.provisional(
        story.world.actor(JIANGSU, Role.PLANNER),
        story.plan,
        "position",
        current_sign_off(story.plan),
        {"value": "object", "text": "SECRETentered", "revision": story.plan.frozen.hash},
    )


SEARCHED = (
    "SECRETreason", "SECRETwording", "SECRETreservation", "SECRETcondition", "SECRETlift",
    "SECRETentered", "SECRETadvice", "SECRETnote", "SECRETproposal", "SECRETgeneral",
)  # fmt: skip


def _leaks(house: House, *, by_turns: bool) -> list[tuple[object, ...]]:
    """What another reader meets on a page, or anybody by a search: positions are not searched at
    all, before the hour least of all."""
    leaks: list[tuple[object, ...]] = []
    searching = (*OUTSIDE, "own")
    asks = list(product(searching, SEARCHED))
    if by_turns:  # each mark by one of them, each of them for a mark
        asks = [(searching[n % len(searching)], mark) for n, mark in enumerate(SEARCHED)]
    with _undone():
        _entered(house)
        _loud(house)
        inside(house.story)
        for role in OUTSIDE:
            for route, response in _answers(house, role, OUTSIDE, by_turns=by_turns):
                found = set(MARK.findall(body_of(response)))
                if found or response.status_code >= 500:
                    leaks.append((role, route, response.status_code, sorted(found)[:4]))
        for role, mark in asks:
            answer = house.clients[role].get("/api/v1/search/", {"q": mark})
            if (answer.status_code, answer.json().get("count")) != (200, 0):
                leaks.append((role, mark, answer.status_code))
    return leaks


def test_nobody_else_meets_a_mark(house: House) -> None:
    """Sample: each route by one of those outside, in turn."""
    assert _leaks(house, by_turns=True) == []


@pytest.mark.prove
def test_nobody_else_meets_a_mark_anywhere(house: House) -> None:
    assert _leaks(house, by_turns=False) == []


# Random texts, and the numbers of rows: they go on counting from one telling to the next.
RANDOM = re.compile(
    rb"(sha256:)?[0-9a-f]{12,64}|csrf\w*\W+\w+|(nonce|token)\W+[\w=+/-]+"
    rb"|(?<=/)\d+(?=/)|(?<=-)\d+(?=\")|(?<=\"id\":)\s*\d+"
    rb"|(?<=name=\"notice\" value=\")\d+"
)


def _plain(response: HttpResponse) -> bytes:
    is_page = response["Content-Type"].startswith("text/html") and not response.streaming
    return bare(response).encode() if is_page else body_of(response)


def _told(house: House, role: str, *, by_turns: bool) -> dict[str, tuple[int, bytes]]:
    """What the reader is answered, without what is random."""
    among = (*READERS, NOBODY) if by_turns else READERS
    house.clients[role].get("/plans/")  # it says once that signing in went well
    return {
        route: (
            one.status_code,
            RANDOM.sub(b"#", _plain(one)),
        )
        for route, one in _answers(house, role, among, by_turns=by_turns)
        # the row asked for differs, and a workbook holds the second it was written
        if "/reservations/<pk>/" not in route and "spreadsheet" not in one["Content-Type"]
    }


def _after(house: House) -> None:
    """A text changes after the party spoke: who is told what must not show what it had said."""
    story = house.story
    places = list(story.places)
    try:
        story.rewrite("article-2", "改动后的条文。")
        story.places = places[1:]  # the item that is objected to goes
        carried = story.publish()
        carry_sign_off(plan=story.plan, revision=carried, actor=story.coordinator)
        story.rewrite("article-5", "改动后的条文。")
    finally:
        story.places = places
        story.plan.refresh_from_db()


def _differing(house: House, *, by_turns: bool) -> dict[str, list[str]]:
    told: dict[str, list[dict[str, tuple[int, bytes]]]] = {role: [] for role in READERS}
    for said in (_silent, _loud):
        with _undone():
            said(house)
            _after(house)
            for role in READERS:
                told[role].append(_told(house, role, by_turns=by_turns))
    return {
        role: [route for route in one | other if one.get(route) != other.get(route)]
        for role, (one, other) in told.items()
    }


def test_others_are_answered_the_same_whatever_was_said(house: House) -> None:
    """Sample: two routes in three near a sign-off, each by one of the readers, and the summaries."""
    assert _differing(house, by_turns=True) == {role: [] for role in READERS}


@pytest.mark.prove(minutes=1)
def test_every_reader_is_answered_the_same_whatever_was_said(house: House) -> None:
    assert _differing(house, by_turns=False) == {role: [] for role in READERS}
