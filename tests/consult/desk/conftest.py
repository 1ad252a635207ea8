"""Duties of our own choice on the desk, in place of the phases'."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from consult.desk import kinds, sources
from plans.register.models import Plan
from stakeholders.terms.duty import Duty
from tests.world import World

Owe = Callable[..., None]


@pytest.fixture
def owe(monkeypatch: pytest.MonkeyPatch) -> Owe:
    """`owe("310118", due_at, "planner")` puts a duty on every plan the desk asks about."""
    rows: list[dict[str, object]] = []

    def source(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
        return [
            Duty(
                **{
                    "kind": "thing.do",
                    "plan_id": plan.pk,
                    "subject_id": f"{plan.pk}-{number}",
                    "title": f"Thing {number}",
                    "url": f"/plans/{plan.key}/",
                    **row,
                }
            )
            for plan in plans
            for number, row in enumerate(rows)
        ]

    words = {**kinds.DUTY_KINDS, "thing.do": ("Do a thing", kinds.DutyGroup.PREPARATION)}
    monkeypatch.setattr(kinds, "DUTY_KINDS", words)
    monkeypatch.setattr(sources, "DUTIES", (source,))
    monkeypatch.setattr(sources, "DUTIES_OF_INVITED", ())
    monkeypatch.setattr(sources, "CLOSINGS", ())

    def add(code: str | None, due_at: datetime | None, *roles: str, **more: object) -> None:
        rows.append({"holder_code": code, "due_at": due_at, "roles": frozenset(roles), **more})

    add.rows = rows  # to be changed or taken away between two sweeps

    return add


@pytest.fixture
def owed(monkeypatch: pytest.MonkeyPatch) -> Owe:
    """`owed("round.answer", holder_code="310118")` puts one duty of any shape on every plan."""
    rows: list[dict[str, object]] = []

    def source(*, plans, now: datetime) -> list[Duty]:
        return [
            Duty(plan_id=plan.pk, subject_id=number, url=f"/plans/{plan.key}/", **row)
            for plan in plans
            for number, row in enumerate(rows)
        ]

    monkeypatch.setattr(sources, "DUTIES", (source,))
    monkeypatch.setattr(sources, "DUTIES_OF_INVITED", ())
    monkeypatch.setattr(sources, "CLOSINGS", ())

    def add(kind: str, **row: object) -> None:
        rows.append({"kind": kind, "title": f"Thing {len(rows)}", **row})

    return add


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()
