"""What counts by two persons is not made by one who names the second."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people import actions
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import actor_of, confirmers_of, pending_mandates
from stakeholders.people.views.one_mandate import _doors
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict
from tests.world import JIANGSU, KUNSHAN, QINGPU, World, in_days, person


def contact(world: World, code: str = QINGPU) -> Actor:
    return world.actor(code, Role.CONTACT_POINT)


def stand_in(actor: Actor, mandate: Mandate, *, name: str = "puppet1") -> Actor:
    """Who stands in for the holder, as the actor named it."""
    made = actions.substitute(
        actor=actor,
        mandate=mandate,
        email=f"{name}@q.example",
        name_zh=name,
        document="d",
        valid_from=clock.now(),
        valid_until=in_days(10),
    )
    return actor_of(made)


def signatory(actor: Actor, *, name: str = "puppet2") -> Mandate:
    return actions.grant_mandate(
        actor=actor,
        user=person(f"{name}@q.example", name),
        role=Role.SIGNATORY,
        document="d",
        jurisdiction=Jurisdiction.objects.get(pk=QINGPU),
        valid_until=in_days(9),
    )


def second_contact(world: World) -> Actor:
    """Another contact point of the jurisdiction, named by the administrator like the first."""
    made = actions.grant_mandate(
        actor=world.admin,
        user=person("other@q.example", "other"),
        role=Role.CONTACT_POINT,
        document="d",
        jurisdiction=Jurisdiction.objects.get(pk=QINGPU),
    )
    return actor_of(made)


def asked(actor: Actor, mandate: Mandate) -> bool:
    """Whether the list, the page and the action agree that the actor confirms it; and do so."""
    listed = pending_mandates(actor=actor, at=clock.now()).filter(pk=mandate.pk).exists()
    assert _doors(actor, mandate)["confirm"] is listed
    try:
        actions.confirm_mandate(actor=actor, mandate=mandate)
    except Conflict:
        assert not listed
    else:
        assert listed
    counted = Mandate.objects.counted(clock.now() + timedelta(seconds=1))
    assert counted.filter(pk=mandate.pk).exists() is listed
    return listed


def test_who_stands_in_for_the_granter_is_no_second_person(world: World) -> None:
    first = contact(world)
    puppet = stand_in(first, world.mandate(QINGPU, Role.CONTACT_POINT))
    assert asked(puppet, signatory(first)) is False


def test_nor_is_the_granter_for_what_its_stand_in_grants(world: World) -> None:
    first = contact(world)
    puppet = stand_in(first, world.mandate(QINGPU, Role.CONTACT_POINT))
    assert asked(first, signatory(puppet)) is False


def test_nor_are_two_who_stand_in_for_the_same(world: World) -> None:
    first, own = contact(world), world.mandate(QINGPU, Role.CONTACT_POINT)
    one, other = stand_in(first, own), stand_in(first, own, name="puppet3")
    assert asked(other, signatory(one)) is False


def test_nor_is_a_stand_in_whom_an_administrator_named(world: World) -> None:
    puppet = stand_in(world.admin, world.mandate(QINGPU, Role.CONTACT_POINT))
    assert asked(puppet, signatory(contact(world))) is False


def test_nor_is_a_contact_point_whom_the_granting_administrator_named(world: World) -> None:
    made = second_contact(world)
    assert asked(made, signatory(world.admin)) is False
    of_other = stand_in(made, Mandate.objects.get(pk=made.mandate_id))
    assert asked(of_other, signatory(world.admin, name="puppet4")) is False


def test_nobody_has_the_own_mandate_confirmed_by_its_stand_in(world: World) -> None:
    puppet = stand_in(contact(world), world.mandate(QINGPU, Role.CONTACT_POINT))
    made = signatory(second_contact(world), name="x")
    Mandate.objects.filter(pk=made.pk).update(user=contact(world).user_id)
    assert asked(puppet, Mandate.objects.get(pk=made.pk)) is False


@pytest.mark.parametrize("who", ["other contact point", "its stand-in", "administrator"])
def test_who_is_independent_confirms(world: World, who: str) -> None:
    other = second_contact(world)
    if who == "its stand-in":
        other = stand_in(other, Mandate.objects.get(pk=other.mandate_id))
    actor = world.admin if who == "administrator" else other
    assert asked(actor, signatory(contact(world))) is True


def test_a_claim_is_not_confirmed_by_the_claimants_stand_in(world: World) -> None:
    above = contact(world, JIANGSU)
    puppet = stand_in(above, world.mandate(JIANGSU, Role.CONTACT_POINT))
    claimed = actions.claim_contact_point(
        actor=above, jurisdiction=Jurisdiction.objects.get(pk=KUNSHAN), document="d"
    )
    assert puppet.user_id not in confirmers_of(claimed, at=clock.now())
    assert asked(puppet, claimed) is False


def test_a_superior_named_by_the_claiming_administrator_is_not_asked(world: World) -> None:
    above = contact(world, JIANGSU)
    assert above.user_id is not None
    claimed = actions.claim_contact_point(
        actor=world.admin, jurisdiction=Jurisdiction.objects.get(pk=KUNSHAN), document="d"
    )
    second = User.objects.create_superuser("admin2@site.example", "x")
    assert confirmers_of(claimed, at=clock.now()) == [second.pk]
    assert asked(above, claimed) is False


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_second_factor_is_not_taken_off_by_one_and_its_stand_in(
    world: World, *, is_turned: bool
) -> None:
    first = contact(world)
    pair = [first, stand_in(first, world.mandate(QINGPU, Role.CONTACT_POINT))]
    asking, other = reversed(pair) if is_turned else pair
    owner = world.user(QINGPU, Role.PLANNER)
    reset = actions.ask_second_factor_reset(actor=asking, email=owner.email, reason="lost")
    with pytest.raises(Conflict):
        actions.confirm_second_factor_reset(actor=other, reset=reset)
    client = Client()
    client.force_login(User.objects.get(pk=other.user_id))
    link = reverse("people:confirm_reset", args=[reset.pk])
    assert link not in client.get(reverse("people:resets")).content.decode()
    done = actions.confirm_second_factor_reset(actor=second_contact(world), reset=reset)
    assert done.confirmed_at is not None
