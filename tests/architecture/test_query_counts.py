"""Every list costs as many queries for 1,000 rows as for 10, on its page and in the API.

Rows are put in at once, without acts and their record: only reading is measured. Lists with a
world of their own (desk, consent matrix, workbook) are measured in their slice.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import pytest
from django.db import connection, transaction
from django.test import Client

from plans.register.models import (
    Plan,
    Revision,
)
from stakeholders.terms.actor import Role
from tests.architecture.readings import DUTIES, FIXED, FULL, IMPLEMENTATION, READINGS, Reading
from tests.architecture.rows import Rows
from tests.consult.phase1_organization.scene import proposed
from tests.consult.phase4_implementation.ground import lay
from tests.saying import Say
from tests.world import WUJIANG, World

# A row prints more than a hundred bytes; a number that counts them, less.
ROW = 100


class Cost(NamedTuple):
    queries: int
    size: int  # bytes of the answer; of one in pages what all its rows would take


Costs = dict[Reading, tuple[Cost, Cost]]  # (with 10 rows, with many)


def cost(client: Client, path: str) -> Cost:
    """The queries of one GET, counted only: their texts are not put together for a log. And what
    it answered, so that a list that stays empty is not taken for one that costs the same."""
    counted = 0

    def count(execute: Callable[..., object], *asked: object) -> object:
        nonlocal counted
        counted += 1
        return execute(*asked)

    with connection.execute_wrapper(count):
        answer = client.get(path, headers={"accept-language": "en"})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, path
    # A page of the API may be full with 10 already; it says how many rows there are in all.
    told = json.loads(body) if answer["Content-Type"] == "application/json" else None
    in_pages = isinstance(told, dict) and isinstance(told.get("count"), int)
    return Cost(counted, ROW * told["count"] if in_pages else len(body))


@pytest.fixture
def rows(world: World) -> Rows:
    ground = lay(world)
    plan, actor = ground.plan, world.coordinator(ground.plan)
    Plan.objects.filter(pk=plan.pk).update(phase=2)
    plan.refresh_from_db()
    proposed(world, plan)
    first = plan.revisions.get(number=1)
    Revision.objects.create(
        plan=plan,
        number=2,
        stage=first.stage,
        manifest=first.manifest,
        hash="sha256:two",
        published_at=first.published_at,
        published_mandate_id=actor.mandate_id,
    )
    return Rows(ground)


class _Undo(Exception):
    """Leaves the block without keeping anything."""


def costs_of(rows: Rows, size: int, readings: Sequence[Reading]) -> Costs:
    """What every reading costs with 10 rows, and with `size`."""
    readers = {"party": rows.mandate.user, "office": rows.office.user}
    clients = {name: Client() for name in readers}
    for name, user in readers.items():
        clients[name].force_login(user)
    rows.add(range(10))
    second = rows.plan.revisions.get(number=2)

    def costs(readings: Iterable[Reading]) -> dict[Reading, Cost]:
        found = {}
        for phase, group in groupby(readings, key=itemgetter(0)):
            text = second if phase == 4 else None
            Plan.objects.filter(pk=rows.plan.pk).update(phase=phase, in_force=text)
            for one in group:
                found[one] = cost(clients[one[1]], one[2])
        return found

    few, many = costs(readings), {}
    with suppress(_Undo), transaction.atomic():
        rows.add(range(10, size))
        many = costs(readings)
        raise _Undo
    # What is loaded once per process was loaded at the first asking.
    few |= costs([one for one in readings if few[one].queries != many[one].queries])
    return {one: (few[one], many[one]) for one in readings}


def growing(found: Costs) -> Costs:
    """What costs another number of queries for many rows."""
    return {one: cost for one, cost in found.items() if cost[0].queries != cost[1].queries}


def still(found: Costs) -> list[Reading]:
    """What prints no row more for many rows than for 10 although nobody says why: whatever it costs
    for a row, it was not asked."""
    return sorted(one for one in found.keys() - shown(found) if one[2] not in FIXED.keys() | FULL)


def shown(found: Costs) -> set[Reading]:
    return {one for one, (few, many) in found.items() if many.size >= few.size + ROW}


def by_turns(first: str) -> list[Reading]:
    """What both read while the plan is carried out is read by one of them, `first` the first."""
    return [
        one
        for one in READINGS
        if one[0] == 2 or (one[1] == first) == (IMPLEMENTATION.index(one[2]) % 2 == 0)
    ]


def test_every_list_costs_the_same_for_10_and_25_rows(rows: Rows) -> None:
    found = costs_of(rows, 25, [*by_turns("party"), *DUTIES[:2]])
    assert (growing(found), still(found)) == ({}, [])
    unchanged = {path for _phase, _who, path in found.keys() - shown(found)}
    assert FIXED.keys() - unchanged == set()  # none is out of date


@pytest.mark.prove(minutes=7)
def test_every_list_costs_the_same_for_10_and_1000_rows(rows: Rows, say: Say) -> None:
    """Each of the shared lists by the one who did not read it in the sample."""
    found = costs_of(rows, 1000, [*by_turns("office"), *DUTIES])
    say("query counts", {"lists": len(found), "growing": len(growing(found))})
    assert (growing(found), still(found)) == ({}, [])


def test_the_frame_of_a_page_costs_five_queries_at_the_most(
    world: World, django_assert_max_num_queries: object
) -> None:
    """Session, person, mandates and their role group: what every page asks."""
    client = Client()
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    with django_assert_max_num_queries(5):
        assert client.get("/people/act-as/").status_code == 405  # no view of its own adds to it
    with django_assert_max_num_queries(5 + 1):
        assert client.get("/matters/none/").status_code == 404  # the frame and one look-up
