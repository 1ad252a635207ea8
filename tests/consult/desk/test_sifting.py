"""Filters of the desk and their counts."""

from dataclasses import dataclass

from consult.desk.enums import When
from consult.desk.kinds import DutyGroup
from consult.desk.sifting import Choices, Sieve, choices_of, sieve_of
from plans.register.models import Plan

ONE, TWO = Plan(key="ONE", short_zh="一"), Plan(key="TWO", short_zh="二")


@dataclass(frozen=True)
class Row:
    plan: Plan
    group: DutyGroup
    when: When


ROWS = [
    Row(ONE, DutyGroup.MATTERS, When.OVERDUE),
    Row(ONE, DutyGroup.PREPARATION, When.WEEK),
    Row(TWO, DutyGroup.MATTERS, When.UNDATED),
]


def counts(choices: Choices) -> dict[str, dict[str, int]]:
    return {
        name: {one.value: one.count for one in getattr(choices, name)}
        for name in ("when", "plan", "group")
    }


def test_an_empty_sieve_lets_everything_through_and_an_unknown_value_nothing() -> None:
    assert sieve_of({}).of(ROWS) == ROWS
    assert sieve_of({"plan": "ONE"}).of(ROWS) == ROWS[:2]
    assert sieve_of({"plan": "ONE", "group": "matters", "when": "overdue"}).of(ROWS) == ROWS[:1]
    assert sieve_of({"when": "tomorrow"}).of(ROWS) == []


def test_each_choice_counts_what_it_would_show_under_the_other_filters() -> None:
    found = counts(choices_of(ROWS, Sieve(group="matters")))
    assert found == {
        "when": {"overdue": 1, "week": 0, "undated": 1},
        "plan": {"ONE": 1, "TWO": 1},
        "group": {"preparation": 1, "matters": 2},
    }
