import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.tasks.actions.tasks import change_task, report_task, strike_off_task
from consult.tasks.models import StrikeOff, TaskReport
from consult.tasks.queries import own_first, tasks_of
from consult.tasks.standing import Stage
from consult.tasks.steps import ReportText
from plans.register.enums import PartyRole
from plans.register.steps import add_party
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.tasks.ground import SUZHOU, Ground, effects, entries, in_days
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG


def strike(ground: Ground, actor: Actor, number: int, report: int, **said: object) -> StrikeOff:
    values = {"confirms": True, **said}
    return strike_off_task(actor=actor, plan=ground.plan, number=number, report=report, **values)


def test_owner_reports_and_another_strikes_off(ground: Ground) -> None:
    task = ground.task()
    report = ground.done(task)
    assert ground.state(task).stage is Stage.HANDLED
    strike(ground, ground.contact(JIASHAN), task.number, report.pk)
    assert ground.state(task).is_struck_off
    assert entries() == [("task.report", "task:1"), ("task.strike_off", "task:1")]
    assert effects() == {
        "report": report.pk,
        "confirms": True,
        "reason": None,
        "jurisdiction": JIASHAN,
    }
    with pytest.raises(Conflict):
        ground.done(task)


def test_sent_back_needs_a_reason_and_opens_the_task_again(ground: Ground) -> None:
    task = ground.task()
    report = ground.done(task)
    with pytest.raises(Invalid) as caught:
        strike(ground, ground.office, task.number, report.pk, confirms=False)
    assert list(caught.value.errors) == ["reason"]
    strike(ground, ground.office, task.number, report.pk, confirms=False, reason="缺名单")
    assert ground.state(task).standing.is_sent_back
    with pytest.raises(Conflict):
        strike(ground, ground.office, task.number, report.pk)
    again = ground.done(task)
    strike(ground, ground.office, task.number, again.pk)
    assert ground.state(task).is_struck_off


def test_nobody_strikes_off_its_own_task_or_its_own_report(ground: Ground) -> None:
    task = ground.task()
    report = ground.done(task)
    for actor in (ground.contact(WUJIANG), ground.world.actor(WUJIANG, Role.SIGNATORY)):
        with pytest.raises(Refused) as caught:
            strike(ground, actor, task.number, report.pk)
        assert caught.value.verdict.reason is Reason.NOT_YOURS
    other = ground.task(owner=JIASHAN, partners=())
    said = ReportText(progress="done", evidence="善政函〔2027〕1号")
    entered = report_task(actor=ground.office, plan=ground.plan, number=other.number, said=said)
    assert entered.is_on_behalf
    with pytest.raises(Refused):
        strike(ground, ground.office, other.number, entered.pk)
    strike(ground, ground.contact(QINGPU), other.number, entered.pk)


def test_a_supervisor_strikes_off(ground: Ground) -> None:
    task = ground.task()
    report = ground.done(task)
    supervisor = ground.world.actor(SUZHOU, Role.SUPERVISOR)
    strike(ground, supervisor, task.number, report.pk)
    assert StrikeOff.objects.get().jurisdiction_id == SUZHOU


@pytest.mark.parametrize(
    ("code", "role", "reason"),
    [
        (WUJIANG, Role.SIGNATORY, Reason.WRONG_ROLE),
        (JIASHAN, Role.PLANNER, Reason.NOT_YOURS),
    ],
)
def test_only_the_owner_reports(ground: Ground, code: str, role: Role, reason: Reason) -> None:
    task = ground.task()
    said = ReportText(progress="at_risk")
    actor = ground.world.actor(code, role)
    with pytest.raises(Refused) as caught:
        report_task(actor=actor, plan=ground.plan, number=task.number, said=said)
    assert caught.value.verdict.reason is reason
    assert TaskReport.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"progress": "soon"}, "progress"),
        ({"progress": "on_time", "percent": 101}, "percent"),
        ({"progress": "done", "evidence": "x", "percent": 60}, "percent"),
        ({"progress": "done"}, "evidence"),
        ({"progress": "on_time", "evidence": "x" * 121}, "evidence"),
    ],
)
def test_a_wrong_report_is_told_at_its_field(
    ground: Ground, said: dict[str, object], field: str
) -> None:
    task = ground.task()
    with pytest.raises(Invalid) as caught:
        report_task(
            actor=ground.contact(WUJIANG),
            plan=ground.plan,
            number=task.number,
            said=ReportText(**said),
        )
    assert list(caught.value.errors) == [field]
    assert entries() == []


