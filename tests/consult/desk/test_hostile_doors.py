"""Hostile values at every door of the desk, the inbox and the feeds: answers, never faults."""

import json
from datetime import timedelta
from time import process_time

import pytest
from django.db import connection
from django.test import Client

from consult.desk import actions
from consult.desk.feeds import actions as feeds
from consult.desk.models import ReminderPolicy
from plans.register.models import Plan
from stakeholders.notices.models import MailPreference, MutedTopic, Notice, OutboxMessage
from stakeholders.notices.steps import notify
from stakeholders.people.models import User
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.consult.desk.test_late import ROUND, office
from tests.turns import in_turns
from tests.world import QINGPU, WUJIANG, World, in_days

WORDS = [
    "\x00",
    "NaN",
    "9" * 5_000,
    "٣",
    "Asia/Shanghai\r\nX: y",
    "{link}<script>",
    "𠮷" * 300,
    "25:61",
    "9999-12-31",
]
VALUES = [
    None,
    True,
    -1,
    10**30,
    1.5,
    "9" * 5_000,
    "\x00",
    [],
    [[]],
    {},
    ["deadlines"] * 500,
    [10**30],
    [None],
    "24:00",
    "08:00+08:00",
    "NaN",
    "٣",
    "𠮷" * 300,
    "\ud800",
]
SETTINGS = {"rhythm": "daily", "hour": "17", "weekday": "0", "language": "both"}
POLICY = {
    "before": "7, 3",
    "every": "2",
    "office_after": "0",
    "escalate_after": "5",
    "hour": "08:00",
    "base": "0",
}
FINE = {200, 201, 204, 302, 400, 403, 404, 405, 409, 415, 422}


@pytest.fixture
def user(world: World) -> User:
    return world.user(QINGPU, Role.PLANNER)


@pytest.fixture
def mine(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def forms(pk: int) -> list[tuple[str, dict[str, object]]]:
    return [
        ("/notices/settings/", {**SETTINGS, "quiet_from": "", "quiet_until": "", "zone": "", "muted": ""}),
        ("/notices/mark/", {"notice": str(pk), "to": "read", "page": "", "topic": "", "plan": ""}),
        ("/notices/read-all/", {"topic": "", "plan": "", "unread": "", "page": ""}),
        ("/notices/mute/", {"mute": "", "unmute": ""}),
        ("/calendar/", {"plan": "", "name": "", "language": ""}),
        ("/plans/QWJ/late/remind/", {"duty": "x", "unit": "", "sentence": ""}),
        ("/plans/QWJ/reminders/", {**POLICY, "deadline": ""}),
        ("/plans/QWJ/reminders/", {**POLICY, "deadline": "", "preview": "1"}),
    ]  # fmt: skip


PAGES = {
    "/": ("plan", "group", "when", "all"),
    "/notices/": ("topic", "plan", "unread", "page"),
    "/calendar/": ("plan",),
    "/plans/QWJ/late/": ("unit", "group", "kind", "overdue", "sort"),
    "/plans/QWJ/late/rows/": ("unit", "group", "kind", "overdue", "sort"),
    "/plans/QWJ/late/table.csv": ("unit", "kind", "sort"),
    "/plans/QWJ/late/table.xlsx": ("unit",),
    "/plans/QWJ/dates/": ("x",),
    "/api/v1/duties/": ("plan", "group", "when"),
    "/api/v1/awaited/": ("plan", "group", "when"),
    "/api/v1/notices/": ("topic", "plan", "unread", "page", "page_size", "cursor"),
}


@in_turns(5)
def test_forms_answer_whatever_they_are_sent(
    world: World, plan: Plan, mine: Client, owed, of: int
) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), roles=frozenset({"planner"}))
    notify(people=[world.user(QINGPU, Role.PLANNER).pk], kind="round", title="t", url="/", key="k")
    pk = Notice.objects.get().pk
    joint_office = office(world, plan)
    odd = []
    doors = [(path, fields, name) for path, fields in forms(pk) for name in fields]
    for turn, (path, fields, name) in enumerate(doors):
        client = joint_office if path.startswith("/plans/") else mine
        for word in [*WORDS, ["1", "2", "x"] * 300][turn % of :: of]:
            status = client.post(path, {**fields, name: word}).status_code
            if status not in FINE:
                odd.append((path, name, word[:20], status))
    assert odd == []


