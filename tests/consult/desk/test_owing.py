from datetime import UTC, datetime, timedelta

import pytest

from consult.desk.owing import owes, window_of
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.duty import Duty

DUE = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai


def actor(role: Role = Role.PLANNER, **fields: object) -> Actor:
    values = {"kind": ActorKind.MANDATED, "user_id": 1, "mandate_id": 1, "role": role}
    return Actor(**{**values, "jurisdiction_code": "310118", **fields})


def duty(*roles: str, **fields: object) -> Duty:
    values = {"kind": "x.do", "plan_id": 1, "subject_id": 1, "title": "t", "url": "/"}
    return Duty(**values, roles=frozenset(roles), **fields)


@pytest.mark.parametrize(
    ("owed", "one", "expected"),
    [
        (duty("planner", holder_code="310118"), actor(), True),
        (duty(holder_code="310118"), actor(), True),
        (duty("signatory", holder_code="310118"), actor(), False),
        (duty("planner", holder_code="320509"), actor(), False),
        (duty("planner", holder_code="310118"), actor(plan_key="OTHER"), False),
        (duty("planner", holder_code="310118"), actor(acts=frozenset({"y.do"})), False),
        (duty("planner", holder_code="310118"), actor(acts=frozenset({"x.do"})), True),
        (duty("expert", organization_id=5), actor(Role.EXPERT, organization_id=5), True),
        (duty("expert", organization_id=5), actor(Role.EXPERT, organization_id=6), False),
        (duty(user_id=1), actor(), True),
        (duty(user_id=2), actor(), False),
        (duty("coordinator"), actor(Role.COORDINATOR, plan_key="P"), True),
        (duty("coordinator"), actor(Role.CONTACT_POINT), False),
        (duty("coordinator"), actor(Role.COORDINATOR, plan_key="OTHER"), False),
        (duty(holder_code="310118"), Actor(kind=ActorKind.ADMINISTRATOR, user_id=1), False),
    ],
)
def test_a_duty_is_owed_by_the_mandate_it_lies_on(owed: Duty, one: Actor, expected: bool) -> None:
    assert owes(duty=owed, actor=one, plan_key="P") is expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-8, None),
        (-7, "before-7"),
        (-4, "before-7"),
        (-3, "before-3"),
        (-2, "before-3"),
        (-1, "before-1"),
        (0, "before-0"),
        (1, "late-1"),
        (2, "late-1"),
        (3, "late-3"),
        (4, "late-3"),
        (30, "late-29"),
    ],
)
def test_window_is_the_newest_that_was_reached(days: int, expected: str | None) -> None:
    assert window_of(due_at=DUE, now=DUE + timedelta(days=days)) == expected


def test_days_are_those_of_the_sites_calendar() -> None:
    """23:59:59 in Shanghai is the day itself, one second later the first day late."""
    midnight = datetime(2026, 12, 10, 16, 0, tzinfo=UTC)
    assert window_of(due_at=DUE, now=midnight - timedelta(seconds=1)) == "before-0"
    assert window_of(due_at=DUE, now=midnight) == "late-1"


def test_without_a_date_nobody_is_reminded() -> None:
    assert window_of(due_at=None, now=DUE) is None
