from datetime import date

import pytest

from consult.tasks.actions.breakdown import issue_breakdown
from consult.tasks.models import Task
from consult.tasks.queries.breakdown import LineState, proposal_of
from plans.register.steps import Place, set_phase
from stakeholders.notices.models import Notice
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.consult.tasks.ground import Ground, effects, entries, publish
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG


def test_proposal_reads_lead_date_and_evidence_from_the_binding_text(ground: Ground) -> None:
    found = {one.key: one for one in proposal_of(ground.plan).lines}
    assert sorted(found) == ["ladder", "taipu"]
    taipu, ladder = found["taipu"], found["ladder"]
    assert (taipu.owner, taipu.due_on, taipu.evidence_zh) == (WUJIANG, date(2028, 6, 30), "名单")
    assert list(taipu.partners) == [QINGPU, JIASHAN]
    # The text names nobody of the plan and no date: the office chooses, the end is proposed.
    assert (ladder.owner, ladder.due_on, ladder.is_due_given) == ("", date(2035, 12, 31), False)


def test_issuing_makes_the_tasks_and_tells_each_unit_once(ground: Ground) -> None:
    Notice.objects.all().delete()
    made = ground.issue(ground.line("taipu"), ground.line("ladder", owner=JIASHAN))
    assert [(one.number, one.owner_id, one.item.key) for one in made] == [
        (1, WUJIANG, "taipu"),
        (2, JIASHAN, "ladder"),
    ]
    assert entries() == [("breakdown.issue", "revision:1")]
    first = effects()["tasks"][0]
    assert (first["number"], first["item"], first["owner"]) == (1, "taipu", WUJIANG)
    assert first["partners"] == [QINGPU, JIASHAN]
    told = Notice.objects.filter(kind="breakdown.issue")
    held = {one.user_id for one in told}
    for code in (WUJIANG, JIASHAN):
        assert ground.world.user(code, Role.CONTACT_POINT).pk in held
    assert ground.world.user(QINGPU, Role.CONTACT_POINT).pk not in held


def test_amended_and_new_lines_are_issued_additionally(ground: Ground) -> None:
    ground.issue(ground.line("taipu"))
    states = {one.key: one.state for one in proposal_of(ground.plan).lines}
    assert states == {"taipu": LineState.ISSUED, "ladder": LineState.NEW}
    with pytest.raises(Conflict):
        ground.issue(ground.line("taipu"))
    item = ground.plan.items.get(key="taipu")
    draft = item.draft
    draft.content |= {"text": {"zh": "应当按三级办理。", "en": ""}}
    draft.save()
    publish(ground.plan, ground.office, [Place(item=item, number="1")])
    line = proposal_of(ground.plan).line("taipu")
    assert line is not None
    assert (line.state, line.task) == (LineState.AMENDED, 1)
    ground.issue(ground.line("taipu"))
    assert Task.objects.count() == 2


def test_issuing_lines_of_a_former_text_is_a_conflict(ground: Ground) -> None:
    line = ground.line("taipu")
    ground.plan.in_force.number = 9
    with pytest.raises(Conflict):
        ground.issue(line)
    assert Task.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": KUNSHAN}, "taipu.owner"),
        ({"owner": ""}, "taipu.owner"),
        ({"owner": "org-99999"}, "taipu.owner"),
        ({"partners": [KUNSHAN]}, "taipu.partners"),
        ({"due_on": None}, "taipu.due_on"),
        ({"title_zh": " "}, "taipu.title_zh"),
        ({"item": "greenway"}, "greenway"),
    ],
)
def test_a_wrong_line_is_told_at_its_field_and_nothing_is_issued(
    ground: Ground, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        ground.issue(ground.line("taipu", **changes), ground.line("ladder"))
    assert list(caught.value.errors) == [field]
    assert Task.objects.count() == 0
    assert entries() == []


def test_only_the_joint_office_issues_and_only_in_phase_4(ground: Ground) -> None:
    line = ground.line("taipu")
    with pytest.raises(Refused) as caught:
        issue_breakdown(actor=ground.contact(WUJIANG), plan=ground.plan, revision=1, lines=[line])
    assert caught.value.verdict.reason is Reason.WRONG_ROLE
    set_phase(plan=ground.plan, phase=3)
    with pytest.raises(Refused) as caught:
        ground.issue(line)
    assert caught.value.verdict.reason is Reason.WRONG_PHASE
