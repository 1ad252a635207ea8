"""Answers of a jurisdiction whose contact point is claimed, not yet confirmed."""

import pytest
from django.test import Client

from consult.desk import sources
from consult.phase1_organization import actions
from consult.phase1_organization.enums import InvitationState
from consult.phase1_organization.gate import blockers
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.queries import asked, get_invitation
from consult.phase1_organization.steps import Reply
from consult.phase1_organization.tasks import count_confirmed_answers
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.actions import claim_contact_point, confirm_mandate, refuse_mandate
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import claimants
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Actor, ActorKind, Role
from stakeholders.terms.errors import Conflict, NotVisible, Refused
from tests.consult.phase1_organization.scene import acts, invited
from tests.world import KUNSHAN, World, person

ACCEPT = Reply(answer="accept", letter_number="昆函1号")


@pytest.fixture
def claimant(world: World) -> User:
    return person("new@kunshan.example", "Kunshan office")


def public(user: User) -> Actor:
    return Actor(kind=ActorKind.PUBLIC, user_id=user.pk)


def claimed(user: User, code: str = KUNSHAN) -> Mandate:
    unit = Jurisdiction.objects.get(pk=code)
    return claim_contact_point(actor=public(user), jurisdiction=unit, document="昆授1号")


def state_of(invitation: Invitation) -> InvitationState:
    (one,) = asked([invitation], at=clock.now())
    return one.state


def test_an_acceptance_under_a_claim_counts_when_it_is_confirmed(
    world: World, claimant: User
) -> None:
    plan = world.plan()
    invitation = invited(world, plan, role="co_maker", must_sign=True)
    with pytest.raises(NotVisible):
        get_invitation(actor=public(claimant), pk=invitation.pk)
    mandate = claimed(claimant)
    found = get_invitation(actor=public(claimant), pk=invitation.pk)
    answer = actions.answer_invitation(actor=public(claimant), invitation=found, reply=ACCEPT)
    assert (answer.mandate_id, state_of(invitation)) == (mandate.pk, InvitationState.UNCONFIRMED)
    assert plan.parties.filter(jurisdiction=KUNSHAN).exists() is False
    assert [b.code for b in blockers(plan=plan) if b.code in ("mandate", "invitation")] == [
        "mandate"
    ]
    assert count_confirmed_answers(clock.now()) == 0
    confirm_mandate(actor=world.admin, mandate=mandate)
    assert count_confirmed_answers(clock.now()) == 1
    assert count_confirmed_answers(clock.now()) == 0
    party = plan.parties.get(jurisdiction=KUNSHAN)
    assert (party.role, party.must_sign) == ("co_maker", True)
    assert state_of(invitation) is InvitationState.ACCEPTED
    assert acts() == [
        "invitation.send",
        "mandate.claim",
        "invitation.answer",
        "mandate.confirm",
        "invitation.count",
    ]


def test_a_refused_claim_leaves_the_invitation_open(world: World, claimant: User) -> None:
    plan = world.plan()
    invitation = invited(world, plan)
    mandate = claimed(claimant)
    actions.answer_invitation(actor=public(claimant), invitation=invitation, reply=ACCEPT)
    refuse_mandate(actor=world.admin, mandate=mandate, reason="no such letter")
    assert state_of(invitation) is InvitationState.OPEN
    with pytest.raises(NotVisible):
        get_invitation(actor=public(claimant), pk=invitation.pk)
    world.mandate(KUNSHAN, Role.CONTACT_POINT)
    contact = world.actor(KUNSHAN, Role.CONTACT_POINT)
    actions.answer_invitation(actor=contact, invitation=invitation, reply=ACCEPT)
    assert state_of(invitation) is InvitationState.ACCEPTED


def test_a_claim_opens_no_plan_and_no_other_invitation(world: World, claimant: User) -> None:
    plan = world.plan(parties=())
    other = invited(world, plan, code="320500")
    claimed(claimant)
    with pytest.raises(NotVisible):
        get_invitation(actor=public(claimant), pk=other.pk)
    (actor,) = claimants(actor=public(claimant))
    assert list(visible_plans(actor=actor)) == []
    assert (actor.group_id, actor.acts) == (None, frozenset({"invitation.answer"}))


def test_only_the_hour_lets_an_answer_count(world: World, claimant: User) -> None:
    plan = world.plan()
    invitation = invited(world, plan)
    mandate = claimed(claimant)
    answer = actions.answer_invitation(actor=public(claimant), invitation=invitation, reply=ACCEPT)
    with pytest.raises(Conflict):
        actions.count_answer(actor=SYSTEM, answer=answer)
    confirm_mandate(actor=world.admin, mandate=mandate)
    with pytest.raises(Refused):
        actions.count_answer(actor=world.coordinator(plan), answer=answer)


def test_an_acceptance_confirmed_too_late_does_not_join(world: World, claimant: User) -> None:
    plan = world.plan()
    invitation = invited(world, plan, role="co_maker")
    mandate = claimed(claimant)
    actions.answer_invitation(actor=public(claimant), invitation=invitation, reply=ACCEPT)
    Plan.objects.filter(pk=plan.pk).update(phase=2)
    confirm_mandate(actor=world.admin, mandate=mandate)
    assert count_confirmed_answers(clock.now()) == 0


def test_the_pages_of_a_claimant(world: World, claimant: User, client: Client) -> None:
    plan = world.plan()
    invitation = invited(world, plan)
    client.force_login(claimant)
    path = f"/invitations/{invitation.pk}/"
    assert client.get(path).status_code == 404
    claimed(claimant)
    assert client.get(path).status_code == 200
    assert client.get(f"/plans/{plan.key}/").status_code == 404
    assert client.post(path, {"answer": "accept"}).status_code == 302
    assert (
        "confirmed the letter"
        in client.get(path, headers={"accept-language": "en"}).content.decode()
    )


def test_the_hour_counts_answers(world: World) -> None:
    assert count_confirmed_answers in [sweep for _name, sweep in sources.CLOSINGS]
