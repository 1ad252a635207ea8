import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.phase1_organization import actions
from consult.phase1_organization.duties import duties, duties_of_invited
from consult.phase1_organization.gate import blockers
from consult.phase1_organization.steps import Reply
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.scene import (
    adopted,
    invited,
    proposed,
    put_to_parties,
    speak,
)
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days


def owed(plans: list[Plan]) -> list[tuple[str, str | None]]:
    return [(d.kind, d.holder_code) for d in duties(plans=plans, now=clock.now())]


def test_gate_of_an_empty_plan_names_every_reason(world: World) -> None:
    plan = world.plan(parties=())
    Mandate.objects.filter(role=Role.SIGNATORY.value).delete()
    invited(world, plan)
    codes = [blocker.code for blocker in blockers(plan=plan)]
    assert codes == ["co_makers", "signatory", "charter", "invitation"]


def test_gate_opens_with_makers_signatories_and_charter_and_a_lapsed_invitation(
    world: World,
) -> None:
    plan = world.plan()
    assert [blocker.code for blocker in blockers(plan=plan)] == ["charter"]
    adopted(world, plan)
    invited(world, plan)
    assert [blocker.code for blocker in blockers(plan=plan)] == ["invitation"]
    with clock.stated(in_days(11)):
        assert blockers(plan=plan) == []


def test_gate_counts_no_unconfirmed_signatory_and_none_for_another_plan(world: World) -> None:
    plan = world.plan()
    adopted(world, plan)
    Mandate.objects.filter(jurisdiction=WUJIANG, role="signatory").update(second_by=None)
    Mandate.objects.filter(jurisdiction=JIASHAN, role="signatory").update(plan_key="ELSEWHERE")
    assert [blocker.code for blocker in blockers(plan=plan)] == ["signatory", "signatory"]
    assert owed([plan]) == [("signatory.name", WUJIANG), ("signatory.name", JIASHAN)]


def test_duties_name_answers_positions_and_signatories(world: World) -> None:
    plan = world.plan()
    row = invited(world, plan)
    charter = proposed(world, plan)
    put_to_parties(world, charter)
    speak(world, charter, QINGPU)
    assert owed([plan]) == [
        ("invitation.answer", KUNSHAN),
        ("charter.take_position", WUJIANG),
        ("charter.take_position", JIASHAN),
    ]
    actor = world.actor(KUNSHAN, Role.CONTACT_POINT)
    (mine,) = duties_of_invited(actor=actor, now=clock.now())
    assert (mine.url, mine.due_at) == (f"/invitations/{row.pk}/", row.answer_by)
    actions.answer_invitation(actor=actor, invitation=row, reply=Reply(answer="decline"))
    assert duties_of_invited(actor=actor, now=clock.now()) == []


@pytest.mark.parametrize("count", [1, 4])
def test_duties_cost_the_same_for_any_number_of_plans(world: World, count: int) -> None:
    plans = [world.plan(f"P{number}") for number in range(count)]
    for plan in plans:
        world.mandates.pop((QINGPU, "coordinator", plan.key), None)
        coordinator = Mandate.objects.get(plan_key=plan.key, role="coordinator")
        world.mandates[QINGPU, "coordinator", plan.key] = coordinator
        invited(world, plan)
        put_to_parties(world, proposed(world, plan))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = duties(plans=plans, now=clock.now())
    assert len(found) == 4 * count
    assert len(queries) == 8
