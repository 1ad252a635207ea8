import pytest
from django.test import Client
from django.urls import reverse

from plans.register.actions import admit_body, dismiss_body
from plans.register.enums import GrantName, PartyRole
from plans.register.queries import bodies_of, grants_of, visible_plans
from plans.register.steps import add_party
from stakeholders.access.steps import role_groups
from stakeholders.people.models import Mandate, Organization
from stakeholders.people.queries import actor_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, QINGPU, WUJIANG, World, person


@pytest.fixture
def experts(db: None) -> Organization:
    return Organization.objects.create(
        key="EX", name_zh="专家组", name_en="Expert group", kind="expert_committee"
    )


def test_admitted_body_sees_the_plan_and_the_record_says_so(
    world: World, experts: Organization
) -> None:
    plan = world.plan()
    mandate = Mandate.objects.create(
        user=person("water@expert.example", "water expert"),
        organization=experts,
        role=Role.EXPERT.value,
        document="test",
        valid_from=clock.now(),
        granted_by=world.administrator,
    )
    role_groups(holder=mandate.holder, roles=[mandate.role])
    expert = actor_of(mandate)
    assert list(visible_plans(actor=expert)) == []
    admit_body(actor=world.coordinator(plan), plan=plan, organization=experts, role=Role.EXPERT)
    assert list(visible_plans(actor=expert)) == [plan]
    assert [(b.organization, b.role.value) for b in bodies_of(plan)] == [(experts, "expert")]
    acts = RecordEntry.objects.filter(chain="plan:QWJ").values_list("act", "subject")
    assert list(acts) == [
        ("plan.create", "plan:QWJ"),
        ("body.admit", f"organization:{experts.pk}"),
    ]


def test_body_is_admitted_by_the_coordinator_only_and_never_to_sign(
    world: World, experts: Organization
) -> None:
    plan = world.plan()
    with pytest.raises(Refused) as refusal:
        admit_body(
            actor=world.actor(WUJIANG, Role.CONTACT_POINT),
            plan=plan,
            organization=experts,
            role=Role.EXPERT,
        )
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE
    with pytest.raises(Invalid):
        admit_body(
            actor=world.coordinator(plan), plan=plan, organization=experts, role=Role.SIGNATORY
        )


def test_page_offers_the_form_to_the_coordinator_only(
    world: World, experts: Organization, client: Client
) -> None:
    plan = world.plan()
    url = reverse("register:bodies", args=[plan.key])
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    assert client.get(url).context["form"] is None
    assert client.post(url, {"organization": experts.pk, "role": "expert"}).status_code == 403
    client.force_login(person("coordinator@joint.example", "joint office director"))
    assert client.post(url, {"organization": experts.pk, "role": "signatory"}).status_code == 422
    assert client.post(url, {"organization": experts.pk, "role": "expert"}).status_code == 302
    assert "专家组" in client.get(url).content.decode()


def test_dismissed_body_sees_nothing_from_the_next_request_on(
    world: World, experts: Organization, client: Client
) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    admit_body(actor=office, plan=plan, organization=experts, role=Role.EXPERT)
    mandate = Mandate.objects.create(
        user=person("water@expert.example", "water expert"),
        organization=experts,
        role=Role.EXPERT.value,
        document="test",
        valid_from=clock.now(),
        granted_by=world.administrator,
    )
    client.force_login(mandate.user)
    assert client.get("/plans/QWJ/").status_code == 200
    leaving = {"organization": experts, "role": Role.EXPERT}
    dismiss_body(actor=office, plan=plan, reason="任务完成", **leaving)
    assert client.get("/plans/QWJ/").status_code == 404
    assert bodies_of(plan) == []
    acts = RecordEntry.objects.filter(chain="plan:QWJ").values_list("act", flat=True)
    assert list(acts) == ["plan.create", "body.admit", "body.dismiss"]
    with pytest.raises(Conflict):
        dismiss_body(actor=office, plan=plan, reason="再次", **leaving)


def test_dismissal_needs_a_reason_and_spares_the_joint_office(
    world: World, experts: Organization
) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    admit_body(actor=office, plan=plan, organization=experts, role=Role.EXPERT)
    with pytest.raises(Invalid) as bare:
        dismiss_body(actor=office, plan=plan, organization=experts, role=Role.EXPERT, reason=" ")
    with pytest.raises(Invalid) as office_itself:
        dismiss_body(
            actor=office, plan=plan, organization=experts, role=Role.COORDINATOR, reason="x"
        )
    assert (list(bare.value.errors), list(office_itself.value.errors)) == (["reason"], ["role"])
    assert [body.role.value for body in bodies_of(plan)] == ["expert"]


def test_a_party_in_another_role_keeps_nothing_of_the_former_one(world: World) -> None:
    plan = world.plan()
    add_party(plan=plan, code=WUJIANG, role=PartyRole.OBSERVER, must_sign=False)
    held = {(one.holder, one.role.value): one.grants for one in grants_of(plan)}
    of_party = {role: grants for (holder, role), grants in held.items() if holder == WUJIANG}
    looking_on = ("contact_point", "deputy", "planner", "supervisor", "observer")
    assert of_party == {role: [GrantName.VIEW] for role in looking_on}


def test_who_may_what_is_shown_to_the_parties_and_filtered(world: World, client: Client) -> None:
    world.plan()
    client.force_login(world.user(WUJIANG, Role.SIGNATORY))
    page = client.get("/plans/QWJ/grants/?grant=sign", headers={"accept-language": "en"})
    rows = [(one.holder, one.role.value) for one in page.context["page_obj"]]
    assert rows == [(code, "signatory") for code in (QINGPU, WUJIANG, JIASHAN)]
    assert "sees the plan, takes positions and signs" in page.content.decode()
    told = client.get("/api/v1/plans/QWJ/grants/").json()
    assert {tuple(row["grants"]) for row in told if row["role"] == "signatory"} == {
        ("view", "sign")
    }
