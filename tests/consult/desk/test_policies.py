"""The reminder policy of a plan: the act, its page with the preview, its operation."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from consult.desk import actions
from consult.desk.models import ReminderPolicy
from consult.desk.policies import as_policy, policies_of, policy_of, versions_of
from consult.desk.preview import preview
from consult.desk.windows import DEFAULT, Policy
from plans.register.models import Plan
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.world import KUNSHAN, QINGPU, WUJIANG, World, in_days

OWN = Policy(before=(10, 5, 0), every=3, office_after=1, escalate_after=None, hour=time(9, 30))
TYPED = {
    "before": "10，5、 0",
    "every": "3",
    "office_after": "1",
    "escalate_after": "",
    "hour": "09:30",
    "deadline": "2026-10-12",
    "base": "0",
}


def put(world: World, plan: Plan, policy: Policy = OWN, base: int = 0) -> ReminderPolicy:
    office = world.coordinator(plan)
    return actions.set_reminders(actor=office, plan=plan, policy=policy, base=base)


def signed_in(world: World, code: str, role: Role, *, plan_key: str = "") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.mandate(code, role, plan_key=plan_key).user)
    return client


def office(world: World) -> Client:
    return signed_in(world, QINGPU, Role.COORDINATOR, plan_key="QWJ")


def test_setting_a_policy_is_one_entry_and_a_version(world: World) -> None:
    plan = world.plan()
    assert policy_of(plan).policy == DEFAULT
    first = put(world, plan)
    second = put(world, plan, replace(OWN, every=1), base=1)
    assert [row.number for row in versions_of(plan)] == [2, 1]
    assert as_policy(first) == OWN
    standing = policy_of(plan)
    assert (standing.number, standing.since, standing.policy.every) == (2, second.at, 1)
    entries = RecordEntry.objects.filter(act="reminders.set").order_by("pk")
    assert [entry.subject for entry in entries] == [
        f"reminder_policy:{first.pk}",
        f"reminder_policy:{second.pk}",
    ]


def test_policies_of_many_plans_are_one_query(world: World, django_assert_num_queries) -> None:
    plans = [world.plan(f"P{number}") for number in range(3)]
    for plan in plans[:2]:
        office = world.mandate(QINGPU, Role.COORDINATOR, plan_key=plan.key)
        actions.set_reminders(
            actor=world.actor(office.jurisdiction_id, Role.COORDINATOR, plan_key=plan.key),
            plan=plan,
            policy=OWN,
            base=0,
        )
    with django_assert_num_queries(1):
        found = policies_of([plan.pk for plan in plans])
    assert {pk: one.policy for pk, one in found.items()} == {plan.pk: OWN for plan in plans[:2]}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"before": (7, 7)}, "before"),
        ({"before": (3, 7)}, "before"),
        ({"before": (61,)}, "before"),
        ({"before": (-1,)}, "before"),
        ({"before": tuple(range(9, 0, -1))}, "before"),
        ({"every": 0}, "every"),
        ({"every": 31}, "every"),
        ({"office_after": -1}, "office_after"),
        ({"office_after": 61}, "office_after"),
        ({"escalate_after": 0}, "escalate_after"),
        ({"escalate_after": 61}, "escalate_after"),
        ({"hour": time(8, 0, 1)}, "hour"),
        ({"hour": time(8, 0, tzinfo=UTC)}, "hour"),
    ],
)
def test_what_is_out_of_its_limits_is_refused_at_its_field(
    world: World, changed: dict[str, object], field: str
) -> None:
    plan = world.plan()
    with pytest.raises(Invalid) as caught:
        put(world, plan, replace(OWN, **changed))
    assert list(caught.value.errors) == [field]
    assert ReminderPolicy.objects.count() == 0


@pytest.mark.parametrize(
    "policy",
    [
        replace(OWN, before=()),
        replace(OWN, before=(60, 0), every=30, office_after=60, escalate_after=60),
        replace(OWN, before=tuple(range(7, -1, -1)), every=1, office_after=0, escalate_after=1),
    ],
)
def test_the_limits_themselves_are_allowed(world: World, policy: Policy) -> None:
    plan = world.plan()
    put(world, plan, policy)
    assert policy_of(plan).policy == policy


def test_who_has_not_read_the_newest_policy_sets_none(world: World) -> None:
    plan = world.plan()
    put(world, plan)
    with pytest.raises(Conflict):
        put(world, plan, replace(OWN, every=1))
    with pytest.raises(Conflict):
        put(world, plan, base=1)  # nothing would change
    assert ReminderPolicy.objects.count() == 1


def test_only_the_joint_office_sets_it(world: World) -> None:
    plan = world.plan()
    for role in (Role.CONTACT_POINT, Role.PLANNER, Role.SIGNATORY):
        with pytest.raises(Refused):
            actions.set_reminders(actor=world.actor(QINGPU, role), plan=plan, policy=OWN, base=0)


def test_preview_shows_each_reminder_until_all_steps_are_reached() -> None:
    calendar = {date(2026, 10, 10): True, **{date(2026, 10, n): False for n in range(1, 8)}}
    lines = preview(Policy(before=(3, 0), every=5), day=date(2026, 10, 12), calendar=calendar)
    assert [(f"{line.at:%m-%d %H:%M}", line.window.name, len(line.readers)) for line in lines] == [
        ("10-08 08:00", "before-3", 1),
        ("10-12 08:00", "before-0", 1),
        ("10-13 08:00", "late-1", 2),
        ("10-20 08:00", "late-6", 3),
        ("10-27 08:00", "late-11", 4),
        ("11-03 08:00", "late-16", 5),
    ]


def test_page_shows_what_counts_and_the_form_to_the_office_only(world: World) -> None:
    world.plan()
    page = office(world).get("/plans/QWJ/reminders/")
    assert page.status_code == 200
    assert "Set the policy" in page.text
    assert "No policy was set" in page.text
    page = signed_in(world, WUJIANG, Role.PLANNER).get("/plans/QWJ/reminders/")
    assert page.status_code == 200
    assert "Set the policy" not in page.text
    assert signed_in(world, KUNSHAN, Role.PLANNER).get("/plans/QWJ/reminders/").status_code == 404


def test_page_sets_the_policy_and_lists_it(world: World) -> None:
    plan = world.plan()
    client = office(world)
    answer = client.post("/plans/QWJ/reminders/", TYPED)
    assert answer.status_code == 302
    assert policy_of(plan).policy == OWN
    assert "10, 5, 0" in client.get("/plans/QWJ/reminders/").text
    again = client.post("/plans/QWJ/reminders/", TYPED)
    assert again.status_code == 422
    assert "Another policy was set meanwhile" in again.text


def test_preview_button_sets_nothing_and_keeps_what_was_typed(world: World) -> None:
    world.plan()
    page = office(world).post("/plans/QWJ/reminders/", {**TYPED, "preview": "1"})
    assert page.status_code == 200
    assert [line.window.name for line in page.context["lines"]][:4] == [
        "before-10",
        "before-5",
        "before-0",
        "late-1",
    ]
    assert page.context["lines"][0].at == datetime(2026, 9, 21, 1, 30, tzinfo=UTC)
    assert 'value="10，5、 0"' in page.text
    assert ReminderPolicy.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("before", "seven"),
        ("before", "0, 3"),
        ("before", "9999"),
        ("every", "0"),
        ("every", "99999999"),
        ("escalate_after", "x"),
        ("hour", "25:00"),
        ("deadline", "9999-12-31"),
        ("base", "x"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"preview": "1"}])
def test_what_is_wrong_stands_at_its_field_and_is_kept(
    world: World, field: str, value: str, button: dict[str, str]
) -> None:
    world.plan()
    page = office(world).post("/plans/QWJ/reminders/", {**TYPED, field: value, **button})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert ReminderPolicy.objects.count() == 0


def test_posting_is_refused_to_others(world: World) -> None:
    world.plan()
    client = signed_in(world, QINGPU, Role.CONTACT_POINT)
    assert client.post("/plans/QWJ/reminders/", TYPED).status_code == 403
    assert ReminderPolicy.objects.count() == 0


def test_operation_reads_and_sets(world: World) -> None:
    world.plan()
    client = office(world)
    path = "/api/v1/plans/QWJ/reminders/"
    assert client.get(path).json() == {
        "number": 0,
        "since": None,
        "before": [7, 3, 1, 0],
        "every": 2,
        "office_after": 0,
        "escalate_after": 5,
        "hour": "08:00",
    }
    said = {"before": [10, 5, 0], "every": 3, "office_after": 1, "escalate_after": None}
    body = {**said, "hour": "09:30", "base": 0}
    with clock.stated(in_days(1)):
        answer = client.put(path, body, content_type="application/json")
    assert answer.status_code == 200
    assert {**answer.json(), "since": ""} == {**said, "number": 1, "since": "", "hour": "09:30"}
    wrong = client.put(path, {**body, "base": 1, "every": 0}, content_type="application/json")
    assert (wrong.status_code, "every" in str(wrong.json())) == (400, True)
    assert client.put(path, body, content_type="application/json").status_code == 409
