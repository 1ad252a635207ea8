"""Milestones changed, taken out and tied to each other."""

import json
from datetime import date
from decimal import Decimal

import pytest

from plans.projects.actions import (
    Words,
    add_milestone,
    edit_milestone,
    link_milestone,
    remove_milestone,
)
from plans.projects.models import Milestone, MilestoneChange, MilestoneNeed, Project
from plans.projects.queries import removed_of, rows_of
from plans.register.models import Plan
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.plans.projects.sheets import milestone, project
from tests.world import KUNSHAN, QINGPU, WUJIANG, World

D = Decimal


def words(**changes: object) -> Words:
    values = {
        "title_zh": "主体结构封顶",
        "owner": QINGPU,
        "due_on": date(2026, 9, 30),
        "weight": D("60"),
    }
    return Words(**(values | changes))


def last() -> tuple[str, str, dict[str, object]]:
    entry = RecordEntry.objects.order_by("-seq")[0]
    return entry.act, entry.subject, json.loads(entry.payload)["effects"]


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


@pytest.fixture
def made(world: World, plan: Plan) -> Project:
    return project(actor=world.coordinator(plan), plan=plan)


@pytest.fixture
def step(world: World, plan: Plan, made: Project) -> Milestone:
    return milestone(actor=world.coordinator(plan), project=made)


def test_a_change_keeps_what_the_milestone_said_and_shows_by_how_much_it_slipped(
    world: World, made: Project, step: Milestone
) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    count = RecordEntry.objects.count()
    edit_milestone(
        actor=actor, milestone=step, changes=0, words=words(owner=WUJIANG), reason="汛期停工"
    )
    former = MilestoneChange.objects.get()
    assert (former.due_on, former.owner_id, former.weight) == (date(2026, 6, 30), QINGPU, D(40))
    (row,) = rows_of([made])[made.pk]
    assert (row.milestone.owner_id, row.milestone.weight, row.slipped) == (WUJIANG, D(60), 92)
    act, subject, effects = last()
    assert (act, subject) == ("milestone.edit", "milestone:PJ3.1")
    assert effects["former_due_on"] == "2026-06-30"
    assert "汛期停工" not in json.dumps(effects, ensure_ascii=False)
    assert RecordEntry.objects.count() == count + 1


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"weight": D("100.01")}, "调整", "weight"),
        ({"weight": D("0")}, "调整", "weight"),
        ({"weight": D("NaN")}, "调整", "weight"),
        ({"weight": D("33.333")}, "调整", "weight"),
        ({"owner": KUNSHAN}, "调整", "owner"),
        ({}, "  ", "reason"),
    ],
)
def test_a_change_that_cannot_stand_is_invalid_and_changes_nothing(
    world: World, step: Milestone, changes: dict[str, object], reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as error:
        edit_milestone(
            actor=world.actor(QINGPU, Role.PLANNER),
            milestone=step,
            changes=0,
            words=words(**changes),
            reason=reason,
        )
    assert list(error.value.errors) == [field]
    assert MilestoneChange.objects.count() == 0


def test_a_change_after_somebody_elses_is_a_conflict(world: World, step: Milestone) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    edit_milestone(actor=actor, milestone=step, changes=0, words=words(), reason="甲")
    with pytest.raises(Conflict):
        edit_milestone(actor=actor, milestone=step, changes=0, words=words(), reason="乙")
    assert MilestoneChange.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "role", "reason"),
    [
        (WUJIANG, Role.PLANNER, Reason.NOT_YOURS),
        (QINGPU, Role.SIGNATORY, Reason.WRONG_ROLE),
    ],
)
def test_who_does_not_keep_the_project_changes_nothing(
    world: World, step: Milestone, code: str, role: Role, reason: Reason
) -> None:
    actor = world.actor(code, role)
    for refused in (
        lambda: edit_milestone(actor=actor, milestone=step, changes=0, words=words(), reason="x"),
        lambda: remove_milestone(actor=actor, milestone=step, reason="x"),
        lambda: link_milestone(actor=actor, milestone=step, needs=[]),
    ):
        with pytest.raises(Refused) as refusal:
            refused()
        assert refusal.value.verdict.reason is reason


def test_a_milestone_taken_out_keeps_its_number_and_frees_its_weight(
    world: World, plan: Plan, made: Project, step: Milestone
) -> None:
    actor = world.coordinator(plan)
    later = milestone(actor=actor, project=made, weight="60")
    link_milestone(actor=actor, milestone=later, needs=["PJ3.1"])
    remove_milestone(actor=actor, milestone=step, reason="并入二期")
    assert list(Milestone.objects.values_list("number", flat=True)) == [2]
    assert Milestone.everything.count() == 2
    assert MilestoneNeed.objects.count() == 0
    assert last()[:2] == ("milestone.remove", "milestone:PJ3.1")
    assert last()[2]["freed"] == [later.pk]
    (gone,) = removed_of(made)
    assert (gone.milestone.number, gone.reason) == (1, "并入二期")
    third = milestone(actor=actor, project=made, weight="40")
    assert third.number == 3
    with pytest.raises(NotVisible):
        remove_milestone(actor=actor, milestone=step, reason="再次")
    with pytest.raises(Invalid) as error:
        remove_milestone(actor=actor, milestone=third, reason="")
    assert list(error.value.errors) == ["reason"]


def test_needs_go_across_projects_and_refuse_circles_and_unknown_names(
    world: World, plan: Plan, made: Project, step: Milestone
) -> None:
    actor = world.coordinator(plan)
    other = milestone(
        actor=actor, project=project(actor=actor, plan=plan, key="PJ4"), due="2026-12-31"
    )
    link_milestone(actor=actor, milestone=step, needs=["PJ4.1"])
    act, subject, effects = last()
    assert (act, subject, effects["needs"]) == ("milestone.link", "milestone:PJ3.1", [other.pk])
    (row,) = rows_of([made])[made.pk]
    assert [(one.name, one.is_too_early) for one in row.needs] == [("PJ4.1", True)]
    assert row.is_too_early
    for milestone_, needs in ((other, ["PJ3.1"]), (step, ["PJ3.1"]), (step, ["PJ9.4"])):
        with pytest.raises(Invalid) as error:
            link_milestone(actor=actor, milestone=milestone_, needs=needs)
        assert list(error.value.errors) == ["needs"]
    link_milestone(actor=actor, milestone=step, needs=[])
    assert MilestoneNeed.objects.count() == 0


def test_rows_cost_three_queries_for_one_project_and_for_twenty(
    world: World, plan: Plan, made: Project, step: Milestone, django_assert_num_queries
) -> None:
    actor = world.coordinator(plan)
    for number in range(20):
        one = project(actor=actor, plan=plan, key=f"P{number}")
        add_milestone(
            actor=actor,
            project=one,
            title_zh="一",
            owner=QINGPU,
            due_on=date(2027, 1, 1),
            weight=D(100),
        )
    for projects in ([made], list(Project.objects.all())):
        with django_assert_num_queries(3):
            assert len(rows_of(projects)) == len(projects)
