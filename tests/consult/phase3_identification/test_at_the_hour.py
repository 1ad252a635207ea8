"""A late position and the sweep at the very same second, over real connections."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import pytest_django
from django.db import connection, connections

from consult.phase3_identification.models import Declaration, SignOffEnd
from consult.phase3_identification.tasks import close_due_sign_offs
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict
from tests.consult.phase3_identification.story import Story, tell
from tests.databases import clone_database, drop_database
from tests.world import QINGPU, WUJIANG, build_world, in_days


@pytest.fixture
def story(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Story]:
    """A database of its own, so that what threads commit is dropped with it."""
    name = f"jointplan_hour_{os.getpid()}"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        clone_database(name)
        connection.settings_dict["NAME"] = name
        try:
            yield tell(build_world(), items=1, parties=(WUJIANG,))
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def test_a_late_position_and_two_sweeps_leave_one_close_and_no_position(story: Story) -> None:
    sign_off = story.open(closes_at=in_days(1))
    story.plan.refresh_from_db()
    actor = story.actor(QINGPU)
    together = Barrier(3)

    def at_the_hour(act: Callable[[], object]) -> object:
        together.wait()
        try:
            with clock.stated(sign_off.closes_at):
                return act()
        except Conflict:
            return "conflict"
        finally:
            connections.close_all()

    def sweep() -> int:
        return close_due_sign_offs(now=clock.now())

    def late() -> object:
        assert actor.jurisdiction_code == QINGPU
        return story.say(QINGPU)

    with ThreadPoolExecutor(max_workers=3) as pool:
        answers = list(pool.map(at_the_hour, [late, sweep, sweep]))
    assert answers[0] == "conflict"
    assert sorted(answers[1:]) == [0, 1]
    assert (SignOffEnd.objects.count(), Declaration.objects.count()) == (1, 0)
