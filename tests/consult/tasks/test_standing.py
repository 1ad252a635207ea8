"""Where a task stands, against what a plain reading of its rows says."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from consult.tasks.standing import Assigned, Said, Stage, climbed, standing

DAY = date(2027, 3, 10)
days = st.integers(-60, 60).map(lambda n: DAY + timedelta(days=n))
assigned = st.builds(
    Assigned,
    owner=st.sampled_from(["310118", "320509"]),
    owner_body=st.none(),
    due_on=st.none() | days,
    is_dropped=st.booleans(),
)
said = st.builds(
    Said,
    progress=st.sampled_from(["on_time", "at_risk", "late", "done"]),
    percent=st.none() | st.integers(0, 100),
    confirms=st.none() | st.booleans(),
)
LADDER = [("working", 15), ("department", 20), ("government", 30), ("superior", None)]


@given(first=assigned, changes=st.lists(assigned), reports=st.lists(said))
def test_standing_takes_the_newest_change_and_report_alone(
    first: Assigned, changes: list[Assigned], reports: list[Said]
) -> None:
    found = standing(given=first, changes=changes, said=reports, today=DAY)
    last = [first, *changes][-1]
    assert (found.owner, found.due_on) == (last.owner, last.due_on)
    assert found == standing(given=last, changes=[], said=reports[-1:], today=DAY)


@given(first=assigned, reports=st.lists(said))
def test_only_an_open_task_after_its_day_is_late(first: Assigned, reports: list[Said]) -> None:
    found = standing(given=first, changes=[], said=reports, today=DAY)
    is_done = bool(reports) and reports[-1].progress == "done"
    is_open = not first.is_dropped and not (is_done and reports[-1].confirms is not False)
    assert (found.stage is Stage.OPEN) == is_open
    late = is_open and first.due_on is not None and first.due_on < DAY
    assert found.is_late == late
    assert found.is_over == (first.is_dropped or (is_done and reports[-1].confirms is True))


def test_sent_back_is_said_and_a_new_report_takes_its_place() -> None:
    first = Assigned(owner="320509", owner_body=None, due_on=DAY)
    back = Said(progress="done", confirms=False)
    assert standing(given=first, changes=[], said=[back], today=DAY).is_sent_back
    again = [back, Said(progress="done")]
    found = standing(given=first, changes=[], said=again, today=DAY)
    assert (found.stage, found.is_sent_back) == (Stage.HANDLED, False)


@given(late=st.integers(1, 400))
def test_a_late_task_never_comes_down_the_ladder(late: int) -> None:
    order = [level for level, _days in LADDER]

    def at(day: int) -> int:
        found = climbed(due_on=DAY, today=DAY + timedelta(days=day), ladder=LADDER, calendar={})
        return -1 if found is None else order.index(found.level)

    assert at(late - 1) <= at(late) <= at(late + 1)


def test_climbing_counts_working_days_of_each_step() -> None:
    def at(day: date) -> tuple[str, date] | None:
        found = climbed(due_on=DAY, today=day, ladder=LADDER, calendar={})
        return (found.level, found.on) if found else None

    assert at(DAY) is None
    assert at(date(2027, 3, 11)) == ("working", date(2027, 3, 11))
    assert at(date(2027, 3, 31)) == ("working", date(2027, 3, 11))
    assert at(date(2027, 4, 1)) == ("department", date(2027, 4, 1))
    assert at(date(2027, 4, 29)) == ("government", date(2027, 4, 29))
    assert at(date(2028, 4, 29)) == ("superior", date(2027, 6, 10))
    assert climbed(due_on=DAY, today=date(2028, 1, 1), ladder=[], calendar={}) is None
