from datetime import timedelta

import pytest

from consult.desk.actions import say_farewell
from stakeholders.notices.models import Notice
from stakeholders.notices.steps import beat
from stakeholders.people.actions import end_mandate
from stakeholders.people.models import Mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.consult.phase2_preparation.stage import build
from tests.world import WUJIANG, World, in_days, person

pytestmark = pytest.mark.django_db


def farewell() -> int:
    return say_farewell(actor=SYSTEM, now=clock.now())


def replaced(world: World, *, heir: bool = True) -> Mandate:
    """Wujiang's contact point ends while a round is open; `heir`: another follows."""
    scene = build(world)
    scene.open()
    old = world.mandate(WUJIANG, Role.CONTACT_POINT)
    if heir:
        Mandate.objects.create(
            user=person("new@site.example", "Successor"),
            jurisdiction_id=WUJIANG,
            role=Role.CONTACT_POINT.value,
            document="test",
            valid_from=in_days(-1),
            granted_by=world.administrator,
        )
    end_mandate(actor=world.admin, mandate=old)
    return old


def told() -> list[tuple[int, str]]:
    rows = Notice.objects.filter(kind="mandate.farewell")
    return [(row.user_id, row.title_en.split(": ")[1]) for row in rows]


def test_who_loses_a_mandate_is_told_once_what_passes_to_whom(world: World) -> None:
    old = replaced(world)
    assert (farewell(), farewell()) == (1, 0)
    assert told() == [(old.user_id, "1 open thing passes to Successor")]


def test_without_a_successor_it_says_that_one_is_waited_for(world: World) -> None:
    old = replaced(world, heir=False)
    farewell()
    assert told() == [(old.user_id, "1 open thing waits for a successor")]


def test_nobody_is_told_where_nothing_is_open_or_the_same_is_owed_still(world: World) -> None:
    old = replaced(world)
    build(world, "OTHER")
    planner = world.mandate(WUJIANG, Role.PLANNER)
    end_mandate(actor=world.admin, mandate=planner)
    Mandate.objects.filter(user__email="new@site.example").update(user=old.user)
    assert (farewell(), told()) == (0, [])


def test_an_end_is_looked_for_since_the_last_sweep(world: World) -> None:
    replaced(world)
    with clock.stated(clock.now() + timedelta(hours=2)):
        beat(name="sweep")
    with clock.stated(clock.now() + timedelta(hours=3)):
        assert farewell() == 0


def test_it_costs_two_queries_while_nobody_went(world: World, django_assert_num_queries) -> None:
    build(world).open()
    with django_assert_num_queries(2):  # the last sweep, ended mandates
        assert farewell() == 0


def test_people_say_no_farewell(world: World) -> None:
    with pytest.raises(Refused):
        say_farewell(actor=world.admin, now=clock.now())
