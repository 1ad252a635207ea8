"""A warning opens a case; it is answered, seen by neighbours, raised and closed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consult.matters import ladder
from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.phase4_implementation import queries
from consult.phase4_implementation.actions import (
    Ending,
    answer_case,
    close_case,
    raise_case,
    raise_overdue_case,
    view_case,
)
from consult.phase4_implementation.enums import CaseOutcome, CaseState
from consult.phase4_implementation.models import Case, CaseEnd, CaseMove, ThresholdWarning
from consult.phase4_implementation.queries import CaseRow
from consult.phase4_implementation.steps import AnswerText
from consult.phase4_implementation.tasks import raise_overdue_cases
from consult.tasks.models import Task
from plans.register.steps import set_phase
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.consult.phase4_implementation.ground import Ground, borders
from tests.stakeholders.files import samples
from tests.world import JIASHAN, QINGPU, WUJIANG, in_days

SAID = AnswerText(
    cause=Wording(zh="连续12日低流量"),
    measure=Wording(zh="启动黄色响应，减排10%", en="Yellow grade, cut of 10 %"),
    done_on=in_days(40).date(),
)
WHY = Wording(zh="理由")


@pytest.fixture(autouse=True)
def neighbours(ground: Ground, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    borders()


def entries() -> list[tuple[str, str]]:
    """The record after the ground was laid and the first reading entered."""
    return list(RecordEntry.objects.order_by("seq").values_list("act", "subject"))[4:]


def effects() -> dict:
    return json.loads(RecordEntry.objects.order_by("-seq")[0].payload)["effects"]


def contact(ground: Ground, code: str = WUJIANG) -> Actor:
    return ground.world.actor(code, Role.CONTACT_POINT)


def office(ground: Ground) -> Actor:
    return ground.world.coordinator(ground.plan)


def row(number: int = 1) -> CaseRow:
    case = Case.objects.get(number=number)
    return queries.read_again(queries.row_with_all(case), plan=case.plan)


def crossed(ground: Ground, value: str = "4.3", **changes: object) -> CaseRow:
    """A case that Wujiang's reading opened; Qingpu and Jiashan are its neighbours."""
    ground.reads(contact(ground), value, **changes)
    return row()


def answer(ground: Ground, **changes: object) -> None:
    values = {"actor": contact(ground), "jurisdiction": WUJIANG, "said": SAID}
    answer_case(plan=ground.plan, case=row(), **(values | changes))


def view(ground: Ground, code: str = QINGPU, *, accepts: bool = True, text: str = "") -> None:
    actor = contact(ground, code)
    view_case(actor=actor, plan=ground.plan, case=row(), accepts=accepts, text=Wording(zh=text))


def close(ground: Ground, outcome: CaseOutcome = CaseOutcome.MEASURE, **said: object) -> CaseEnd:
    ending = Ending(**({"outcome": outcome.value, "reason": Wording()} | said))
    return close_case(actor=office(ground), plan=ground.plan, case=row(), ending=ending)


def paper(actor: Actor) -> StoredFile:
    upload = SimpleUploadedFile("a.pdf", samples.PDF, "application/pdf")
    return upload_file(actor=actor, upload=upload, kinds=frozenset(Kind))


def test_a_warning_opens_its_case_in_the_same_entry(ground: Ground) -> None:
    Notice.objects.all().delete()
    found = crossed(ground)
    assert [u.pk for u in found.answering] == [WUJIANG]
    assert [u.pk for u in found.neighbours] == [QINGPU, JIASHAN]
    assert (found.standing.state, found.standing.level) == (CaseState.OPEN, "working")
    assert found.case.due_at == ladder.end_of(20)
    assert effects()["warnings"][0]["case"] == {
        "number": 1,
        "is_new": True,
        "due_at": found.case.due_at.isoformat(),
        "answers": [WUJIANG],
        "told": [QINGPU, JIASHAN],
    }
    assert entries() == []
    told = Notice.objects.filter(kind="case.open").values_list("user", flat=True)
    people = {ground.world.user(c, Role.CONTACT_POINT).pk for c in (QINGPU, WUJIANG, JIASHAN)}
    assert set(told) == people | {office(ground).user_id}


