"""Two who press at once: one word counts."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from consult.matters.steps import Wording, open_matter
from consult.spoken import actions
from consult.spoken.models import EnteredAct, EnteredActWord
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict
from tests.consult.phase2_preparation.stage import build
from tests.consult.spoken.scene import STAND, enter
from tests.world import QINGPU, WUJIANG, build_world


def _press(actor: Actor, pk: int) -> str:
    try:
        actions.confirm(actor=actor, act=EnteredAct.objects.select_related("plan").get(pk=pk))
    except Conflict:
        return "conflict"
    else:
        return "confirmed"
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_confirmed_twice_at_once_counts_once() -> None:
    scene = build(build_world())
    matter = open_matter(
        plan=scene.plan,
        actor=scene.office,
        title=Wording(zh="太浦河"),
        description=Wording(zh="说明"),
        codes=[QINGPU, WUJIANG],
    )
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    actor = scene.actor(WUJIANG)
    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(lambda _n: _press(actor, act.pk), range(4)))
    assert answers == ["conflict", "conflict", "conflict", "confirmed"]
    assert (EnteredActWord.objects.count(), matter.stands.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_confirmed_at_the_second_of_the_lapse_by_many_counts_for_none() -> None:
    scene = build(build_world(), "LAPSE")
    matter = open_matter(
        plan=scene.plan,
        actor=scene.office,
        title=Wording(zh="太浦河"),
        description=Wording(zh="说明"),
        codes=[QINGPU, WUJIANG],
    )
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    actor = scene.actor(WUJIANG)

    def press(_n: int) -> str:
        with clock.stated(act.confirm_by):
            return _press(actor, act.pk)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, range(4))) == {"conflict"}
    assert (EnteredActWord.objects.count(), matter.stands.count()) == (0, 0)
