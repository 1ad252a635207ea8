"""Since when things are new: one write a visit at most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.desk.actions import visit
from consult.desk.models import DeskVisit
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.consult.desk.test_views import signed_in
from tests.world import QINGPU, World


@pytest.fixture
def actor(world: World) -> Actor:
    return world.actor(QINGPU, Role.PLANNER)


def test_a_first_visit_has_nothing_before_it_and_goes_on_for_half_an_hour(actor: Actor) -> None:
    now = clock.now()
    assert visit(actor=actor, now=now).since is None
    with CaptureQueriesContext(connection) as again:
        assert visit(actor=actor, now=now + timedelta(minutes=29)).since is None
    assert len(again) == 1
    assert visit(actor=actor, now=now + timedelta(minutes=30)).since == now
    assert visit(actor=actor, now=now + timedelta(minutes=40)).since == now
    row = DeskVisit.objects.get(user_id=actor.user_id)
    assert (row.at, row.before_at) == (now + timedelta(minutes=30), now)


def test_of_two_pages_at_once_the_second_changes_nothing(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    visit(actor=actor, now=now)
    stale = DeskVisit.objects.get(user_id=actor.user_id)
    later = now + timedelta(minutes=60)
    visit(actor=actor, now=later)
    monkeypatch.setattr(type(DeskVisit.objects.all()), "first", lambda rows: stale)
    assert visit(actor=actor, now=later).since == now
    monkeypatch.undo()
    assert DeskVisit.objects.get(user_id=actor.user_id).before_at == now


def test_a_database_that_takes_no_writes_still_shows_the_page(world: World) -> None:
    world.plan()
    client = signed_in(world.user(QINGPU, Role.PLANNER))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what they check takes locks
        cursor.execute("SET TRANSACTION READ ONLY")
    page = client.get("/")
    assert (page.status_code, "This is your first visit" in page.content.decode()) == (200, True)
    assert DeskVisit.objects.count() == 0
