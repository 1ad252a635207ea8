"""A local day and hour name one instant, or are refused with the reason."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.phase2_preparation.local_times import instant
from stakeholders.terms.errors import Invalid

ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")


@given(
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)),
    hour=st.times(),
    zone=st.sampled_from(ZONES),
)
def test_what_is_taken_reads_back_as_it_was_said(day: date, hour: time, zone: str) -> None:
    try:
        found = instant(day=day, hour=hour, zone=zone)
    except Invalid as error:
        found, field = None, list(error.errors)
    if found is None:
        assert field == ["closes_hour"]
        return
    local = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert (local, found.tzinfo) == (datetime.combine(day, hour), UTC)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "field"),
    [
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", "closes_hour"),  # left out
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", "closes_hour"),  # comes twice
        (date(1986, 5, 4), time(2, 30), "Asia/Shanghai", "closes_hour"),  # summer time of 1986
        (date(2026, 5, 4), time(0, 0), "Asia/Shanghai", "closes_hour"),  # midnight
        (date(2026, 5, 4), time(17, 0), "Nowhere/At-all", "zone"),
        (date(2026, 5, 4), time(17, 0), "../etc/passwd", "zone"),
        (date(2026, 5, 4), time(17, 0), "", "zone"),
        (date(1, 1, 1), time(1, 0), "Asia/Shanghai", "closes_hour"),  # before the first instant
    ],
)
def test_what_names_no_one_instant_is_refused(day: date, hour: time, zone: str, field: str) -> None:
    with pytest.raises(Invalid) as error:
        instant(day=day, hour=hour, zone=zone)
    assert list(error.value.errors) == [field]


def test_the_last_minute_of_a_day_is_taken() -> None:
    found = instant(day=date(2026, 5, 4), hour=time(23, 59), zone="Asia/Shanghai")
    assert found == datetime(2026, 5, 4, 15, 59, tzinfo=UTC)
