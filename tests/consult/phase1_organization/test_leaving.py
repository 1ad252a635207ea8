"""A party gives notice, recalls it, or leaves when its day has come and all is settled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from consult.ballots.models import ElectorEnd
from consult.ballots.queries import silent_in
from consult.matters.models import Matter
from consult.phase1_organization import actions
from consult.phase1_organization.content import CharterContent, default_content
from consult.phase1_organization.duties import duties
from consult.phase1_organization.membership import effective_at, pending_of
from consult.phase1_organization.models import Charter, Withdrawal
from consult.phase1_organization.tasks import let_parties_leave
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import plan_facts
from stakeholders.notices.models import Notice
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason, Relation
from tests.consult.phase1_organization.scene import PARTIES, acts, put_to_parties, speak
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


def under(world: World, plan: Plan, content: CharterContent) -> Charter:
    """A charter of this content, adopted by all."""
    actor = world.coordinator(plan)
    charter = actions.propose_charter(actor=actor, plan=plan, content=content)
    put_to_parties(world, charter)
    for code in PARTIES:
        speak(world, charter, code)
    actions.close_charter_ballot(actor=actor, charter=charter)
    return charter


def noticed(world: World, plan: Plan, code: str = JIASHAN) -> Withdrawal:
    actor = world.actor(code, Role.SIGNATORY)
    return actions.give_notice(actor=actor, plan=plan, reason="区划调整")


def gone(world: World, plan: Plan, withdrawal: Withdrawal) -> None:
    with clock.stated(withdrawal.takes_effect_at + timedelta(minutes=1)):
        actions.leave(actor=world.coordinator(plan), withdrawal=withdrawal)


def test_a_notice_takes_effect_after_the_working_days_of_the_charter(world: World) -> None:
    plan = world.plan()
    charter = under(world, plan, replace(default_content(), withdrawal_days=10))
    withdrawal = noticed(world, plan)
    assert withdrawal.charter_number == charter.number
    assert withdrawal.takes_effect_at == effective_at(charter, at=withdrawal.at)
    assert withdrawal.takes_effect_at - withdrawal.at > timedelta(days=11)
    with pytest.raises(Conflict):
        actions.leave(actor=world.coordinator(plan), withdrawal=withdrawal)
    gone(world, plan, withdrawal)
    assert acts()[-2:] == ["party.give_notice", "party.leave"]
    party = plan.parties.get(jurisdiction=JIASHAN)
    assert (party.left_at is not None, party.role, party.must_sign) == (True, "co_maker", True)
    assert [p.jurisdiction_id for p in plan.parties.co_makers()] == [QINGPU, WUJIANG]


def test_who_has_left_sees_the_plan_and_does_nothing_more(world: World) -> None:
    plan = world.plan()
    gone(world, plan, noticed(world, plan))
    actor = world.actor(JIASHAN, Role.SIGNATORY)
    facts = plan_facts(actor=actor, plan=get_plan(actor=actor, key=plan.key), own=True)
    assert (facts.grants, facts.relation) == (frozenset({"view"}), Relation.NONE)
    with pytest.raises(Refused) as caught:
        noticed(world, plan)
    assert caught.value.verdict.reason is Reason.NO_GRANT


@pytest.mark.parametrize("said", ["leaves", "counts"])
def test_open_ballots_follow_the_charters_clause(world: World, said: str) -> None:
    plan = world.plan()
    content = replace(default_content(), leaver_in_open_ballots=said)
    under(world, plan, content)
    again = actions.propose_charter(
        actor=world.coordinator(plan), plan=plan, content=replace(content, round_days=30)
    )
    ballot = put_to_parties(world, again)
    for code in (QINGPU, WUJIANG):
        speak(world, again, code)
    gone(world, plan, noticed(world, plan))
    assert ElectorEnd.objects.count() == (1 if said == "leaves" else 0)
    assert silent_in(ballot) == ([] if said == "leaves" else [JIASHAN])
    end = actions.close_charter_ballot
    if said == "leaves":
        assert end(actor=world.coordinator(plan), charter=again).outcome == "passed"
    else:
        with pytest.raises(Conflict):
            end(actor=world.coordinator(plan), charter=again)


def test_what_it_said_before_stays_on_record_and_counts_no_longer(world: World) -> None:
    plan = world.plan()
    content = replace(default_content(), leaver_in_open_ballots="leaves")
    under(world, plan, content)
    again = actions.propose_charter(actor=world.coordinator(plan), plan=plan, content=content)
    ballot = put_to_parties(world, again)
    speak(world, again, JIASHAN, "object", "理由")
    for code in (QINGPU, WUJIANG):
        speak(world, again, code)
    gone(world, plan, noticed(world, plan))
    end = actions.close_charter_ballot(actor=world.coordinator(plan), charter=again)
    assert (end.outcome, ballot.positions.count()) == ("passed", 3)


def test_matters_are_settled_first(world: World) -> None:
    plan = world.plan()
    matter = Matter.objects.create(plan=plan, key="M1", title_zh="水质", opened_at=clock.now())
    matter.jurisdictions.set([QINGPU, JIASHAN])
    withdrawal = noticed(world, plan)
    with pytest.raises(Blocked) as caught:
        gone(world, plan, withdrawal)
    assert [(b.code, b.url) for b in caught.value.blockers] == [
        ("matter", "/plans/QWJ/matters/M1/")
    ]
    assert let_parties_leave(clock.now()) == 0
    (duty,) = [d for d in duties(plans=[plan], now=clock.now()) if d.kind == "party.leave"]
    assert duty.due_at == withdrawal.takes_effect_at
    matter.jurisdictions.remove(JIASHAN)
    assert (let_parties_leave(clock.now()), let_parties_leave(clock.now())) == (1, 0)
    assert pending_of(plan, JIASHAN) is None


def test_of_the_last_co_makers_one_stays(world: World) -> None:
    plan = world.plan(parties=(WUJIANG,))
    noticed(world, plan, WUJIANG)
    with translation.override("en"), pytest.raises(Conflict, match="stay"):
        noticed(world, plan, QINGPU)
    with pytest.raises(Conflict):
        noticed(world, plan, WUJIANG)


def test_a_notice_is_recalled_before_its_day_by_the_party_alone(world: World) -> None:
    plan = world.plan()
    under(world, plan, replace(default_content(), withdrawal_days=5))
    withdrawal = noticed(world, plan)
    with pytest.raises(Refused):
        actions.recall_notice(actor=world.actor(WUJIANG, Role.SIGNATORY), withdrawal=withdrawal)
    own = world.actor(JIASHAN, Role.SIGNATORY)
    late = withdrawal.takes_effect_at
    with clock.stated(late), pytest.raises(Conflict):
        actions.recall_notice(actor=own, withdrawal=withdrawal)
    end = actions.recall_notice(actor=own, withdrawal=withdrawal)
    assert (end.has_left, plan.parties.get(jurisdiction=JIASHAN).left_at) == (False, None)
    with pytest.raises(Conflict):
        gone(world, plan, withdrawal)
    assert noticed(world, plan).pk != withdrawal.pk


def test_notice_needs_a_reason_and_a_signatory_of_a_party(world: World) -> None:
    plan = world.plan()
    with pytest.raises(Invalid):
        actions.give_notice(actor=world.actor(JIASHAN, Role.SIGNATORY), plan=plan, reason=" ")
    with pytest.raises(Refused):
        actions.give_notice(actor=world.actor(JIASHAN, Role.CONTACT_POINT), plan=plan, reason="x")
    with pytest.raises(NotVisible):
        actions.give_notice(actor=world.actor(KUNSHAN, Role.SIGNATORY), plan=plan, reason="x")


def test_all_parties_and_the_joint_office_are_told_once(world: World) -> None:
    plan = world.plan()
    noticed(world, plan)
    told = Notice.objects.filter(kind="party.give_notice").values_list("user__email", flat=True)
    people = [
        f"{role}@{code}.example" for code in PARTIES for role in ("contact_point", "signatory")
    ]
    assert sorted(told) == sorted([*people, "coordinator@joint.example"])


def test_the_pages_of_leaving(world: World, client: Client) -> None:
    plan = world.plan()
    client.force_login(world.user(JIASHAN, Role.SIGNATORY))
    home = "/plans/QWJ/organization/"
    assert f'href="{home}leave/"' in client.get(home).content.decode()
    assert client.post(f"{home}leave/", {"reason": ""}).status_code in (302, 422)
    withdrawal = noticed(world, plan)
    page = client.get(f"{home}leave/{withdrawal.pk}/").content.decode()
    assert "区划调整" in page
    client.force_login(world.mandates[QINGPU, Role.COORDINATOR.value, plan.key].user)
    assert client.post(f"{home}leave/{withdrawal.pk}/", {}).status_code == 302
    assert plan.parties.get(jurisdiction=JIASHAN).left_at is not None
