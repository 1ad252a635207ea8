"""A case at the same moment: of two answers both stand, of close and answer one order, one step."""

from collections import Counter

from consult.matters.steps import Wording
from consult.phase4_implementation.actions import Ending, answer_case, close_case
from consult.phase4_implementation.models import Case, CaseAnswer, CaseEnd, CaseMove
from consult.phase4_implementation.queries import row_with_all
from consult.phase4_implementation.steps import AnswerText
from consult.phase4_implementation.tasks import raise_overdue_cases
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase4_implementation.ground import Ground, lay
from tests.journeys.test_races import own as own
from tests.journeys.test_races import race, sound
from tests.world import WUJIANG, World, in_days


def _open(world: World) -> tuple[Ground, Case]:
    ground = lay(world)
    ground.reads(world.actor(WUJIANG, Role.CONTACT_POINT), "4.3")
    return ground, Case.objects.get()


def _answer(ground: Ground, case: Case) -> object:
    said = AnswerText(cause=Wording(zh="因"), measure=Wording(zh="措施"), done_on=in_days(9).date())
    return answer_case(
        actor=ground.world.actor(WUJIANG, Role.CONTACT_POINT),
        plan=ground.plan,
        case=row_with_all(case),
        jurisdiction=WUJIANG,
        said=said,
    )


def test_of_answers_at_once_all_stand(own: World) -> None:
    ground, case = _open(own)
    said = race(*[lambda: _answer(ground, case) for _ in range(3)])
    assert said == Counter({"done": 3})
    assert CaseAnswer.objects.count() == 3
    assert sound()


def test_a_close_and_answers_come_one_after_the_other(own: World) -> None:
    ground, case = _open(own)
    _answer(ground, case)
    ground.reads(own.actor(WUJIANG, Role.CONTACT_POINT), "3.8", period="2025-04")
    ending = Ending(outcome="measure", reason=Wording())
    office = own.coordinator(ground.plan)

    def close() -> object:
        row = row_with_all(case)
        return close_case(actor=office, plan=ground.plan, case=row, ending=ending)

    said = race(close, close, lambda: _answer(ground, case), lambda: _answer(ground, case))
    answers = CaseAnswer.objects.count() - 1
    assert said == Counter({"done": 1 + answers, "Conflict": 3 - answers})
    assert CaseEnd.objects.count() == 1
    assert sound()


def test_sweeps_and_an_answer_at_once_raise_one_step_or_none(own: World) -> None:
    ground, case = _open(own)
    late = case.due_at

    def sweep() -> object:
        with clock.stated(late):
            return raise_overdue_cases(late)

    assert race(sweep, sweep, lambda: _answer(ground, case)) == Counter({"done": 3})
    assert CaseAnswer.objects.count() == 1
    assert CaseMove.objects.count() in (1, 2)
    assert sound()
