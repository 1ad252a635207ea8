import pytest

from consult.tasks.actions.programmes import issue_programme
from consult.tasks.actions.tasks import strike_off_task
from consult.tasks.models import Programme
from consult.tasks.queries import tasks_of
from consult.tasks.queries.programmes import get_programme, proposed_for, year_state
from consult.tasks.steps.programmes import YearLine
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.consult.tasks.ground import Ground, effects, entries, today
from tests.world import JIASHAN


def issue(ground: Ground, *lines: YearLine, edition: int = 1, **more: object) -> Programme:
    values = {"actor": ground.office, "year": 2027, "reason": ""} | more
    return issue_programme(plan=ground.plan, edition=edition, lines=list(lines), **values)


def test_editions_follow_each_other_and_the_newest_counts(ground: Ground) -> None:
    first, second = ground.task(), ground.task()
    issue(ground, YearLine(task=first.number), YearLine(task=second.number, text_zh="起草"))
    assert effects()["edition"] == 1
    with pytest.raises(Conflict):
        issue(ground, YearLine(task=first.number))
    with pytest.raises(Invalid) as caught:
        issue(ground, YearLine(task=first.number), edition=2)
    assert list(caught.value.errors) == ["reason"]
    issue(ground, YearLine(task=first.number), edition=2, reason="资金调整")
    assert get_programme(ground.plan, year=2027).edition == 2
    assert entries() == [("programme.issue", "programme:2027")] * 2
    offered = proposed_for(actor=ground.office, plan=ground.plan, year=2027)
    assert [(one.state.task.number, one.is_taken) for one in offered] == [(1, True), (2, False)]


def test_progress_counts_what_was_struck_off(ground: Ground) -> None:
    first, second = ground.task(), ground.task()
    programme = issue(ground, YearLine(task=first.number), YearLine(task=second.number))
    report = ground.done(first)
    strike_off_task(
        actor=ground.contact(JIASHAN),
        plan=ground.plan,
        number=first.number,
        report=report.pk,
        confirms=True,
    )
    ground.done(second)
    state = year_state(
        actor=ground.office,
        programme=programme,
        states=tasks_of(actor=ground.office, plan=ground.plan),
        today=today(),
    )
    assert (state.struck_off, state.handled, state.total, state.percent) == (1, 1, 2, 50)
    with pytest.raises(Conflict):
        issue(ground, YearLine(task=first.number), edition=2, reason="调整")


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"year": 2050}, ["year"]),
        ({"lines": []}, [""]),
        ({"lines": [YearLine(task=9)]}, ["9"]),
    ],
)
def test_a_wrong_programme_is_told_at_its_field(
    ground: Ground, more: dict[str, object], fields: list[str]
) -> None:
    task = ground.task()
    values = {"year": 2027, "lines": [YearLine(task=task.number)]} | more
    with pytest.raises(Invalid) as caught:
        issue_programme(actor=ground.office, plan=ground.plan, edition=1, **values)
    assert list(caught.value.errors) == fields


def test_only_the_joint_office_issues_a_programme(ground: Ground) -> None:
    task = ground.task()
    with pytest.raises(Refused):
        issue(ground, YearLine(task=task.number), actor=ground.contact(JIASHAN))
