"""Who is late: the table, its filters, what it hides, its cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.desk.actions import nudge, remind_due
from consult.desk.queries import Asked, late_table
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_party
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.duty import NOBODY
from tests.consult.desk.test_views import signed_in
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

ROUND, MATTER = "round.answer", "matter.stand"


def table(world: World, plan: Plan, **asked: object):
    actor = world.coordinator(plan)
    return late_table(plan=plan, actor=actor, now=clock.now(), asked=Asked(**asked))


def figures(found) -> list[tuple[str, list[tuple[int, int]]]]:
    """Each row's code with (open, overdue) of every column, then of the row."""
    return [
        (
            row.standing.code,
            [*[(c.open, c.overdue) for c in row.cells], (row.standing.open, row.standing.overdue)],
        )
        for row in found.rows
    ]


@pytest.fixture
def some(owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-3))
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(3))
    owed(MATTER, holder_code=WUJIANG, due_at=in_days(-10))
    owed(MATTER, holder_code=JIASHAN, due_at=in_days(-1))
    owed(ROUND, roles=frozenset({"coordinator"}), due_at=in_days(5))


def test_cells_rows_and_sums(world: World, plan: Plan, some) -> None:
    found = table(world, plan)
    assert [str(c.group) for c in found.columns] == ["preparation", "matters"]
    assert figures(found) == [
        (QINGPU, [(0, 0), (0, 0), (0, 0)]),
        (WUJIANG, [(2, 1), (1, 1), (3, 2)]),
        (JIASHAN, [(0, 0), (1, 1), (1, 1)]),
        ("office", [(1, 0), (0, 0), (1, 0)]),
    ]
    sums = [(c.open, c.overdue) for c in found.columns]
    assert (sums, found.open, found.overdue) == ([(3, 1), (2, 2)], 5, 3)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"unit": WUJIANG}, [WUJIANG]),
        ({"unit": QINGPU}, [QINGPU]),
        ({"unit": "office"}, ["office"]),
        ({"unit": "nobody"}, []),
        ({"group": "matters"}, [WUJIANG, JIASHAN]),
        ({"kind": ROUND}, [WUJIANG, "office"]),
        ({"is_overdue": True}, [WUJIANG, JIASHAN]),
        ({"is_overdue": True, "kind": ROUND}, [WUJIANG]),
        ({"group": "approval"}, []),
        ({"sort": "-overdue"}, [WUJIANG, JIASHAN, QINGPU, "office"]),
        ({"sort": "open"}, [QINGPU, JIASHAN, "office", WUJIANG]),
    ],
)
def test_filters_and_order(world: World, plan: Plan, some, asked, expected) -> None:
    assert [row.standing.code for row in table(world, plan, **asked).rows] == expected


def test_bodies_and_persons_stand_apart_from_the_joint_office(
    world: World, plan: Plan, owed
) -> None:
    owed(ROUND, user_id=world.user(QINGPU, Role.PLANNER).pk)
    owed(MATTER, holder_code=QINGPU)
    found = table(world, plan)
    assert [row.standing.code for row in found.rows if row.standing.open] == [QINGPU, "persons"]
    assert [str(c.group) for c in found.columns] == ["preparation", "matters"]


def test_what_is_secret_or_inside_never_shows(world: World, plan: Plan, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, secret_of=NOBODY, due_at=in_days(-1))
    owed(ROUND, holder_code=JIASHAN, secret_of=world.user(JIASHAN, Role.SIGNATORY).pk)
    owed(ROUND, user_id=world.user(QINGPU, Role.PLANNER).pk, secret_of=NOBODY)
    found = table(world, plan)
    assert (found.open, found.kinds, len(found.rows)) == (0, [], 4)
    page = office(world, plan).get(f"/plans/{plan.key}/late/").content.decode()
    assert ("Thing" in page, "Nobody owes anything at present." in page) == (False, True)


def office(world: World, plan: Plan):
    return signed_in(User.objects.get(pk=world.coordinator(plan).person))


