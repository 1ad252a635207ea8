"""Who owes what on cases, what is waited for, and the dates that calendars show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consult.matters.steps import Wording
from consult.phase4_implementation.actions import answer_case, view_case
from consult.phase4_implementation.awaited import awaited
from consult.phase4_implementation.case_duties import duties_of_cases
from consult.phase4_implementation.dates import dates
from consult.phase4_implementation.models import Case
from consult.phase4_implementation.queries import row_with_all
from consult.phase4_implementation.steps import AnswerText
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.consult.phase4_implementation.ground import Ground, borders
from tests.world import JIASHAN, QINGPU, WUJIANG, in_days


@pytest.fixture
def case(ground: Ground) -> Case:
    borders()
    ground.reads(contact(ground, WUJIANG), "4.3")
    return Case.objects.get()


def contact(ground: Ground, code: str) -> Actor:
    return ground.world.actor(code, Role.CONTACT_POINT)


def answer(ground: Ground, case: Case) -> None:
    said = AnswerText(cause=Wording(zh="因"), measure=Wording(zh="措施"), done_on=in_days(9).date())
    answer_case(
        actor=contact(ground, WUJIANG),
        plan=ground.plan,
        case=row_with_all(case),
        jurisdiction=WUJIANG,
        said=said,
    )


def owed(ground: Ground) -> list[tuple[str, str | None, str, bool]]:
    with translation.override("en"):
        found = duties_of_cases(plans=[ground.plan], now=clock.now())
        return [(d.kind, d.holder_code, str(d.title), d.due_at is None) for d in found]


def test_the_duty_goes_from_who_answers_to_the_office_and_back(ground: Ground, case: Case) -> None:
    first = ("case.answer", WUJIANG, "Answer case CS1: cause, measure and date", False)
    assert owed(ground) == [first]
    duty = duties_of_cases(plans=[ground.plan], now=clock.now())[0]
    assert (duty.due_at, duty.since, duty.subject_id) == (case.due_at, case.at, case.pk)
    assert duty.url == "/plans/QWJ/implementation/cases/1/#acts-heading"
    answer(ground, case)
    assert owed(ground) == [("case.close", None, "Close case CS1: all have answered", True)]
    view_case(
        actor=contact(ground, JIASHAN),
        plan=ground.plan,
        case=row_with_all(case),
        accepts=False,
        text=Wording(zh="复测"),
    )
    more = "Answer the neighbour that asks for more in case CS1"
    assert owed(ground) == [("case.answer", WUJIANG, more, True)]


def test_a_neighbour_owes_no_view(ground: Ground, case: Case) -> None:
    assert {code for _kind, code, _title, _none in owed(ground)} == {WUJIANG}


def test_many_cases_cost_what_one_costs(ground: Ground, case: Case) -> None:
    answer(ground, case)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            duties_of_cases(plans=[ground.plan], now=clock.now())
            dates(plans=[ground.plan], now=clock.now())
            awaited(actor=contact(ground, WUJIANG), plans=[ground.plan], now=clock.now())
        return len(found)

    before = cost()
    for code in (QINGPU, JIASHAN):
        ground.reads(contact(ground, code), "4.4")
    assert Case.objects.count() == 3
    assert cost() == before


def test_who_has_answered_waits_for_the_others(ground: Ground, case: Case) -> None:
    def waits(code: str) -> list[int | str]:
        found = awaited(actor=contact(ground, code), plans=[ground.plan], now=clock.now())
        return [one.subject_id for one in found]

    assert waits(WUJIANG) == []
    answer(ground, case)
    assert (waits(WUJIANG), waits(JIASHAN)) == ([case.pk], [])


def test_the_date_of_an_open_case_is_named_and_moves(ground: Ground, case: Case) -> None:
    (found,) = dates(plans=[ground.plan], now=clock.now())
    assert (found.at, found.number) == (case.due_at, 0)
    assert found.jurisdictions == {QINGPU, WUJIANG, JIASHAN}
    with clock.stated(clock.now() + timedelta(days=3)):
        ground.reads(contact(ground, WUJIANG), "5.9", period="2025-04")
    (moved,) = dates(plans=[ground.plan], now=clock.now())
    assert (moved.key, moved.number) == (found.key, 1)
    assert moved.at < found.at
