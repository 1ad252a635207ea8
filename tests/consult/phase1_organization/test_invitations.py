from dataclasses import replace
from datetime import timedelta

import pytest

from consult.phase1_organization import actions
from consult.phase1_organization.models import InvitationAnswer
from consult.phase1_organization.queries import (
    asked_of_plan,
    get_invitation,
    open_invitations_to,
)
from consult.phase1_organization.steps import Reply
from plans.register.queries import get_plan
from plans.register.steps import set_phase
from stakeholders.notices.models import Notice
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.phase1_organization.scene import acts, asking, invited
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World, in_days

CONTACT = Role.CONTACT_POINT


def states(plan: object) -> list[tuple[str, str]]:
    rows = asked_of_plan(plan, at=clock.now())
    return [(one.invitation.jurisdiction_id, one.state.value) for one in rows]


def test_invite_by_the_joint_office_tells_the_contact_point_and_is_on_record(world: World) -> None:
    plan = world.plan()
    contact = world.user(KUNSHAN, CONTACT)
    row = invited(world, plan)
    assert states(plan) == [(KUNSHAN, "open")]
    assert acts() == ["invitation.send"]
    notices = Notice.objects.filter(user=contact).values_list("kind", "url")
    assert list(notices) == [("invitation.send", f"/invitations/{row.pk}/")]


def test_invite_by_a_contact_point_is_refused_for_its_role(world: World) -> None:
    plan = world.plan()
    with pytest.raises(Refused) as refusal:
        actions.invite(actor=world.actor(WUJIANG, CONTACT), plan=plan, invitations=[asking()])
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE
    assert acts() == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "999999"}, "jurisdictions"),
        ({"code": WUJIANG}, "jurisdictions"),
        ({"role": "convenor"}, "jurisdictions"),
        ({"code": QINGPU, "role": "upper"}, "jurisdictions"),
        ({"must_sign": True}, "must_sign"),
        ({"days": -1}, "answer_by"),
        ({"weight": "0"}, "weight"),
        ({"weight": "many"}, "weight"),
        ({"weight": "NaN"}, "weight"),
        ({"role": "king"}, "role"),
    ],
)
def test_invite_refuses_what_cannot_be_asked(
    world: World, wrong: dict[str, object], field: str
) -> None:
    plan = world.plan()
    with pytest.raises(Invalid) as refusal:
        invited(world, plan, **wrong)
    assert list(refusal.value.errors) == [field]


def test_invite_refuses_nobody_twice_and_a_second_time_while_open(world: World) -> None:
    plan, actor = world.plan(), world.coordinator(world.plan("B"))
    actor = world.coordinator(plan)
    for rows in ([], [asking(), asking()]):
        with pytest.raises(Invalid):
            actions.invite(actor=actor, plan=plan, invitations=rows)
    invited(world, plan)
    with pytest.raises(Invalid):
        invited(world, plan)


def test_co_makers_are_not_invited_after_the_first_phase(world: World) -> None:
    plan = world.plan()
    set_phase(plan=plan, phase=2)
    with pytest.raises(Invalid) as refusal:
        invited(world, plan, role="co_maker")
    assert list(refusal.value.errors) == ["role"]
    assert invited(world, plan).role == "neighbour"


def test_accepting_makes_a_party_that_sees_the_plan(world: World) -> None:
    plan = world.plan(parties=(JIASHAN,))
    row = invited(world, plan, WUJIANG, role="co_maker", must_sign=True, weight="2.5")
    actor = world.actor(WUJIANG, CONTACT)
    with pytest.raises(NotVisible):
        get_plan(actor=actor, key=plan.key)
    reply = Reply(answer="accept_conditions", text="昆山列为毗邻方", letter_number="吴〔2026〕1号")
    answer = actions.answer_invitation(actor=actor, invitation=row, reply=reply)
    actor = world.actor(WUJIANG, CONTACT)
    assert get_plan(actor=actor, key=plan.key) == plan
    party = plan.parties.get(jurisdiction=WUJIANG)
    assert (party.role, party.must_sign, str(party.weight)) == ("co_maker", True, "2.500")
    assert states(plan) == [(WUJIANG, "conditions")]
    assert acts() == ["invitation.send", "invitation.answer"]
    told = Notice.objects.filter(kind="invitation.answer").values_list("user__email", "title_zh")
    assert next(iter(told))[0] == "coordinator@joint.example"
    assert answer.letter_number == "吴〔2026〕1号"


