"""The dates of a plan as a page: what a feed of it holds, for the mandate acted under."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consult.desk import sources
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.plan_date import PlanDate
from tests.consult.desk.conftest import Owe
from tests.consult.desk.feeds.conftest import Read, Subscribe, parse
from tests.world import KUNSHAN, QINGPU, WUJIANG, World

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CONTACT = Role.CONTACT_POINT


@pytest.fixture
def plan(world: World, monkeypatch: pytest.MonkeyPatch) -> Plan:
    plan = world.plan()

    def source(*, plans: list[Plan], now: datetime) -> list[PlanDate]:
        given = {"plan_id": plan.pk, "url": "/plans/QWJ/", "changed_at": NOW}
        parts = frozenset({QINGPU})
        when = NOW - timedelta(days=1)
        return [PlanDate(key="begin", title="Begins", at=when, jurisdictions=parts, **given)]

    monkeypatch.setattr(sources, "DATES", (source,))
    return plan


def page(world: World, code: str, role: Role = CONTACT) -> tuple[int, list[tuple[object, ...]]]:
    client = Client()
    client.force_login(world.user(code, role))
    with clock.stated(NOW):
        answer = client.get(reverse("desk:dates", args=["QWJ"]))
    rows = answer.context["rows"] if answer.status_code == 200 else []
    return answer.status_code, [
        (str(row.title), row.is_owed, row.days_left, row.days_overdue) for row in rows
    ]


def test_page_says_what_the_feed_says(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(QINGPU, NOW - timedelta(days=3), CONTACT.value)  # Friday
    owe(QINGPU, NOW + timedelta(days=2), CONTACT.value)
    owe(WUJIANG, NOW + timedelta(days=2), CONTACT.value)
    code, rows = page(world, QINGPU)
    assert (code, rows) == (
        200,
        [
            ("Thing 0", True, None, 1),
            ("Begins", False, None, None),
            ("Thing 1", True, 2, None),
        ],
    )
    path = subscribe(world.user(QINGPU, CONTACT), plan_key="QWJ", language="en")
    with clock.stated(NOW):
        events = parse(read(path).content).of("VEVENT")
    titles = sorted(event.text("SUMMARY").rpartition(": ")[2] for event in events)
    assert titles == sorted(str(row[0]) for row in rows)


def test_page_of_another_holds_its_own(world: World, plan: Plan, owe: Owe) -> None:
    owe(QINGPU, NOW + timedelta(days=2), CONTACT.value)
    assert page(world, WUJIANG) == (200, [])
    assert page(world, KUNSHAN) == (404, [])


def test_page_costs_the_same_for_2_and_20_rows(world: World, plan: Plan, owe: Owe) -> None:
    client = Client()
    client.force_login(world.user(QINGPU, CONTACT))
    path, costs = reverse("desk:dates", args=["QWJ"]), []
    client.get(path)
    for more in (2, 18):
        for _number in range(more):
            owe(QINGPU, NOW + timedelta(days=2), CONTACT.value)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_coming_date_says_its_working_days(
    world: World, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def source(*, plans: list[Plan], now: datetime) -> list[PlanDate]:
        given = {"plan_id": plan.pk, "url": "/", "changed_at": NOW, "jurisdictions": {QINGPU}}
        days = (0, 7)  # a Monday, and the next
        return [
            PlanDate(key=f"at{n}", title=f"At {n}", at=NOW + timedelta(days=n, hours=1), **given)
            for n in days
        ]

    monkeypatch.setattr(sources, "DATES", (source,))
    expected = [("At 0", False, 0, None), ("At 7", False, 5, None)]
    assert page(world, QINGPU) == (200, expected)
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.user(QINGPU, CONTACT))
    with clock.stated(NOW):
        text = client.get(reverse("desk:dates", args=["QWJ"])).content.decode()
    # What only takes place today is not due today.
    assert ("5 working days left" in text, ">today<" in text, "Due today" in text) == (
        True,
        True,
        False,
    )
