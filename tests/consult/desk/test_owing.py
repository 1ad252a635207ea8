import pytest

from consult.desk.owing import owes
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.duty import Duty


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