def test_the_convenor_confirms_its_part(world: World) -> None:
    plan = world.plan()
    row = invited(world, plan, QINGPU, role="convenor", must_sign=True)
    actor = world.actor(QINGPU, CONTACT)
    actions.answer_invitation(actor=actor, invitation=row, reply=Reply(answer="accept"))
    assert plan.parties.get(jurisdiction=QINGPU).role == "convenor"
    assert plan.parties.count() == 3


def test_declining_and_asking_for_another_role_make_no_party(world: World) -> None:
    plan = world.plan()
    row = invited(world, plan, SHANGHAI, role="co_maker")
    actor = world.actor(SHANGHAI, CONTACT)
    actions.answer_invitation(actor=actor, invitation=row, reply=Reply(answer="decline"))
    assert states(plan) == [(SHANGHAI, "declined")]
    reply = Reply(answer="other_role", role_asked="upper")
    actions.answer_invitation(actor=actor, invitation=row, reply=reply)
    assert states(plan) == [(SHANGHAI, "other_role")]
    assert not plan.parties.filter(jurisdiction=SHANGHAI).exists()
    assert InvitationAnswer.objects.count() == 2
    second = invited(world, plan, SHANGHAI, role="upper")
    actions.answer_invitation(actor=actor, invitation=second, reply=Reply(answer="accept"))
    assert states(plan) == [(SHANGHAI, "other_role"), (SHANGHAI, "accepted")]
    assert plan.parties.get(jurisdiction=SHANGHAI).role == "upper"


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        (Reply(answer="perhaps"), "answer"),
        (Reply(answer="accept_conditions", text=" "), "text"),
        (Reply(answer="other_role"), "role_asked"),
        (Reply(answer="other_role", role_asked="neighbour"), "role_asked"),
        (Reply(answer="other_role", role_asked="convenor"), "role_asked"),
        (Reply(answer="accept", role_asked="upper"), "role_asked"),
    ],
)
def test_an_answer_out_of_shape_is_refused(world: World, reply: Reply, field: str) -> None:
    row = invited(world, world.plan())
    actor = world.actor(KUNSHAN, CONTACT)
    with pytest.raises(Invalid) as refusal:
        actions.answer_invitation(actor=actor, invitation=row, reply=reply)
    assert list(refusal.value.errors) == [field]


def test_only_the_contact_point_of_the_invited_answers(world: World) -> None:
    row = invited(world, world.plan())
    planner, stranger = world.actor(KUNSHAN, Role.PLANNER), world.actor(WUJIANG, CONTACT)
    reply = Reply(answer="accept")
    with pytest.raises(Refused) as refusal:
        actions.answer_invitation(actor=planner, invitation=row, reply=reply)
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE
    for actor in (stranger, world.admin, world.coordinator(row.plan)):
        with pytest.raises(NotVisible):
            actions.answer_invitation(actor=actor, invitation=row, reply=reply)
        with pytest.raises(NotVisible):
            get_invitation(actor=actor, pk=row.pk)
    assert get_invitation(actor=planner, pk=row.pk) == row


def test_a_mandate_for_another_plan_sees_no_invitation(world: World) -> None:
    row = invited(world, world.plan())
    actor = replace(world.actor(KUNSHAN, CONTACT), plan_key="ELSEWHERE")
    with pytest.raises(NotVisible):
        get_invitation(actor=actor, pk=row.pk)


def test_lapsed_accepted_and_replaced_invitations_take_no_answer(world: World) -> None:
    plan, actor = world.plan(), world.actor(KUNSHAN, CONTACT)
    first = invited(world, plan)
    with clock.stated(in_days(11)):
        assert states(plan) == [(KUNSHAN, "lapsed")]
        assert list(open_invitations_to(actor=actor, at=clock.now())) == []
        with pytest.raises(Conflict):
            actions.answer_invitation(actor=actor, invitation=first, reply=Reply(answer="accept"))
        second = invited(world, plan)
        assert states(plan) == [(KUNSHAN, "replaced"), (KUNSHAN, "open")]
        with pytest.raises(Conflict):
            actions.answer_invitation(actor=actor, invitation=first, reply=Reply(answer="accept"))
        assert list(open_invitations_to(actor=actor, at=clock.now())) == [second]
        actions.answer_invitation(actor=actor, invitation=second, reply=Reply(answer="accept"))
        with pytest.raises(Conflict):
            actions.answer_invitation(actor=actor, invitation=second, reply=Reply(answer="decline"))
    assert second.answer_by - first.answer_by > timedelta(days=5)