def test_pages_answer_whatever_they_are_asked(world: World, plan: Plan, mine: Client, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), roles=frozenset({"planner"}))
    client = office(world, plan)
    odd = [
        (path, name, word[:20], status)
        for path, names in PAGES.items()
        for name in names
        for word in WORDS[:4]
        if (status := client.get(path, {name: word}).status_code) not in FINE
    ]
    assert odd == []


API = {
    ("put", "/api/v1/notices/settings/"): {
        "rhythm": "daily", "hour": 8, "weekday": 0, "quiet_from": None, "quiet_until": None,
        "zone": "", "language": "", "muted": [],
    },
    ("post", "/api/v1/notices/read-all/"): {"topic": "", "plan": "", "unread": False},
    ("post", "/api/v1/calendar/"): {"plan": "", "name": "", "language": ""},
    ("post", "/api/v1/plans/QWJ/nudges/"): {"duty": "x", "unit": "", "sentence": ""},
    ("put", "/api/v1/plans/QWJ/reminders/"): {
        "before": [7], "every": 2, "office_after": 0, "escalate_after": 5, "hour": "08:00", "base": 0,
    },
}  # fmt: skip


@in_turns(5)
def test_operations_answer_whatever_they_are_sent(world: World, plan: Plan, owed, of: int) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), roles=frozenset({"planner"}))
    client, odd = office(world, plan), []
    for (method, path), fields in API.items():
        bodies: list[tuple[str, object]] = [(n, {**fields, n: v}) for n in fields for v in VALUES]
        bodies += [("body", one) for one in (None, [], "x", 5, [fields])]
        # mass assignment: nothing of these is anybody's to say
        extra = {"user": 1, "user_id": 1, "id": 1, "secret_hash": "x", "plan_id": 1, "number": 99}
        bodies.insert(0, ("more", {**fields, **extra}))
        for name, body in bodies[::of]:
            said = json.dumps(body)
            answer = getattr(client, method)(path, said, content_type="application/json")
            if answer.status_code not in FINE:
                odd.append((path, name, said[:60], answer.status_code))
        for raw in (b"", b"\xff\xfe", b'{"hour": NaN}', b"[" * 20_000, b'{"hour": 1e999}'):
            answer = getattr(client, method)(path, raw, content_type="application/json")
            if answer.status_code not in FINE:
                odd.append((path, "raw", str(raw[:20]), answer.status_code))
    assert odd == []
    assert set(ReminderPolicy.objects.values_list("plan", flat=True)) <= {plan.pk}
    assert MailPreference.objects.exclude(user=world.coordinator(plan).person).count() == 0