def test_office_reporting_for_a_unit_names_its_evidence(ground: Ground) -> None:
    task = ground.task()
    with pytest.raises(Invalid) as caught:
        report_task(
            actor=ground.office,
            plan=ground.plan,
            number=task.number,
            said=ReportText(progress="late"),
        )
    assert list(caught.value.errors) == ["evidence"]


def test_change_keeps_the_history_and_drops_for_good(ground: Ground) -> None:
    task = ground.task()
    values = {"actor": ground.office, "plan": ground.plan, "number": task.number}
    change_task(**values, owner=JIASHAN, due_on=in_days(40), reason="职能调整")
    state = ground.state(task)
    assert (state.owner, state.due_on, task.owner_id) == (JIASHAN, in_days(40), WUJIANG)
    change_task(**values, owner="", due_on=None, is_dropped=True, reason="并入另一任务")
    state = ground.state(task)
    assert (state.stage, state.owner, len(state.changes)) == (Stage.DROPPED, JIASHAN, 2)
    assert entries() == [("task.change", "task:1")] * 2
    assert effects()["dropped"] is True
    with pytest.raises(Conflict):
        change_task(**values, owner=WUJIANG, due_on=in_days(50), reason="恢复")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"owner": KUNSHAN}, "owner"),
        ({"due_on": None}, "due_on"),
        ({"owner": WUJIANG, "due_on": in_days(10)}, "owner"),
    ],
)
def test_a_wrong_change_is_told_at_its_field(
    ground: Ground, changes: dict[str, object], field: str
) -> None:
    task = ground.task()
    values = {"owner": JIASHAN, "due_on": in_days(40), "reason": "职能调整"} | changes
    with pytest.raises(Invalid) as caught:
        change_task(actor=ground.office, plan=ground.plan, number=task.number, **values)
    assert list(caught.value.errors) == [field]


def test_a_reported_task_is_not_changed_before_somebody_checked_it(ground: Ground) -> None:
    task = ground.task()
    ground.done(task)
    with pytest.raises(Conflict):
        change_task(
            actor=ground.office,
            plan=ground.plan,
            number=task.number,
            owner=JIASHAN,
            due_on=in_days(40),
            reason="职能调整",
        )
    with pytest.raises(Conflict):
        ground.done(task)


def test_a_late_task_says_where_it_has_climbed(ground: Ground) -> None:
    late = ground.state(ground.task(due=-40))
    assert late.is_late
    assert late.climbed is not None
    assert late.climbed.level == "working"  # without a charter no step has a time
    assert ground.state(ground.task(due=0)).climbed is None


def test_consulted_neighbour_sees_the_breakdown_and_its_own_only(ground: Ground) -> None:
    add_party(plan=ground.plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    own, other = ground.task(partners=(KUNSHAN,)), ground.task()
    [issued] = ground.issue(ground.line("taipu"))
    kunshan = ground.contact(KUNSHAN)
    rows = tasks_of(actor=kunshan, plan=ground.plan)
    assert [one.task.pk for one in rows] == [own.pk, issued.pk]
    with pytest.raises(NotVisible):
        ground.done(other, code=KUNSHAN)
    first = own_first(tasks_of(actor=ground.contact(JIASHAN), plan=ground.plan), actor=kunshan)
    assert first[0].task.pk == own.pk


def test_queries_do_not_grow_with_the_tasks(ground: Ground) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            tasks_of(actor=ground.contact(QINGPU), plan=ground.plan)
        return len(caught)

    for _n in range(2):
        ground.done(ground.task(due=-3))
        ground.task(due=-3)
    few = count()
    for _n in range(9):
        ground.done(ground.task(due=-3))
        ground.task(due=-3)
    assert count() == few
