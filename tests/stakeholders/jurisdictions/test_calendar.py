"""The calendar as delivered, what administrators enter over it, and its pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.jurisdictions import actions, queries
from stakeholders.jurisdictions.enums import DayBasis
from stakeholders.jurisdictions.models import WorkdayOverride
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, Actor, ActorKind
from stakeholders.terms.errors import Invalid, Refused
from stakeholders.terms.workdays import (
    add_workdays,
    is_workday,
    next_workday,
    workdays_between,
)
from tests.world import World

NOVEMBER = date(2026, 11, 22)
DAYS = {
    "first": date(2027, 2, 9),
    "last": date(2027, 2, 10),
    "is_workday": False,
    "name_zh": "春节",
    "document": "国办发明电〔2026〕1号",
    "effective_from": NOVEMBER,
}


def site() -> Actor:
    return Actor(kind=ActorKind.ADMINISTRATOR, user_id=None)


@pytest.mark.django_db
def test_the_delivered_calendar_has_the_moved_days_of_2026() -> None:
    known = queries.overrides(on=NOVEMBER)
    worked = [day for day, work in known.items() if work]
    assert worked == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]
    assert all(day.weekday() > 4 for day in worked)
    assert queries.calendar_of(2026, on=NOVEMBER).workdays == 248
    assert queries.calendar_of(2026, on=NOVEMBER).basis is DayBasis.NOTICE


@pytest.mark.django_db
def test_a_year_without_a_notice_has_its_thirteen_statutory_days_and_no_worked_weekend() -> None:
    year = queries.calendar_of(2027, on=NOVEMBER)
    assert (len(year.moved), [row for row in year.moved if row.is_workday]) == (13, [])
    assert year.basis is DayBasis.LAW
    told = [(one.first.isoformat(), one.last.isoformat()) for one in year.stretches]
    assert told[1:4] == [
        ("2027-02-05", "2027-02-05"),
        ("2027-02-06", "2027-02-08"),
        ("2027-04-05", "2027-04-05"),
    ]
    assert queries.calendar_of(2028, on=NOVEMBER).basis is None


@pytest.mark.django_db
def test_a_notice_counts_from_the_day_it_was_published() -> None:
    assert queries.overrides(on=date(2025, 11, 3)).get(date(2026, 2, 14)) is None
    assert queries.overrides(on=date(2025, 11, 4))[date(2026, 2, 14)] is True


@pytest.mark.django_db
def test_the_running_year_and_from_november_the_next_are_asked_for() -> None:
    assert queries.year_without_notice(on=date(2026, 10, 31)) is None
    assert queries.year_without_notice(on=date(2026, 11, 1)) == 2027
    actions.enter_days(actor=site(), basis=DayBasis.NOTICE, **DAYS)
    assert queries.year_without_notice(on=NOVEMBER) is None


@pytest.mark.django_db
def test_entering_days_leaves_one_entry_and_counts_from_its_day() -> None:
    before = RecordEntry.objects.count()
    rows = actions.enter_days(actor=site(), **DAYS)
    assert [row.day for row in rows] == [date(2027, 2, 9), date(2027, 2, 10)]
    acts = RecordEntry.objects.order_by("pk").values_list("act", "subject")[before:]
    assert list(acts) == [("workdays.enter", "calendar:2027")]
    known = queries.overrides(on=NOVEMBER)
    assert known[date(2027, 2, 9)] is False
    assert date(2027, 2, 9) not in queries.overrides(on=NOVEMBER - timedelta(days=1))


@pytest.mark.django_db
def test_the_later_word_about_a_day_counts() -> None:
    actions.enter_days(actor=site(), **DAYS)
    actions.enter_days(actor=site(), **{**DAYS, "is_workday": True, "last": DAYS["first"]})
    known = queries.overrides(on=NOVEMBER)
    assert (known[date(2027, 2, 9)], known[date(2027, 2, 10)]) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"last": date(2027, 2, 8)}, "last"),
        ({"last": date(2027, 3, 12)}, "last"),
        ({"first": date(1990, 2, 9), "last": date(1990, 2, 9)}, "first"),
        ({"name_zh": " "}, "name_zh"),
        ({"document": ""}, "document"),
        ({"basis": DayBasis.LAW}, "basis"),
    ],
)
def test_days_that_make_no_sense_are_refused(changed: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.enter_days(actor=site(), **{**DAYS, **changed})
    assert list(refused.value.errors) == [field]
    assert WorkdayOverride.objects.count() == 0


@pytest.mark.django_db
def test_only_administrators_enter_days() -> None:
    with pytest.raises(Refused):
        actions.enter_days(actor=PUBLIC, **DAYS)


@pytest.mark.django_db
def test_the_page_of_a_year_names_its_moved_days(reader: Client) -> None:
    page = reader.get("/jurisdictions/calendar/2026/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert text.count("<table") == 13
    assert "Notice of the General Office of the State Council on the holidays of 2026" in text
    assert "Expected by law" not in text
    law = reader.get("/jurisdictions/calendar/2027/", headers={"accept-language": "en"})
    assert "Expected by law" in law.content.decode()
    none = reader.get("/jurisdictions/calendar/2030/", headers={"accept-language": "en"})
    assert "Nothing is known of this year but the ordinary week." in none.content.decode()
    assert reader.get("/jurisdictions/calendar/1999/").status_code == 404


@pytest.mark.django_db
def test_the_calendar_without_a_year_is_the_running_one(reader: Client) -> None:
    with clock.stated(datetime(2026, 12, 31, 17, tzinfo=UTC)):
        answer = reader.get("/jurisdictions/calendar/")
    assert answer.url == "/jurisdictions/calendar/2027/"


@pytest.mark.django_db
def test_only_administrators_are_told_that_a_notice_is_missing(
    world: World, reader: Client, client: Client
) -> None:
    world.administrator.is_staff = True
    world.administrator.save()
    client = Client()
    client.force_login(world.administrator)
    path, english = "/jurisdictions/calendar/2026/", {"accept-language": "en"}
    with clock.stated(datetime(2026, 11, 22, tzinfo=UTC)):
        told = client.get(path, headers=english).content.decode()
        untold = reader.get(path, headers=english).content.decode()
    assert ("For administrators" in told, "For administrators" in untold) == (True, False)


@pytest.mark.django_db
def test_the_administrators_form_enters_days_and_says_what_is_wrong(world: World) -> None:
    client = Client()
    client.force_login(superuser(world))
    path = "/admin/stakeholders/workdayoverride/add/"
    data = {
        "first": "2027-02-09",
        "last": "2027-02-08",
        "name_zh": "春节",
        "basis": "notice",
        "document": "国办发明电",
        "effective_from": "2026-11-22",
    }
    wrong = client.post(path, data, headers={"accept-language": "en"}).content.decode()
    assert "The last day lies before the first." in wrong
    assert 'value="国办发明电"' in wrong
    assert client.post(path, {**data, "last": "2027-02-10"}).status_code == 302
    assert WorkdayOverride.objects.count() == 2


def superuser(world: World):
    person = world.administrator
    person.is_staff = person.is_superuser = True
    person.save()
    return person


@pytest.mark.django_db
def test_the_api_enters_and_lists_days(world: World) -> None:
    client = Client()
    client.force_login(superuser(world))
    data = {
        "first": "2027-02-09",
        "last": "2027-02-10",
        "is_workday": False,
        "name_zh": "春节",
        "document": "国办发明电",
        "effective_from": "2026-11-01",
    }
    path, kind = "/api/v1/workdays/", "application/json"
    assert client.post(path, data, content_type=kind).status_code == 201
    wrong = client.post(path, {**data, "last": "2027-02-01"}, content_type=kind)
    assert (wrong.status_code, list(wrong.json())) == (400, ["last"])
    year = client.get(path, {"year": 2027}).json()
    assert (year["basis"], len(year["moved"])) == ("law", 15)
    assert client.get(path, {"year": 1}).status_code == 400


dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
calendars = st.dictionaries(dates, st.booleans(), max_size=60)


@given(day=dates, count=st.integers(0, 60), known=calendars)
def test_adding_working_days_ends_on_the_day_that_counts_as_many(
    day: date, count: int, known: dict[date, bool]
) -> None:
    end = add_workdays(day, count, known)
    assert workdays_between(day, end, known) == count
    assert count == 0 or is_workday(end, known)


@given(start=dates, middle=dates, end=dates, known=calendars)
def test_working_days_add_up(start: date, middle: date, end: date, known: dict[date, bool]) -> None:
    parts = workdays_between(start, middle, known) + workdays_between(middle, end, known)
    assert parts == workdays_between(start, end, known)
    assert workdays_between(start, end, known) == -workdays_between(end, start, known)


@given(day=dates, known=calendars)
def test_the_next_working_day_is_the_first_one(day: date, known: dict[date, bool]) -> None:
    found = next_workday(day, known)
    between = [day + timedelta(days=n) for n in range((found - day).days)]
    assert is_workday(found, known)
    assert [one for one in between if is_workday(one, known)] == []


@given(day=dates, count=st.integers(1, 40), rested=dates)
def test_one_more_day_of_rest_never_brings_an_end_forward(
    day: date, count: int, rested: date
) -> None:
    assert add_workdays(day, count, {rested: False}) >= add_workdays(day, count, {})


@pytest.mark.django_db
def test_a_calendar_of_a_past_day_knows_nothing_entered_later(django_assert_num_queries) -> None:
    entered_at = datetime(2026, 11, 23, 2, tzinfo=UTC)
    with clock.stated(entered_at):
        actions.enter_days(actor=site(), **{**DAYS, "effective_from": date(2026, 1, 1)})
    with django_assert_num_queries(1):
        on = queries.calendars()
        day = DAYS["first"]
        before, after = on(date(2026, 11, 22)).get(day), on(date(2026, 11, 23)).get(day)
    assert (before, after) == (None, False)
    assert queries.overrides(on=date(2026, 11, 22))[day] is False  # its day of effect only


@pytest.mark.django_db
def test_a_calendar_of_a_day_is_the_one_that_was_in_force() -> None:
    on = queries.calendars()
    for day in (date(2025, 11, 3), date(2025, 11, 4), NOVEMBER):
        assert on(day) == queries.overrides(on=day)
