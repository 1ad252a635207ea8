from decimal import Decimal

import pytest

from plans.projects.actions import edit_project
from plans.projects.models import Project
from plans.register.steps import create_item
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.plans.projects.sheets import THIRDS, milestone, project, share, sheet
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


def acts() -> list[tuple[str, str]]:
    return list(RecordEntry.objects.order_by("seq").values_list("act", "subject"))


def test_add_project_keeps_exact_shares_tells_the_parties_and_records_once(world: World) -> None:
    plan = world.plan()
    create_item(
        plan=plan,
        key="living-room",
        kind="provision",
        content={"title": {"zh": "会客厅", "en": "Living room"}},
        strength="guiding",
        concerned=[QINGPU],
        actor=world.coordinator(plan),
    )
    made = project(actor=world.actor(QINGPU, Role.PLANNER), plan=plan, provisions=("living-room",))
    shares = made.parties.order_by("jurisdiction_id").values_list("cost_share", "benefit_share")
    assert list(shares) == [
        (Decimal("33.34"),) * 2,
        (Decimal("33.33"),) * 2,
        (Decimal("33.33"),) * 2,
    ]
    assert list(made.provisions.values_list("key", flat=True)) == ["living-room"]
    assert acts() == [("plan.create", "plan:QWJ"), ("project.add", "project:PJ3")]
    told = Notice.objects.order_by("user").values_list("user", flat=True)
    contacts = {world.user(code, Role.CONTACT_POINT).pk for code in (QINGPU, WUJIANG, JIASHAN)}
    assert set(told) == contacts


def test_add_project_led_by_another_is_refused_as_not_yours(world: World) -> None:
    plan = world.plan()
    with pytest.raises(Refused) as refusal:
        project(actor=world.actor(WUJIANG, Role.CONTACT_POINT), plan=plan)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS


def test_add_project_by_a_stranger_is_not_visible(world: World) -> None:
    with pytest.raises(NotVisible):
        project(actor=world.actor(KUNSHAN, Role.PLANNER), plan=world.plan())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parties": (*THIRDS[:2],)}, "cost_share"),
        ({"parties": (*THIRDS, share("999999", "partner", "0", "0"))}, "parties"),
        ({"provisions": ("nowhere",)}, "provisions"),
    ],
)
def test_add_project_that_cannot_stand_is_invalid(
    world: World, changes: dict[str, object], field: str
) -> None:
    plan = world.plan()
    with pytest.raises(Invalid) as error:
        project(actor=world.coordinator(plan), plan=plan, **changes)
    assert field in error.value.errors
    assert Project.objects.count() == 0
    assert acts() == [("plan.create", "plan:QWJ")]


def test_a_number_is_taken_once_in_a_plan(world: World) -> None:
    plan = world.plan()
    actor = world.coordinator(plan)
    project(actor=actor, plan=plan)
    with pytest.raises(Invalid) as error:
        project(actor=actor, plan=plan)
    assert list(error.value.errors) == ["key"]


def test_edit_project_replaces_its_sheet_and_counts_the_save(world: World) -> None:
    plan = world.plan()
    made = project(actor=world.coordinator(plan), plan=plan)
    two = (share(QINGPU, "lead", "60", None), share(JIASHAN, "partner", "40", None))
    saved = edit_project(
        actor=world.actor(QINGPU, Role.CONTACT_POINT),
        project=made,
        edits=1,
        sheet=sheet(name_zh="方厅水院（修改）", parties=two),
    )
    assert (saved.name_zh, saved.edits, saved.parties.count()) == ("方厅水院（修改）", 2, 2)
    assert acts()[-1] == ("project.edit", "project:PJ3")
    assert len(acts()) == 3


def test_edit_project_after_somebody_else_is_a_conflict(world: World) -> None:
    plan = world.plan()
    actor = world.coordinator(plan)
    made = project(actor=actor, plan=plan)
    edit_project(actor=actor, project=made, edits=1, sheet=sheet())
    with pytest.raises(Conflict):
        edit_project(actor=actor, project=made, edits=1, sheet=sheet())


def test_only_the_coordinator_hands_the_lead_on(world: World) -> None:
    plan = world.plan()
    made = project(actor=world.coordinator(plan), plan=plan)
    turned = sheet(
        parties=(share(WUJIANG, "lead", None, None), share(QINGPU, "partner", None, None))
    )
    with pytest.raises(Refused) as refusal:
        edit_project(actor=world.actor(QINGPU, Role.PLANNER), project=made, edits=1, sheet=turned)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    edit_project(actor=world.coordinator(plan), project=made, edits=1, sheet=turned)


def test_a_party_with_a_milestone_cannot_be_taken_out(world: World) -> None:
    plan = world.plan()
    actor = world.coordinator(plan)
    made = project(actor=actor, plan=plan)
    milestone(actor=actor, project=made, owner=JIASHAN)
    two = (share(QINGPU, "lead", None, None), share(WUJIANG, "partner", None, None))
    with pytest.raises(Invalid) as error:
        edit_project(actor=actor, project=made, edits=1, sheet=sheet(parties=two))
    assert list(error.value.errors) == ["parties"]


def test_add_milestone_numbers_and_records_it(world: World) -> None:
    plan = world.plan()
    actor = world.actor(QINGPU, Role.PLANNER)
    made = project(actor=actor, plan=plan)
    first, second = (milestone(actor=actor, project=made, weight=w) for w in ("40", "60"))
    assert (first.number, second.number) == (1, 2)
    assert acts()[2:] == [
        ("milestone.add", "milestone:PJ3.1"),
        ("milestone.add", "milestone:PJ3.2"),
    ]


def test_add_milestone_by_a_partner_is_refused_as_not_yours(world: World) -> None:
    plan = world.plan()
    made = project(actor=world.coordinator(plan), plan=plan)
    with pytest.raises(Refused) as refusal:
        milestone(actor=world.actor(WUJIANG, Role.PLANNER), project=made)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": KUNSHAN}, "owner"),
        ({"weight": "0"}, "weight"),
        ({"weight": "60.01"}, "weight"),
        ({"weight": "NaN"}, "weight"),
    ],
)
def test_add_milestone_that_cannot_stand_is_invalid(
    world: World, changes: dict[str, str], field: str
) -> None:
    plan = world.plan()
    actor = world.coordinator(plan)
    made = project(actor=actor, plan=plan)
    milestone(actor=actor, project=made)
    with pytest.raises(Invalid) as error:
        milestone(actor=actor, project=made, **changes)
    assert list(error.value.errors) == [field]