def test_beyond_the_limit_there_is_half_the_time(ground: Ground) -> None:
    assert crossed(ground, "5.4").case.due_at == ladder.end_of(10)


def test_a_reading_of_the_whole_area_asks_all_it_concerns(ground: Ground) -> None:
    ground.reads(office(ground), "94", item="sections", jurisdiction=None)
    found = row()
    assert {u.pk for u in found.answering} == {QINGPU, WUJIANG, JIASHAN}
    assert found.neighbours == []


def test_a_reading_within_opens_nothing(ground: Ground) -> None:
    ground.reads(contact(ground), "4.0")
    assert Case.objects.count() == 0
    assert effects()["warnings"] == []


def test_a_graver_warning_joins_the_open_case_and_asks_anew(ground: Ground) -> None:
    crossed(ground)
    answer(ground)
    assert row().standing.is_for_office
    ground.reads(contact(ground), "5.4", period="2025-04")
    found = row()
    assert Case.objects.count() == 1
    assert found.standing.missing == (WUJIANG,)
    assert found.standing.due_at == ladder.end_of(10)
    assert effects()["warnings"][0]["case"]["is_new"] is False
    newest = ThresholdWarning.objects.latest("pk")
    assert queries.case_of_warning(newest) == found.case


def test_a_later_warning_gives_no_more_time_to_who_has_not_answered(ground: Ground) -> None:
    first = crossed(ground, "5.4").standing.due_at
    with clock.stated(clock.now() + timedelta(days=4)):
        ground.reads(contact(ground), "5.6", period="2025-04")
    assert row().standing.due_at == first


def test_cases_after_a_closed_one_are_cases_of_their_own(ground: Ground) -> None:
    crossed(ground)
    ground.reads(contact(ground), "3.9", reason="复核有误")
    close(ground, CaseOutcome.FALSE_ALARM, reason=WHY)
    ground.reads(contact(ground), "4.6", period="2025-05")
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_an_answer_is_on_record_by_its_hash(ground: Ground) -> None:
    crossed(ground)
    answer(ground)
    assert entries() == [("case.answer", "case:1")]
    said = effects()
    assert said.pop("text").startswith("sha256:")
    assert said == {
        "answer": row().answers[0].pk,
        "jurisdiction": WUJIANG,
        "done_on": SAID.done_on.isoformat(),
        "file": None,
        "on_behalf": False,
    }
    assert row().standing.is_for_office


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cause": Wording()}, "cause_zh"),
        ({"measure": Wording(en=" ")}, "measure_zh"),
        ({"done_on": None}, "done_on"),
        ({"done_on": in_days(-2).date()}, "done_on"),
    ],
)
def test_an_answer_says_cause_measure_and_date(
    ground: Ground, changes: dict[str, object], field: str
) -> None:
    crossed(ground)
    with pytest.raises(Invalid) as error:
        answer(ground, said=replace(SAID, **changes))
    assert list(error.value.errors) == [field]
    assert entries() == []


@pytest.mark.parametrize(
    ("code", "role", "reason"),
    [
        (WUJIANG, Role.PLANNER, Reason.WRONG_ROLE),
        (WUJIANG, Role.SIGNATORY, Reason.WRONG_ROLE),
        (QINGPU, Role.CONTACT_POINT, Reason.NOT_YOURS),
    ],
)
def test_an_answer_is_its_partys_own(ground: Ground, code: str, role: Role, reason: Reason) -> None:
    crossed(ground)
    with pytest.raises(Refused) as refusal:
        answer(ground, actor=ground.world.actor(code, role))
    assert refusal.value.verdict.reason is reason


def test_the_office_answers_for_a_unit_with_the_paper_that_shows_it(ground: Ground) -> None:
    crossed(ground)
    with pytest.raises(Invalid) as error:
        answer(ground, actor=office(ground))
    assert list(error.value.errors) == ["file"]
    with pytest.raises(Invalid) as error:
        answer(ground, actor=office(ground), jurisdiction=JIASHAN)
    assert list(error.value.errors) == ["jurisdiction", "file"]
    answer(ground, actor=office(ground), said=replace(SAID, file=paper(office(ground))))
    assert row().answers[0].is_on_behalf