def test_nothing_of_another_person_can_be_walked_to(world: World, user: User, mine: Client) -> None:
    other = world.user(WUJIANG, Role.PLANNER)
    notify(people=[other.pk], kind="round", title="SECRET", url="/", key="k")
    pk = Notice.objects.get().pk
    feed, _secret = feeds.make_feed(actor=world.actor(WUJIANG, Role.PLANNER))
    doors = [
        f"/notices/{pk}/read/", f"/api/v1/notices/{pk}/read/", f"/api/v1/notices/{pk}/unread/",
        f"/calendar/{feed.pk}/renew/", f"/calendar/{feed.pk}/revoke/",
        f"/api/v1/calendar/{feed.pk}/renew/", f"/api/v1/calendar/{feed.pk}/revoke/",
        f"/notices/{'9' * 30}/read/", f"/calendar/{'9' * 30}/revoke/",
        f"/api/v1/notices/{'9' * 30}/read/", f"/api/v1/calendar/{'9' * 30}/renew/",
        "/api/v1/notices/x/read/", "/api/v1/notices/%E2%80%AE/read/", "/api/v1/notices/٣/read/",
    ]  # fmt: skip
    assert [mine.post(door).status_code for door in doors] == [404] * len(doors)
    assert mine.get(f"/api/v1/notices/{pk}/").status_code == 404
    assert mine.post("/notices/mark/", {"notice": pk, "to": "read"}).status_code == 302
    mine.post("/notices/read-all/")
    assert Notice.objects.get().read_at is None
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_every_form_asks_for_its_token(user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    for path, fields in forms(1):
        assert strict.post(path, fields).status_code == 403, path
    for (method, path), body in API.items():
        said = json.dumps(body)
        answer = getattr(strict, method)(path, said, content_type="application/json")
        assert answer.status_code == 403, path
    assert (MutedTopic.objects.count(), MailPreference.objects.count()) == (0, 0)


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options", "trace"])
def test_feeds_are_opened_by_no_trick(world: World, method: str) -> None:
    _feed, secret = feeds.make_feed(actor=world.actor(QINGPU, Role.PLANNER))
    client = Client()
    tricks = [
        secret.swapcase(), secret[:-1], secret + "A", f"x/../{secret}", f"{secret}%00", f"%20{secret}",
        f"{secret}.ics", "%F0%A0%AE%B7", "%ff%fe", "A" * 20_000, f"{secret};x", "%2e%2e%2f" + secret,
    ]  # fmt: skip
    for trick in tricks:
        answer = getattr(client, method)(f"/calendar/{trick}.ics")
        assert answer.status_code in (400, 404, 405), trick
        assert b"BEGIN:VCALENDAR" not in answer.content
    if method not in ("get", "head"):
        answer = getattr(client, method)(f"/calendar/{secret}.ics")
        assert (answer.status_code, b"VCALENDAR" in answer.content) == (405, False)


def test_a_nudge_with_markup_is_text_and_keys_of_others_open_nothing(
    world: World, plan: Plan, owed
) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), roles=frozenset({"planner"}))
    key, client = f"{ROUND}:0:{WUJIANG}", office(world, plan)
    for odd in (
        f"{ROUND}:1:{WUJIANG}",
        key.upper(),
        f"{key}\u200b",
        f"{key}%",
        "٣",
        "\ufeff" + key,
    ):
        answer = client.post("/plans/QWJ/late/remind/", {"duty": odd})
        assert answer.status_code == 409, odd
    assert (Notice.objects.count(), RecordEntry.objects.filter(act="duty.nudge").count()) == (0, 0)
    said = {"duty": key, "sentence": "<img src=x onerror=alert(1)> https://evil.example {link}"}
    assert client.post("/plans/QWJ/late/remind/", said).status_code == 302
    reader = Client()
    reader.force_login(world.user(WUJIANG, Role.PLANNER))
    page = reader.get("/notices/").content.decode()
    assert ("<img src=x" in page, "&lt;img src=x" in page) == (False, True)
    assert 'href="https://evil.example' not in page


def test_a_party_that_looks_for_anothers_plan_is_told_nothing(world: World, owed) -> None:
    world.plan("SECRETPLAN", parties=(WUJIANG,))
    client = Client()
    client.force_login(world.user("320583", Role.PLANNER))
    for path in (
        "late/",
        "late/rows/",
        "late/table.csv",
        "late/table.xlsx",
        "dates/",
        "reminders/",
    ):
        assert client.get(f"/plans/SECRETPLAN/{path}").status_code == 404, path
    for path in ("duties/", "reminders/"):
        assert client.get(f"/api/v1/plans/SECRETPLAN/{path}").status_code == 404, path
    for path in ("/", "/api/v1/duties/", "/api/v1/awaited/", "/calendar/", "/notices/"):
        answer = client.get(path, {"plan": "SECRETPLAN"} if path != "/calendar/" else {})
        assert answer.status_code == 200
    made = client.post("/api/v1/calendar/", {"plan": "SECRETPLAN"}, content_type="application/json")
    assert made.status_code == 404
    assert connection.is_usable()


def test_thousands_of_duties_of_one_person_make_one_mail_of_bounded_length(
    world: World, owe
) -> None:
    world.plan()
    due_at = clock.now() - timedelta(days=40)
    for _number in range(3_000):
        owe(None, due_at, user_id=world.user(QINGPU, Role.PLANNER).pk)
    begun = process_time()
    assert actions.remind_due(actor=SYSTEM, now=clock.now()) == 3_000
    assert process_time() - begun < 60
    (mail,) = OutboxMessage.objects.all()
    assert len(mail.body) < 200_000
    assert "2800" in mail.body
