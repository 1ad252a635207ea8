import pytest
from django.test import Client
from django.urls import reverse

from plans.register.actions import admit_body
from plans.register.queries import bodies_of, visible_plans
from stakeholders.access.steps import role_groups
from stakeholders.people.models import Mandate, Organization
from stakeholders.people.queries import actor_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.world import WUJIANG, World, person


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