def test_acts_on_a_case_belong_to_phase_4(ground: Ground) -> None:
    crossed(ground)
    set_phase(plan=ground.plan, phase=2)
    with pytest.raises(Refused) as refusal:
        answer(ground)
    assert refusal.value.verdict.reason is Reason.WRONG_PHASE


def test_a_neighbour_accepts_or_asks_for_more(ground: Ground) -> None:
    crossed(ground)
    with pytest.raises(Conflict):
        view(ground)
    answer(ground)
    view(ground)
    with pytest.raises(Invalid) as error:
        view(ground, JIASHAN, accepts=False)
    assert list(error.value.errors) == ["text_zh"]
    view(ground, JIASHAN, accepts=False, text="增加一次联合复测")
    assert [act for act, _subject in entries()] == ["case.answer", "case.view", "case.view"]
    assert effects()["accepts"] is False
    assert row().standing.pressed == (WUJIANG,)
    answer(ground)
    assert row().standing.is_for_office


def test_who_answers_gives_no_view_of_its_own_answer(ground: Ground) -> None:
    crossed(ground)
    answer(ground)
    with pytest.raises(Refused) as refusal:
        view(ground, WUJIANG)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS


def test_the_office_raises_a_case_with_its_reason(ground: Ground) -> None:
    found = crossed(ground)
    with pytest.raises(Invalid):
        raise_case(actor=office(ground), plan=ground.plan, case=found, note=" ")
    move = raise_case(actor=office(ground), plan=ground.plan, case=found, note="未答复")
    assert (move.level, move.note) == ("department", "未答复")
    assert effects() == {
        "from": "working",
        "to": "department",
        "due_at": move.due_at.isoformat(),
        "missing": [WUJIANG],
    }
    with pytest.raises(Conflict):
        raise_case(actor=office(ground), plan=ground.plan, case=found, note="又一次")
    with pytest.raises(Refused):
        raise_case(actor=contact(ground), plan=ground.plan, case=row(), note="我方")


def test_the_hour_raises_what_is_unanswered_one_step_a_run_up_to_the_top(ground: Ground) -> None:
    due = crossed(ground).standing.due_at
    assert raise_overdue_cases(due - timedelta(minutes=1)) == 0
    levels = []
    while True:
        with clock.stated(due):
            assert raise_overdue_cases(due) == 1
            assert raise_overdue_cases(due) == 0
        standing = row().standing
        levels.append(standing.level)
        if standing.due_at is None:
            break
        due = standing.due_at
    assert levels == ["department", "government", "superior"]
    assert raise_overdue_cases(due + timedelta(days=999)) == 0
    assert entries() == [("case.raise", "case:1")] * 3
    assert CaseMove.objects.filter(mandate__isnull=False).count() == 0


def test_an_answered_case_is_not_raised_by_the_hour(ground: Ground) -> None:
    found = crossed(ground)
    answer(ground)
    late = found.case.due_at + timedelta(days=1)
    assert raise_overdue_cases(late) == 0
    with pytest.raises(Conflict):
        raise_overdue_case(actor=SYSTEM, case=found, at=late)


def test_a_case_is_struck_off_on_a_later_reading_back_within(ground: Ground) -> None:
    crossed(ground)
    with pytest.raises(Conflict):
        close(ground)
    answer(ground)
    with pytest.raises(Invalid) as error:
        close(ground)
    assert list(error.value.errors) == ["file"]
    back = ground.reads(contact(ground), "3.8", period="2025-04")
    end = close(ground)
    said = effects()
    assert (said["outcome"], said["reading"], said["tasks"]) == ("measure", back.pk, [1])
    assert entries()[-1] == ("case.close", "case:1")
    task = Task.objects.get()
    assert (task.owner_id, task.due_on) == (WUJIANG, SAID.done_on)
    assert (task.origin, task.origin_id) == ("case", "1")
    assert (row().end, row().standing.is_open) == (end, False)
    with pytest.raises(Conflict):
        close(ground)


