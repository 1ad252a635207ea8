"""The sweep's reminders: whom, when, in which words, and never twice."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.desk import actions
from consult.desk.actions import reminding
from consult.desk.kinds import DUTY_KINDS
from consult.desk.models import AnnouncedDeadline
from consult.desk.reminding.reaching import INSIDE, MOVE_IS_TOLD, TOLD_ABOVE
from consult.desk.windows import Policy
from plans.register.enums import PartyRole
from plans.register.steps import add_party
from stakeholders.jurisdictions.models import WorkdayOverride
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.duty import NOBODY
from stakeholders.terms.errors import Refused
from tests.world import JIANGSU, JIASHAN, QINGPU, SHANGHAI, WUJIANG, World

ZONE = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=ZONE)


MONDAY = at(11, 23)  # seven working days before DUE
DUE = at(12, 2, 17)  # a Wednesday


def remind(now: datetime = MONDAY) -> int:
    with clock.stated(now):
        return actions.remind_due(actor=SYSTEM, now=clock.now())


def told() -> list[tuple[str, str, str]]:
    """(person, kind, English title), sorted."""
    rows = Notice.objects.order_by("user__email", "pk")
    return list(rows.values_list("user__email", "kind", "title_en"))


def readers() -> list[str]:
    return sorted(Notice.objects.values_list("user__email", flat=True))


def test_each_holder_is_reminded_once_a_window(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, DUE, "planner", "contact_point")
    days = [at(11, 22), MONDAY, at(11, 24), at(11, 27), at(12, 1), at(12, 2), at(12, 2, 18)]
    assert [remind(day) for day in days] == [0, 2, 0, 2, 2, 2, 0]
    assert set(readers()) == {"planner@310118.example", "contact_point@310118.example"}
    assert Notice.objects.count() == OutboxMessage.objects.count() == 8


def test_who_has_done_it_is_not_reminded(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, DUE, "planner")
    owe(WUJIANG, DUE, "planner")
    remind()
    del owe.rows[0]
    assert remind(at(11, 27)) == 1
    assert readers()[-1] == "planner@320509.example"


def test_one_mail_a_person_lists_all_it_is_reminded_of(world: World, owe) -> None:
    world.plan()
    for _number in range(5):
        owe(QINGPU, DUE, "planner")
    assert [remind(), remind()] == [5, 0]
    mail = OutboxMessage.objects.get()
    assert [f"Thing {n}" in mail.body for n in range(5)] == [True] * 5
    assert "5" in mail.subject


def test_after_an_outage_only_the_newest_is_sent(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, DUE, "planner")
    assert [remind(at(12, 16)), remind(at(12, 16))] == [3, 0]  # its office and contact point too
    assert {key.split(":")[4] for key in Notice.objects.values_list("key", flat=True)} == {"late-9"}


def test_a_duty_that_arose_after_its_window_reminds_with_the_next(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, DUE, "planner", since=at(11, 23, 8, 1))
    assert [remind(), remind(at(11, 27))] == [0, 1]


def test_a_moved_deadline_tells_and_reminds_anew_in_one_mail(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, DUE, "planner")
    remind()
    owe.rows[0]["due_at"] = at(11, 26, 17)
    assert [remind(), remind()] == [2, 0]
    moved = "Deadline moved from 2026-12-02 17:00 to 2026-11-26 17:00: Thing 0"
    assert sorted((kind, title) for _who, kind, title in told()) == [
        ("duty.moved", moved),
        ("duty.reminder", "3 working days left: Thing 0 (due 2026-11-26 17:00)"),
        ("duty.reminder", "7 working days left: Thing 0 (due 2026-12-02 17:00)"),
    ]
    assert OutboxMessage.objects.count() == 2


def test_announced_deadlines_are_kept_with_a_number_for_each_move(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, at(12, 30), "planner")
    owe(QINGPU, None, "planner")
    remind()
    assert Notice.objects.count() == 0  # the first is announced by whoever set it
    owe.rows[0]["due_at"] = at(12, 31)
    assert [remind(), remind()] == [1, 0]
    owe.rows[0]["due_at"] = at(12, 30)
    assert [remind(), remind()] == [1, 0]
    rows = AnnouncedDeadline.objects.values_list("number", "due_at")
    assert list(rows) == [(0, at(12, 30)), (1, at(12, 31)), (2, at(12, 30))]


def test_a_move_that_its_act_told_is_kept_and_not_told_again(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, at(12, 30), "planner", kind="round.answer")
    remind()
    owe.rows[0]["due_at"] = at(12, 31)
    assert remind() == 0
    assert AnnouncedDeadline.objects.count() == 2


def test_a_crash_between_telling_and_keeping_loses_and_doubles_nothing(
    world: World, owe, monkeypatch
) -> None:
    world.plan()
    owe(QINGPU, at(12, 30), "planner")
    remind()
    owe.rows[0]["due_at"] = at(12, 31)
    with monkeypatch.context() as broken:
        broken.setattr(reminding, "_tell", _crash)
        with pytest.raises(RuntimeError):
            remind()
    assert (Notice.objects.count(), AnnouncedDeadline.objects.count()) == (0, 1)
    with monkeypatch.context() as broken:
        calls = iter([None, _crash])  # the first of the two writes is of what is new
        broken.setattr(reminding, "write_announced", lambda rows: (next(calls) or list)(rows))
        with pytest.raises(RuntimeError):
            remind()
    assert (Notice.objects.count(), AnnouncedDeadline.objects.count()) == (1, 1)
    assert remind() == 0
    assert (Notice.objects.count(), AnnouncedDeadline.objects.count()) == (1, 2)


def _crash(*_args: object) -> int:
    raise RuntimeError("killed")


def test_a_deadline_that_came_to_lie_on_a_rest_day_is_told_the_office_once(
    world: World, owe
) -> None:
    world.plan()
    for _number in range(3):
        owe(QINGPU, at(12, 30), "planner")
    owe(QINGPU, at(12, 27), "planner")  # a Sunday from the start: whoever set it knew
    owe(QINGPU, at(12, 30), "planner", secret_of=NOBODY)
    assert remind() == 0
    WorkdayOverride.objects.create(
        day=date(2026, 12, 30),
        is_workday=False,
        name_zh="放假",
        document="通知",
        effective_from=date(2026, 11, 25),
        entered_at=MONDAY,
    )
    assert [remind(at(11, 24)), remind(at(11, 25)), remind(at(11, 26))] == [0, 1, 0]
    assert told() == [
        (
            "coordinator@joint.example",
            "duty.rest_day",
            "The deadline 2026-12-30 09:00 now falls on a rest day: 3 duties of QWJ plan",
        )
    ]


def test_a_rest_day_entered_late_with_an_earlier_day_of_effect_is_told_too(
    world: World, owe
) -> None:
    world.plan()
    owe(QINGPU, at(12, 30), "planner")
    assert remind() == 0
    WorkdayOverride.objects.create(
        day=date(2026, 12, 30),
        is_workday=False,
        name_zh="放假",
        document="通知",
        effective_from=date(2026, 1, 1),
        entered_at=at(11, 24),
    )
    assert [remind(at(11, 24)), remind(at(11, 25))] == [1, 0]


def test_the_joint_office_is_reminded_of_its_own(world: World, owe) -> None:
    plan = world.plan()
    owe(None, DUE, "coordinator")
    assert remind() == 1
    assert Notice.objects.get().user_id == world.coordinator(plan).person


def test_nobody_is_reminded_of_what_has_no_date_or_lies_far(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, None, "planner")
    owe(QINGPU, DUE + timedelta(days=20), "planner")
    assert remind() == 0


@pytest.mark.parametrize(
    ("now", "zh", "en"),
    [
        (
            MONDAY,
            "还有7个工作日：Thing 0（2026-12-02 17:00到期）",
            "7 working days left: Thing 0 (due 2026-12-02 17:00)",
        ),
        (
            at(12, 2),
            "今日到期：Thing 0（截至2026-12-02 17:00）",
            "Due today: Thing 0 (until 2026-12-02 17:00)",
        ),
        (
            at(12, 3),
            "逾期1个工作日：Thing 0（2026-12-02 17:00到期）",
            "1 working day overdue: Thing 0 (due 2026-12-02 17:00)",
        ),
    ],
)
def test_reminder_reads_in_both_languages(world: World, owe, now, zh: str, en: str) -> None:
    world.plan()
    owe(QINGPU, DUE, "planner")
    remind(now)
    row = Notice.objects.get(user=world.user(QINGPU, Role.PLANNER))
    assert (row.title_zh, row.title_en) == (zh, en)
    assert row.due_at == DUE


# Who else is told of what is late.


def with_levels_above(world: World) -> None:
    """A plan in which both provinces take part: one above Wujiang, one above others."""
    plan = world.plan()
    for code in (JIANGSU, SHANGHAI):
        add_party(plan=plan, code=code, role=PartyRole.UPPER, must_sign=False)
        world.mandate(code, Role.CONTACT_POINT)


OWES = "planner@320509.example"
OFFICE = "coordinator@joint.example"
CONTACT = "contact_point@320509.example"
SIGNS = "signatory@320509.example"
PROVINCE = "contact_point@320000.example"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(12, 2), [OWES]),
        (at(12, 3), [OFFICE, OWES]),  # one day: the office from the first
        (at(12, 9), [CONTACT, OFFICE, OWES]),  # five
        (at(12, 17), [CONTACT, OFFICE, OWES, SIGNS]),  # eleven
        (at(12, 23), [CONTACT, PROVINCE, OFFICE, OWES, SIGNS]),  # fifteen
        (at(12, 31), [CONTACT, PROVINCE, OFFICE, OWES, SIGNS]),
    ],
)
def test_what_stays_late_rises_step_by_step(world: World, owe, now, expected: list[str]) -> None:
    with_levels_above(world)
    owe(WUJIANG, DUE, "planner", kind="milestone.report")
    assert remind(now) == len(expected)
    assert readers() == sorted(expected)


def test_an_escalation_says_what_is_late_since_when_and_who_owes_it(world: World, owe) -> None:
    with_levels_above(world)
    owe(WUJIANG, DUE, "planner", kind="milestone.report")
    remind(at(12, 23))
    late = "15 working days overdue: Thing 0 (due 2026-12-02 17:00)"
    words = f"{late}. Responsible: Wujiang District"
    assert sorted(told()) == [
        (PROVINCE, "duty.escalation", words),
        (CONTACT, "duty.escalation", words),
        (OFFICE, "duty.reminder", words),
        (OWES, "duty.reminder", late),
        (SIGNS, "duty.escalation", words),
    ]
    row = Notice.objects.get(user__email=OFFICE)
    assert row.title_zh == "逾期15个工作日：Thing 0（2026-12-02 17:00到期），责任单位：吴江区"
    assert dict(Notice.objects.values_list("user__email", "url")) == {
        CONTACT: "/plans/QWJ/",
        PROVINCE: "/plans/QWJ/",
        OFFICE: "/plans/QWJ/late/",
        OWES: "/plans/QWJ/",
        SIGNS: "/plans/QWJ/",
    }


@pytest.mark.parametrize("kind", sorted(INSIDE))
def test_what_lies_inside_a_jurisdiction_never_rises(world: World, owe, kind: str) -> None:
    with_levels_above(world)
    owe(WUJIANG, DUE, "planner", kind=kind)
    assert remind(at(12, 31)) == 1
    assert readers() == [OWES]


def test_a_secret_duty_never_rises(world: World, owe) -> None:
    with_levels_above(world)
    owe(WUJIANG, DUE, "planner", kind="milestone.report", secret_of=NOBODY)
    office = User.objects.get(email=OFFICE)
    owe(WUJIANG, DUE, "planner", kind="milestone.report", secret_of=office.pk)
    assert remind(at(12, 31)) == 2
    assert readers() == [OWES, OWES]


def test_what_a_single_person_owes_never_rises(world: World, owe) -> None:
    world.plan()
    planner = world.user(WUJIANG, Role.PLANNER)
    owe(WUJIANG, DUE, user_id=planner.pk)
    assert remind(at(12, 31)) == 1
    assert readers() == [OWES]


def test_what_is_of_the_working_draft_does_not_reach_the_level_above(world: World, owe) -> None:
    with_levels_above(world)
    owe(WUJIANG, DUE, "planner", kind="claim.answer")
    remind(at(12, 31))
    assert readers() == sorted([CONTACT, OFFICE, OWES, SIGNS])


def test_an_ended_mandate_is_told_nothing_more(world: World, owe) -> None:
    world.plan()
    owe(WUJIANG, DUE, "planner")
    mandate = world.mandate(WUJIANG, Role.PLANNER)
    remind()
    Mandate.objects.filter(pk=mandate.pk).update(valid_until=at(11, 26))
    assert remind(at(11, 27)) == 0


def test_the_tables_name_only_kinds_there_are() -> None:
    assert (INSIDE | TOLD_ABOVE | MOVE_IS_TOLD) - DUTY_KINDS.keys() == set()
    assert set() == INSIDE & TOLD_ABOVE


# The plan's own policy.


def set_policy(world: World, policy: Policy, now: datetime) -> None:
    plan = world.plan()
    with clock.stated(now):
        actions.set_reminders(actor=world.coordinator(plan), plan=plan, policy=policy, base=0)


def test_the_plans_own_policy_counts_from_when_it_was_set(world: World, owe) -> None:
    owe(WUJIANG, DUE, "planner")
    policy = Policy(before=(8, 2), every=3, office_after=4, escalate_after=None, hour=time(10))
    set_policy(world, policy, MONDAY)
    # What it would have sent on Friday before it was set it does not send.
    days = [MONDAY, at(11, 30, 9, 59), at(11, 30, 10), at(12, 3, 10), at(12, 8, 10), at(12, 11, 10)]
    assert [remind(day) for day in days] == [0, 0, 1, 1, 2, 2]
    names = Notice.objects.order_by("pk").values_list("key", flat=True)
    assert [name.split(":")[4] for name in names] == [
        "before-2",
        "late-1",
        *["late-4"] * 2,
        *["late-7"] * 2,
    ]


# Twice at once, and how much it costs.


def test_reminding_costs_the_same_for_few_and_many_plans(
    world: World, owe, django_assert_num_queries
) -> None:
    for number in range(6):
        world.plan(f"P{number}")
    owe(QINGPU, DUE + timedelta(days=60), "planner")
    remind()
    with django_assert_num_queries(7):  # calendar, plans, parties, units, policies, announced
        remind()


def test_telling_costs_the_same_for_few_and_many(world: World, owe) -> None:
    """A constant number of queries for a portion, however many people and duties are in it."""
    world.plan()
    owe(QINGPU, DUE + timedelta(days=60), "planner")
    remind()
    costs = []
    for count in (2, 20):
        for number in range(count):
            owe(QINGPU, at(12, 2, 17, count, number), "planner")
            owe(WUJIANG, at(12, 2, 17, count, number), "planner", "contact_point")
        with CaptureQueriesContext(connection) as queries:
            assert remind() == 3 * count
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_person_is_in_one_portion_with_everything(world: World, owe, monkeypatch) -> None:
    monkeypatch.setattr(reminding, "TELLINGS_AT_ONCE", 4)
    world.plan()
    for _number in range(3):
        owe(QINGPU, DUE, "planner", "contact_point")
        owe(WUJIANG, DUE, "planner", "contact_point", "signatory")
        owe(JIASHAN, DUE, "signatory")
    assert remind() == 18
    assert OutboxMessage.objects.count() == 6
    assert [mail.body.count("Thing") for mail in OutboxMessage.objects.all()] == [
        6
    ] * 6  # both languages


def test_people_do_not_remind(world: World) -> None:
    with pytest.raises(Refused):
        actions.remind_due(actor=world.actor(QINGPU, Role.COORDINATOR), now=clock.now())
