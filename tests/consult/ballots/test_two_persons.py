"""Acts that two persons do: who may be the second, what waits, and that one second wins."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation

from consult.ballots import subjects
from consult.ballots.duties import Seconding, seconds_owed
from consult.ballots.models import TwoPersonEnd, TwoPersonProposal
from consult.ballots.queries import sees_proposal, visible_proposals, waiting_proposal
from consult.ballots.steps import both, confirm_as_second, propose_for_two, refuse_as_second
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, QINGPU, WUJIANG, World, person

ACT, SUBJECT = "sign_off.close", "test_subject:7"


def second_signatory(world: World, code: str = QINGPU) -> Actor:
    mandate = Mandate.objects.create(
        user=person(f"signatory2@{code}.example", "second signatory"),
        jurisdiction_id=code,
        role=Role.SIGNATORY.value,
        document="test",
        valid_from=clock.now() - timedelta(days=1),
        granted_by=world.administrator,
        second_by=person("second@site.example", "second administrator"),
    )
    return actor_of(mandate)


def second_coordinator(world: World, plan: Plan) -> Actor:
    mandate = Mandate.objects.create(
        user=person("coordinator2@joint.example", "deputy director"),
        jurisdiction_id=WUJIANG,
        role=Role.COORDINATOR.value,
        plan_key=plan.key,
        document="test",
        valid_from=clock.now() - timedelta(days=1),
        granted_by=world.administrator,
    )
    return actor_of(mandate)


def prepared(
    world: World, plan: Plan, *, note: str = "a", code: str | None = None
) -> TwoPersonProposal:
    actor = world.actor(code, Role.SIGNATORY) if code else world.coordinator(plan)
    with transaction.atomic():
        return propose_for_two(
            actor=actor,
            plan=plan,
            act=ACT,
            subject=SUBJECT,
            content={"note": note},
            jurisdiction=code,
        )


def confirmed(actor: Actor, proposal: TwoPersonProposal) -> TwoPersonEnd:
    with transaction.atomic():
        return confirm_as_second(actor=actor, proposal=proposal)


def test_a_second_person_confirms_and_both_are_named(world: World) -> None:
    plan = world.plan()
    proposal = prepared(world, plan)
    assert json.loads(proposal.content) == {"note": "a"}
    assert waiting_proposal(plan, ACT, SUBJECT) == proposal
    second = second_coordinator(world, plan)
    end = confirmed(second, proposal)
    assert end.is_confirmed
    assert both(end) == {
        "proposal": [proposal.pk, canonical.digest_of({"note": "a"})],
        "mandates": [proposal.mandate_id, second.mandate_id],
    }
    assert waiting_proposal(plan, ACT, SUBJECT) is None
    with pytest.raises(Conflict):
        confirmed(second, proposal)


def test_the_same_person_is_no_second_also_under_another_mandate(world: World) -> None:
    plan = world.plan()
    proposal = prepared(world, plan)
    coordinator = world.coordinator(plan)
    own = Mandate.objects.get(pk=coordinator.mandate_id)
    other = Mandate.objects.create(
        user=own.user,
        jurisdiction_id=JIASHAN,
        role=Role.COORDINATOR.value,
        plan_key=plan.key,
        document="test",
        valid_from=clock.now() - timedelta(days=1),
        granted_by=world.administrator,
    )
    for actor in (coordinator, actor_of(other)):
        with pytest.raises(Refused) as caught:
            confirmed(actor, proposal)
        assert caught.value.verdict.reason is Reason.NOT_YOURS
    assert waiting_proposal(plan, ACT, SUBJECT) == proposal


def test_it_falls_when_the_first_ones_mandate_has_ended(world: World) -> None:
    plan = world.plan()
    proposal = prepared(world, plan, code=QINGPU)
    Mandate.objects.filter(pk=proposal.mandate_id).update(valid_until=clock.now())
    with translation.override("en"), pytest.raises(Conflict, match="mandate"):
        confirmed(second_signatory(world), proposal)


def test_a_newer_proposal_takes_the_place_of_an_older_one(world: World) -> None:
    plan = world.plan()
    older, newer = prepared(world, plan), prepared(world, plan, note="b")
    assert waiting_proposal(plan, ACT, SUBJECT) == newer
    second = second_coordinator(world, plan)
    with pytest.raises(Conflict):
        confirmed(second, older)
    confirmed(second, newer)
    # An answered one does not let the older one wait again.
    assert waiting_proposal(plan, ACT, SUBJECT) is None


def test_refusal_needs_a_reason_and_ends_it(world: World) -> None:
    plan = world.plan()
    proposal = prepared(world, plan)
    second = second_coordinator(world, plan)
    for reason in ("  ", "x" * 301):
        with pytest.raises(Invalid), transaction.atomic():
            refuse_as_second(actor=second, proposal=proposal, reason=reason)
    with transaction.atomic():
        end = refuse_as_second(actor=second, proposal=proposal, reason=" too early ")
    assert (end.is_confirmed, end.reason) == (False, "too early")
    with pytest.raises(Conflict):
        confirmed(second, proposal)


def test_it_lapses_with_its_subject(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = world.plan()
    proposal = prepared(world, plan)
    over = subjects.Source(ended=lambda ids: [one for one in ids if one == "7"])
    monkeypatch.setitem(subjects._sources, "test_subject", over)
    assert waiting_proposal(plan, ACT, SUBJECT) is None
    with pytest.raises(Conflict):
        confirmed(second_coordinator(world, plan), proposal)


def test_a_partys_proposal_is_seen_inside_that_party_only(world: World) -> None:
    plan = world.plan()
    inside, office = prepared(world, plan, code=QINGPU), prepared(world, plan)
    sights = {
        "signatory": world.actor(QINGPU, Role.SIGNATORY),
        "planner": world.actor(QINGPU, Role.PLANNER),
        "other": world.actor(WUJIANG, Role.SIGNATORY),
        "coordinator": world.coordinator(plan),
        "elsewhere": replace(world.actor(QINGPU, Role.SIGNATORY), plan_key="OTHER"),
    }
    seen = {name: visible_proposals(actor, plan) for name, actor in sights.items()}
    assert seen == {
        "signatory": [inside],
        "planner": [inside],
        "other": [],
        "coordinator": [office],
        "elsewhere": [],
    }
    for name, actor in sights.items():
        both_ways = [one for one in (inside, office) if sees_proposal(one, actor=actor)]
        assert both_ways == seen[name]
    with pytest.raises(NotVisible):
        confirmed(sights["other"], inside)


def test_duties_name_each_possible_second_and_never_the_first(world: World) -> None:
    plan = world.plan()
    inside = prepared(world, plan, code=QINGPU)
    second = second_signatory(world)
    second_signatory(world, WUJIANG)
    roles = frozenset({Role.SIGNATORY.value})
    acts = {ACT: Seconding(title="Confirm", url=lambda row: f"/{row.pk}/", roles=roles)}
    (duty,) = seconds_owed(plans=[plan], acts=acts, now=clock.now())
    assert (duty.user_id, duty.secret_of, duty.url) == (
        second.user_id,
        second.user_id,
        f"/{inside.pk}/",
    )
    confirmed(second, inside)
    assert seconds_owed(plans=[plan], acts=acts, now=clock.now()) == []
