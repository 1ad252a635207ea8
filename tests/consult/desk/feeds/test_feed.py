"""The feed as calendar programs read it: whose dates, on which day, in which form."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from consult.desk import sources
from consult.desk.feeds.days import legal_day
from consult.desk.models import AnnouncedDeadline, CalendarFeed
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty
from stakeholders.terms.plan_date import PlanDate
from tests.consult.desk.conftest import Owe
from tests.consult.desk.feeds.conftest import Component, Read, Subscribe, parse
from tests.world import JIASHAN, QINGPU, WUJIANG, World

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai
DUE = datetime(2026, 12, 3, 17, 0, tzinfo=SHANGHAI)  # Thursday
CONTACT = Role.CONTACT_POINT.value


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.stated(NOW):
        yield


@pytest.fixture
def plan(world: World, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setattr(sources, "DATES", ())
    return world.plan()


def events(read: Read, path: str) -> list[Component]:
    return parse(read(path).content).of("VEVENT")


def summaries(read: Read, path: str) -> list[str]:
    return [event.text("SUMMARY") for event in events(read, path)]


def test_feed_holds_what_a_calendar_needs(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(QINGPU, DUE, CONTACT)
    path = subscribe(world.user(QINGPU, Role.CONTACT_POINT), name="办公电脑", language="zh-hans")
    answer = read(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = parse(answer.content)
    assert calendar.one("VERSION") == "2.0"
    assert calendar.one("PRODID") == "-//Jointplan//Deadlines//EN"
    assert calendar.text("X-WR-CALNAME") == calendar.text("NAME") == "办公电脑"
    assert calendar.parameters("REFRESH-INTERVAL") == "VALUE=DURATION"
    assert calendar.one("REFRESH-INTERVAL") == calendar.one("X-PUBLISHED-TTL") == "PT1H"
    assert calendar.all("METHOD") == []  # a stamp says when the entry changed, not when it was read
    (event,) = calendar.of("VEVENT")
    assert (event.parameters("DTSTART"), event.one("DTSTART")) == ("VALUE=DATE", "20261203")
    assert (event.parameters("DTEND"), event.one("DTEND")) == ("VALUE=DATE", "20261204")
    assert event.text("SUMMARY") == "截止 12-03 17:00（北京时间）：Thing 0"
    assert event.text("CATEGORIES") == "青吴嘉规划"
    assert (event.one("STATUS"), event.one("TRANSP"), event.one("SEQUENCE")) == (
        "CONFIRMED",
        "TRANSPARENT",
        "0",
    )
    assert event.one("DTSTAMP") == event.one("LAST-MODIFIED") == "20261123T020000Z"
    address = f"{settings.SITE_URL}/plans/QWJ/"
    assert event.one("URL") == address
    assert event.text("DESCRIPTION") == (
        f"Thing 0\n规划：青吴嘉协同规划\n截止时间：2026-12-03 17:00（北京时间）\n"
        f"责任单位：青浦区\n{address}"
    )
    assert event.one("UID").endswith(f"@{settings.SITE_HOST}")
    (alarm,) = event.of("VALARM")
    assert (alarm.one("ACTION"), alarm.one("TRIGGER")) == ("DISPLAY", "-PT15H")
    assert alarm.text("DESCRIPTION") == event.text("SUMMARY")


def test_feed_is_read_by_the_library_as_by_our_reader(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    for days in range(5):
        owe(QINGPU, DUE + timedelta(days=days), CONTACT)
    body = read(subscribe(world.user(QINGPU, Role.CONTACT_POINT))).content
    library = Calendar.from_ical(body)
    ours = parse(body)
    assert [str(event["summary"]) for event in library.walk("VEVENT")] == [
        event.text("SUMMARY") for event in ours.of("VEVENT")
    ]
    assert [event.start for event in library.walk("VEVENT")] == [
        date(2026, 12, day) for day in (3, 4, 5, 6, 7)
    ]
    assert len({event.one("UID") for event in ours.of("VEVENT")}) == 5
    # Nine in the morning of the last working day before: Friday for Saturday, Sunday and Monday.
    triggers = [event.of("VALARM")[0].one("TRIGGER") for event in ours.of("VEVENT")]
    assert triggers == ["-PT15H", "-PT15H", "-PT15H", "-P1DT15H", "-P2DT15H"]
    missing = [
        (event.one("UID"), name)
        for event in ours.of("VEVENT")
        for name in ("DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED")
        if len(event.all(name)) != 1
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("due_at", "day", "hour"),
    [
        (datetime(2026, 12, 3, 23, 59, 59, tzinfo=SHANGHAI), date(2026, 12, 3), "23:59"),
        (datetime(2026, 12, 4, 0, 0, 0, tzinfo=SHANGHAI), date(2026, 12, 3), "24:00"),
        (datetime(2026, 12, 4, 0, 0, 1, tzinfo=SHANGHAI), date(2026, 12, 4), "00:00"),
        (datetime(2026, 12, 3, 16, 30, tzinfo=UTC), date(2026, 12, 4), "00:30"),
        # the night in which Berlin's clocks go back
        (
            datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
            date(2026, 10, 25),
            "08:30",
        ),
    ],
)
def test_the_day_is_that_of_the_site(due_at: datetime, day: date, hour: str) -> None:
    found = legal_day(due_at)
    assert (found.day, found.hour) == (day, hour)


@pytest.mark.parametrize("month", [3, 7, 10])
def test_the_day_in_a_zone_with_summer_time_is_that_of_the_zone(month: int) -> None:
    """The hour people agreed on stands there, in winter as in summer."""
    at = datetime(2026, month, 29, 23, 59, 59, tzinfo=ZoneInfo("Europe/Berlin"))
    found = legal_day(at.astimezone(UTC), zone="Europe/Berlin")
    assert (found.day, found.hour) == (date(2026, month, 29), "23:59")
    with translation.override("zh-hans"):
        assert str(found) == f"{month:02}-29 23:59（Europe/Berlin）"


def test_a_reader_elsewhere_sees_the_same_bytes(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe
) -> None:
    """No zone of a reader moves the day: a date has none, and the alarm counts from it."""
    owe(QINGPU, datetime(2026, 3, 30, 23, 59, 59, tzinfo=SHANGHAI), CONTACT)
    path = subscribe(world.user(QINGPU, Role.CONTACT_POINT))
    bodies = set()
    for zone in ("Asia/Shanghai", "Europe/Berlin", "America/New_York"):
        client = Client()
        client.cookies["timezone"] = zone
        bodies.add(client.get(path, headers={"accept-language": "en"}).content)
    (body,) = bodies
    (event,) = parse(body).of("VEVENT")
    assert event.one("DTSTART") == "20260330"


def test_feed_follows_what_is_owed(
    world: World, plan: Plan, monkeypatch: pytest.MonkeyPatch, subscribe: Subscribe, read: Read
) -> None:
    """Done: gone at the next reading. Moved: the same event on another day, its number grown."""
    owed: list[Duty] = []
    monkeypatch.setattr(sources, "DUTIES", (lambda *, plans, now: list(owed),))
    monkeypatch.setattr(sources, "DUTIES_OF_INVITED", ())
    path = subscribe(world.user(QINGPU, Role.CONTACT_POINT))
    assert events(read, path) == []

    def duty(due_at: datetime) -> Duty:
        return Duty(
            kind="thing.do",
            plan_id=plan.pk,
            subject_id=1,
            title="Thing",
            url="/plans/QWJ/",
            due_at=due_at,
            holder_code=QINGPU,
            roles=frozenset({CONTACT}),
        )

    def announce(number: int, due_at: datetime) -> None:
        AnnouncedDeadline.objects.create(
            plan=plan, duty_key=owed[0].key, number=number, due_at=due_at, at=clock.now()
        )

    seen = []

    def look() -> None:
        (event,) = events(read, path)
        seen.append((event.one("UID"), event.one("DTSTART"), int(event.one("SEQUENCE"))))

    owed[:] = [duty(DUE)]
    look()
    announce(0, DUE)
    look()
    later = DUE + timedelta(days=4)
    owed[:] = [duty(later)]
    look()  # the sweep has not told it yet
    announce(1, later)
    look()
    announce(2, DUE)
    owed[:] = [duty(DUE)]
    look()
    uid = seen[0][0]
    assert seen == [
        (uid, "20261203", 0),
        (uid, "20261203", 0),
        (uid, "20261207", 1),
        (uid, "20261207", 1),
        (uid, "20261203", 2),
    ]
    owed.clear()
    assert events(read, path) == []


def test_overdue_says_so_and_rings_no_more(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(QINGPU, NOW - timedelta(days=2), CONTACT)
    path = subscribe(world.user(QINGPU, Role.CONTACT_POINT), language="en")
    (event,) = events(read, path)
    assert event.text("SUMMARY") == "Overdue since 11-21 10:00 (Beijing time): Thing 0"
    assert event.of("VALARM") == []


def test_undated_duties_are_in_no_calendar(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(QINGPU, None, CONTACT)
    assert events(read, subscribe(world.user(QINGPU, Role.CONTACT_POINT))) == []


def test_feed_is_of_all_present_mandates_of_its_person_alone(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    """Not only the one acted under; a mandate that ended is gone at the next reading."""
    owe(QINGPU, DUE, CONTACT)
    owe(WUJIANG, DUE, CONTACT)
    owe(JIASHAN, DUE, CONTACT)
    user = world.user(QINGPU, Role.CONTACT_POINT)
    path = subscribe(user, language="en")
    assert [text[-7:] for text in summaries(read, path)] == ["Thing 0"]
    mandate = world.mandate(WUJIANG, Role.CONTACT_POINT)
    Mandate.objects.filter(pk=mandate.pk).update(user=user)
    assert [text[-7:] for text in summaries(read, path)] == ["Thing 0", "Thing 1"]
    Mandate.objects.filter(pk=mandate.pk).update(valid_until=NOW)
    assert [text[-7:] for text in summaries(read, path)] == ["Thing 0"]
    Mandate.objects.filter(user=user).update(valid_until=NOW)
    assert summaries(read, path) == []


def test_one_duty_under_two_mandates_is_one_event(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(QINGPU, DUE, CONTACT, Role.PLANNER.value)
    user = world.user(QINGPU, Role.CONTACT_POINT)
    Mandate.objects.filter(pk=world.mandate(QINGPU, Role.PLANNER).pk).update(user=user)
    assert len(events(read, subscribe(user))) == 1


def test_feed_of_a_plan_holds_that_plan_alone(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    world.plan("OTHER")
    owe(QINGPU, DUE, CONTACT)
    user = world.user(QINGPU, Role.CONTACT_POINT)
    assert len(events(read, subscribe(user))) == 2
    path = subscribe(user, plan_key="OTHER")
    (event,) = events(read, path)
    assert event.one("URL") == f"{settings.SITE_URL}/plans/OTHER/"
    assert parse(read(path).content).text("NAME") == "青吴嘉规划"


def test_a_plan_seen_no_more_is_not_named(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(QINGPU, DUE, CONTACT)
    user = world.user(QINGPU, Role.CONTACT_POINT)
    path = subscribe(user, plan_key="QWJ")
    Mandate.objects.filter(user=user).update(valid_until=NOW)
    answer = read(path)
    assert (answer.status_code, b"VEVENT" in answer.content) == (200, False)
    assert parse(answer.content).text("NAME") == "协同规划办理期限"


def test_dates_are_for_who_takes_part_and_sees_the_plan(
    world: World, plan: Plan, monkeypatch: pytest.MonkeyPatch, subscribe: Subscribe, read: Read
) -> None:
    monkeypatch.setattr(sources, "DUTIES", ())
    monkeypatch.setattr(sources, "DUTIES_OF_INVITED", ())

    def source(*, plans: list[Plan], now: datetime) -> list[PlanDate]:
        given = {"plan_id": plan.pk, "url": "/plans/QWJ/", "at": DUE, "changed_at": NOW}
        parts = frozenset({QINGPU})
        own = {"jurisdictions": frozenset({WUJIANG}), "is_own": True, "number": 1}
        later = DUE + timedelta(days=3)
        return [
            PlanDate(
                key="close", title="closes", jurisdictions=parts, zone="Europe/Berlin", **given
            ),
            PlanDate(key="close", title="closes", **{**given, "at": later}, **own),
        ]

    monkeypatch.setattr(sources, "DATES", (source,))
    coordinator = Mandate.objects.get(role=Role.COORDINATOR.value, plan_key="QWJ").user
    seen = {
        name: summaries(read, subscribe(user, language="en"))
        for name, user in {
            "qingpu": world.user(QINGPU, Role.CONTACT_POINT),
            "wujiang": world.user(WUJIANG, Role.CONTACT_POINT),
            "jiashan": world.user(JIASHAN, Role.CONTACT_POINT),
            "office": coordinator,
        }.items()
    }
    common = ["12-03 10:00 (Europe/Berlin): closes"]
    assert seen == {
        "qingpu": common,
        "wujiang": ["12-06 17:00 (Beijing time): closes"],
        "jiashan": [],
        "office": common,
    }
    Mandate.objects.filter(jurisdiction=QINGPU).update(valid_until=NOW)
    assert summaries(read, subscribe(world.user(QINGPU, Role.CONTACT_POINT))) == []


@pytest.mark.parametrize(
    "title",
    [
        "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged",
        "a\nX-FORGED:1",
        '逗号,分号;反斜线\\冒号:引号"',
        "a\x00b\x0bc\x85d\u2028e\u2029f\x1bg",
        "协" * 300,
        "😀" * 80,
        "\\n is no line",
        "BEGIN:VALARM",
    ],
)
def test_hostile_titles_stay_titles(
    world: World,
    plan: Plan,
    monkeypatch: pytest.MonkeyPatch,
    subscribe: Subscribe,
    read: Read,
    title: str,
) -> None:
    duty = SimpleNamespace(title=title)
    owed = Duty(
        kind="thing.do",
        plan_id=plan.pk,
        subject_id=1,
        title=duty.title,
        url="/plans/QWJ/",
        due_at=DUE,
        holder_code=QINGPU,
    )
    monkeypatch.setattr(sources, "DUTIES", (lambda *, plans, now: [owed],))
    monkeypatch.setattr(sources, "DUTIES_OF_INVITED", ())
    Plan.objects.filter(pk=plan.pk).update(
        title_zh=title.replace("\0", "")[:200], short_zh="短,名;\\"
    )
    body = read(subscribe(world.user(QINGPU, Role.CONTACT_POINT))).content
    (event,) = parse(body).of("VEVENT")
    assert (len(event.all("UID")), len(event.of("VALARM"))) == (1, 1)
    shown = event.text("SUMMARY").removeprefix("截止 12-03 17:00（北京时间）：")
    kept = "".join(" " if ch in "\r\n\x0b\x85\u2028\u2029" else ch for ch in title)
    assert shown == " ".join("".join(ch for ch in kept if ch not in "\x00\x1b").split())
    assert event.text("CATEGORIES") == "短,名;\\"
    (library,) = Calendar.from_ical(body).walk("VEVENT")
    assert str(library["summary"]) == event.text("SUMMARY")


def test_demonstration_is_marked(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    Plan.objects.filter(pk=plan.pk).update(is_demonstration=True)
    owe(QINGPU, DUE, CONTACT)
    path = subscribe(world.user(QINGPU, Role.CONTACT_POINT), language="en", name="Phone")
    calendar = parse(read(path).content)
    (event,) = calendar.of("VEVENT")
    assert calendar.text("NAME") == "[Demonstration] Phone"
    assert event.text("SUMMARY").startswith("[Demonstration] Due 12-03 17:00")
    assert "have no legal effect" in event.text("DESCRIPTION")


def test_language_is_that_of_the_feed_else_of_the_person(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(QINGPU, DUE, CONTACT)
    user = world.user(QINGPU, Role.CONTACT_POINT)
    first = {
        (spoken, chosen): summaries(read, subscribe(_speaking(user, spoken), language=chosen))[0][
            :3
        ]
        for spoken in ("", "en", "zh-hans")
        for chosen in ("", "en", "zh-hans")
    }
    assert first == {
        ("", ""): "截止 ",
        ("", "en"): "Due",
        ("", "zh-hans"): "截止 ",
        ("en", ""): "Due",
        ("en", "en"): "Due",
        ("en", "zh-hans"): "截止 ",
        ("zh-hans", ""): "截止 ",
        ("zh-hans", "en"): "Due",
        ("zh-hans", "zh-hans"): "截止 ",
    }


def _speaking(user, language: str):
    user.language = language
    user.save(update_fields=["language"])
    return user


@pytest.mark.parametrize("many", [200, pytest.param(1_000, marks=pytest.mark.prove)])
def test_reading_costs_the_same_for_ten_and_for_many_duties(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read, many: int
) -> None:
    path = subscribe(world.user(QINGPU, Role.CONTACT_POINT))
    read(path)
    costs = []
    for more in (10, many - 10):
        for _number in range(more):
            owe(QINGPU, DUE, CONTACT)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = len(parse(read(path).content).of("VEVENT"))
        costs.append((found, len(queries)))
    assert [found for found, _cost in costs] == [10, many]
    assert costs[0][1] == costs[1][1]


def test_reading_writes_nothing_but_the_hour_of_it(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(QINGPU, DUE, CONTACT)
    path = subscribe(world.user(QINGPU, Role.CONTACT_POINT))

    def written() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert read(path).status_code == 200
        kinds = [query["sql"].split(" ", 2)[:2] for query in queries]
        return [" ".join(kind) for kind in kinds if kind[0] in ("INSERT", "UPDATE", "DELETE")]

    table = f'UPDATE "{CalendarFeed._meta.db_table}"'
    assert written() == [table]
    assert written() == []
    with clock.stated(NOW + timedelta(minutes=59)):
        assert written() == []
    with clock.stated(NOW + timedelta(minutes=60)):
        assert written() == [table]
    assert CalendarFeed.objects.get().read_at == NOW + timedelta(minutes=60)