def test_a_paper_with_its_reason_stands_for_the_reading(ground: Ground) -> None:
    crossed(ground)
    answer(ground)
    shown = paper(office(ground))
    with pytest.raises(Invalid) as error:
        close(ground, file=shown)
    assert list(error.value.errors) == ["reason_zh"]
    view(ground, accepts=False, text="再测一次")
    with pytest.raises(Conflict):
        close(ground, file=shown, reason=WHY)
    answer(ground)
    close(ground, file=shown, reason=WHY)
    assert effects()["file"] == shown.sha256


def test_who_entered_an_answer_does_not_strike_it_off_alone(ground: Ground) -> None:
    crossed(ground)
    answer(ground, actor=office(ground), said=replace(SAID, file=paper(office(ground))))
    ground.reads(contact(ground), "3.8", period="2025-04")
    with pytest.raises(Refused) as refusal:
        close(ground)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    view(ground)
    close(ground)


def test_a_threshold_to_be_negotiated_becomes_a_matter(ground: Ground) -> None:
    crossed(ground)
    with pytest.raises(Conflict):
        close(ground, CaseOutcome.RENEGOTIATED, reason=WHY)
    answer(ground)
    with pytest.raises(Invalid):
        close(ground, CaseOutcome.RENEGOTIATED)
    end = close(ground, CaseOutcome.RENEGOTIATED, reason=WHY)
    matter = Matter.objects.get()
    assert end.matter == matter
    assert {u.pk for u in matter.jurisdictions.all()} == {QINGPU, WUJIANG, JIASHAN}
    assert [item.key for item in matter.items.all()] == ["antimony"]
    assert "I6" in matter.title_zh
    assert "CS1" in matter.title_en
    assert effects()["matter"] == matter.key


def test_a_false_alarm_needs_a_correction_or_a_paper(ground: Ground) -> None:
    crossed(ground)
    with pytest.raises(Invalid) as error:
        close(ground, CaseOutcome.FALSE_ALARM)
    assert list(error.value.errors) == ["reason_zh"]
    with pytest.raises(Invalid) as error:
        close(ground, CaseOutcome.FALSE_ALARM, reason=WHY)
    assert list(error.value.errors) == ["file"]
    corrected = ground.reads(contact(ground), "3.9", reason="复核有误")
    close(ground, CaseOutcome.FALSE_ALARM, reason=WHY)
    assert effects()["reading"] == corrected.pk
    assert Task.objects.count() == 0


def test_only_the_office_closes(ground: Ground) -> None:
    found = crossed(ground)
    ending = Ending(outcome="false_alarm", reason=WHY)
    for code in (WUJIANG, QINGPU):
        with pytest.raises(Refused) as refusal:
            close_case(actor=contact(ground, code), plan=ground.plan, case=found, ending=ending)
        assert refusal.value.verdict.reason is Reason.WRONG_ROLE


ACTS: list[Callable[[Ground], object]] = [
    answer,
    view,
    lambda ground: raise_case(actor=office(ground), plan=ground.plan, case=row(), note="n"),
]


@pytest.mark.parametrize("act", ACTS)
def test_nothing_more_is_said_in_a_closed_case(
    ground: Ground, act: Callable[[Ground], object]
) -> None:
    crossed(ground)
    answer(ground)
    close(ground, file=paper(office(ground)), reason=WHY)
    before = RecordEntry.objects.count()
    with pytest.raises(Conflict):
        act(ground)
    assert RecordEntry.objects.count() == before


def test_the_list_is_narrowed_and_sorted(ground: Ground) -> None:
    crossed(ground)
    ground.reads(office(ground), "94", item="sections", jurisdiction=None)
    answer(ground)

    def numbers(order: str = "-number", **asked: str) -> list[int]:
        found = queries.listed_cases(
            actor=contact(ground),
            plan=ground.plan,
            asked=queries.CasesAsked(**asked),
            order=order,
        )
        return [one.case.number for one in found]

    assert numbers() == [2, 1]
    assert numbers("number") == [1, 2]
    assert numbers(indicator="antimony") == [1]
    assert numbers(state="all_answered") == [1]
    assert numbers(state="late") == []
    assert numbers(state="running", level="working", jurisdiction=JIASHAN) == [2, 1]
    assert [one.case.number for one in queries.open_cases(actor=office(ground), plan=ground.plan)]
    assert datetime.now(UTC) > row().case.at