def test_page_shows_lines_with_deadline_and_working_days(world: World, plan: Plan, some) -> None:
    client = office(world, plan)
    page = client.get(f"/plans/{plan.key}/late/").content.decode()
    assert "5 open, of these 3 overdue" in page
    assert re.findall(r"<summary>([^<]*): \d+ open, of these \d+ overdue</summary>", page) != []
    assert ("Thing 2" in page, "working day" in page, "Remind of 2 overdue" in page) == (
        True,
        True,
        True,
    )
    one = client.get(f"/plans/{plan.key}/late/?unit={JIASHAN}&overdue=on").content.decode()
    assert ("Thing 3" in one, "Thing 2" in one, "<details" in one and " open>" in one) == (
        True,
        False,
        True,
    )


@pytest.mark.parametrize("path", ["late/", "late/rows/", "late/table.csv", "late/table.xlsx"])
def test_only_the_joint_office_finds_it(world: World, plan: Plan, some, path: str) -> None:
    party = signed_in(world.user(WUJIANG, Role.CONTACT_POINT))
    assert party.get(f"/plans/{plan.key}/{path}").status_code == 403
    assert office(world, plan).get(f"/plans/{plan.key}/{path}").status_code == 200


def test_download_is_what_is_shown(world: World, plan: Plan, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-1), title="=1+1")
    owed(ROUND, holder_code=JIASHAN, due_at=in_days(1))
    answer = office(world, plan).get(f"/plans/{plan.key}/late/table.csv?overdue=on")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("\ufeffCode,Responsible,")
    assert [line.split(",")[:5] for line in lines[1:]] == [
        [WUJIANG, "Wujiang District", "Joint preparation", "Answer a comment round", "'=1+1"]
    ]


def test_rows_are_sent_again_only_when_something_changed(world: World, plan: Plan, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-1))
    client, path = office(world, plan), f"/plans/{plan.key}/late/rows/"
    page = client.get(f"/plans/{plan.key}/late/")
    tag = page.context["etag"]
    same = client.get(path, headers={"if-none-match": tag})
    assert (same.status_code, same.content) == (304, b"")
    nudge(actor=world.coordinator(plan), plan=plan, unit=WUJIANG)
    fresh = client.get(path, headers={"if-none-match": tag})
    assert (fresh.status_code, fresh["ETag"] != tag) == (200, True)
    assert ("<html" in fresh.content.decode(), "Reminded today" in fresh.content.decode()) == (
        False,
        True,
    )
    other = client.get(f"{path}?overdue=on", headers={"if-none-match": fresh["ETag"]})
    assert other.status_code == 200


def test_line_says_when_it_was_reminded_and_how_far_it_went_up(
    world: World, plan: Plan, owed
) -> None:
    start = clock.now()
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-60), roles=frozenset({"planner"}))
    remind_due(actor=SYSTEM, now=start)
    (row,) = table(world, plan, unit=WUJIANG).rows
    (one,) = row.lines
    assert one.reminded is not None
    assert (one.reminded.last_at >= start, one.reminded.nudged_at, one.is_nudged) == (
        True,
        None,
        False,
    )
    assert one.reminded.step == 3


@pytest.mark.parametrize("many", [200, pytest.param(1_000, marks=pytest.mark.prove)])
def test_table_costs_the_same_for_ten_and_for_many_duties(
    world: World, plan: Plan, owed, django_assert_num_queries, many: int
) -> None:
    def owe(count: int) -> None:
        for _number in range(count):
            owed(ROUND, holder_code=WUJIANG, due_at=in_days(-1))

    client, path = office(world, plan), f"/plans/{plan.key}/late/"
    owe(10)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(37):
        code = f"3399{number:02}"
        Jurisdiction.objects.create(
            code=code, level="county", name_zh=code, name_en=code, path=f"{code}/"
        )
        add_party(plan=plan, code=code, role=PartyRole.CO_MAKER, must_sign=True)
    owe(many - 10)
    with django_assert_num_queries(len(few)):
        assert client.get(path).content.decode().count("Remind now") == many
