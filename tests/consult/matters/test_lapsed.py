"""Who relied on a commitment that has lapsed is told once, and sees it on its desk."""

from datetime import timedelta

import pytest

from consult.matters import actions
from consult.matters.awaited import awaited
from consult.matters.models import Matter
from consult.matters.tasks import tell_lapsed_commitments
from plans.register.models import Plan
from stakeholders.notices.models import Notice
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Refused
from tests.consult.matters.test_outcomes import TEXT, _pair, contact, matter, plan
from tests.world import QINGPU, WUJIANG, World

__all__ = ["matter", "plan"]


@pytest.fixture
def bound(world: World, plan: Plan, matter: Matter) -> Matter:
    """Qingpu pays by tomorrow if Wujiang limits, and the other way round: both in force."""
    here = {"plan": plan, "matter": matter}
    pays, limits = _pair(world, plan, matter)
    for code, one in ((QINGPU, pays), (WUJIANG, limits)):
        actions.give_commitment(actor=contact(world, code), commitment=one, **here)
    draft = actions.propose_agreement(
        actor=world.coordinator(plan), text=TEXT, commitments=[1, 2], **here
    )
    for code in (QINGPU, WUJIANG):
        matter = actions.answer_agreement(
            actor=contact(world, code), agreement=draft, confirms=True, **here
        )
    return matter


def test_the_other_side_is_told_once_after_the_date_and_not_before(
    world: World, plan: Plan, bound: Matter
) -> None:
    now = clock.now()
    assert tell_lapsed_commitments(now) == 0
    later = now + timedelta(days=2)
    assert [tell_lapsed_commitments(later) for _again in range(2)] == [1, 0]
    told = Notice.objects.filter(kind="commitment.lapse")
    roles = (Role.CONTACT_POINT, Role.SIGNATORY)
    assert set(told.values_list("user", flat=True)) == {
        world.user(WUJIANG, role).pk for role in roles
    }
    assert told.count() == 2


def test_only_the_system_tells(world: World, bound: Matter) -> None:
    with pytest.raises(Refused):
        actions.tell_lapsed(actor=contact(world, QINGPU), matter=bound, at=clock.now())


def test_the_desk_of_who_relied_on_it_shows_it(world: World, plan: Plan, bound: Matter) -> None:
    later = clock.now() + timedelta(days=2)
    found = awaited(actor=contact(world, WUJIANG), plans=[plan], now=later)
    assert [(one.kind, str(one.whom)) for one in found] == [("commitment.report", "青浦区")]
    assert awaited(actor=contact(world, QINGPU), plans=[plan], now=later) == []
    assert awaited(actor=contact(world, WUJIANG), plans=[plan], now=clock.now()) == []
