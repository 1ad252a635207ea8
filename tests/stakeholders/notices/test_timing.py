from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholders.notices.enums import Rhythm
from stakeholders.notices.timing import (
    Mailing,
    Preference,
    is_quiet,
    next_digest,
    out_of_quiet,
    when_to_mail,
    zone_of,
)

ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",  # summer time is half an hour
    "Africa/Casablanca",
    "Pacific/Kiritimati",
    "UTC",
]
MINUTE = timedelta(minutes=1)
DIGESTS = (Rhythm.DAILY, Rhythm.WEEKLY)
clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
FIRST, LAST = datetime(2024, 1, 1), datetime(2031, 1, 1)  # noqa: DTZ001 - bounds have no zone
instants = st.datetimes(FIRST, LAST).map(lambda at: at.replace(tzinfo=UTC))
preferences = st.builds(
    Preference,
    rhythm=st.sampled_from(Rhythm),
    hour=st.integers(0, 23),
    weekday=st.integers(0, 6),
    quiet_from=st.none() | clock_times,
    quiet_until=st.none() | clock_times,
    zone=st.sampled_from(ZONES),
    muted=st.sets(st.sampled_from(["rounds", "sign_off", "account"])).map(frozenset),
)
digesting = preferences.filter(lambda one: one.rhythm in DIGESTS)


@given(preference=preferences, now=instants, due=st.none() | instants)
def test_what_has_legal_effect_goes_at_once_whatever_is_preferred(
    preference: Preference, now: datetime, due: datetime | None
) -> None:
    for kind in ("sign_off.open", "mandate.end", "invitation.send"):
        assert when_to_mail(preference, kind, due, now) == Mailing(at=now)


@given(preference=preferences, now=instants, due=st.none() | instants)
def test_the_rest_follows_muting_then_rhythm_then_quiet_hours(
    preference: Preference, now: datetime, due: datetime | None
) -> None:
    said = when_to_mail(preference, "round", due, now)
    if "rounds" in preference.muted:
        assert said == Mailing(at=None, is_counted=False)
    elif preference.rhythm is Rhythm.NEVER:
        assert said == Mailing(at=None)
    else:
        assert said.is_counted
        assert said.at is not None
        assert said.at >= now
        assert not is_quiet(preference, said.at)
        waits = preference.rhythm in DIGESTS
        if waits and (due is None or due >= next_digest(preference, now)):
            assert (said.is_digest, said.at) == (True, next_digest(preference, now))
        else:
            assert (said.is_digest, said.at) == (False, out_of_quiet(preference, now))


@settings(max_examples=60)
@given(preference=preferences, now=instants)
def test_quiet_hours_end_as_soon_as_the_clock_says_so(
    preference: Preference, now: datetime
) -> None:
    end = out_of_quiet(preference, now)
    assert end - now < timedelta(hours=26)
    step, at = timedelta(minutes=15), now
    gap = _is_in_gap(preference, end)
    while at < end - (timedelta(hours=1) if gap else timedelta()):
        assert is_quiet(preference, at)
        at += step


@settings(max_examples=40, deadline=None)
@given(preference=digesting, now=instants)
def test_digests_leave_at_the_hour_of_the_wall_clock_each_one_after_the_other(
    preference: Preference, now: datetime
) -> None:
    zone = zone_of(preference.zone)
    leaves = next_digest(preference, now)
    longest = timedelta(days=8 if preference.rhythm is Rhythm.WEEKLY else 2, hours=2)
    assert now < leaves <= now + longest
    assert not is_quiet(preference, leaves)
    hour = time(preference.hour)
    if not is_quiet(preference, datetime.combine(leaves, hour, zone)) and not _is_in_gap(
        preference, leaves
    ):
        wall = leaves.astimezone(zone)
        assert (wall.time(), wall.fold) == (hour, 0)
        if preference.rhythm is Rhythm.WEEKLY:
            assert wall.weekday() == preference.weekday
    if preference.quiet_from is None:
        earlier = [leaves - MINUTE * n for n in range(1, 61) if leaves - MINUTE * n >= now]
        assert {next_digest(preference, at) for at in earlier} <= {leaves}


def _is_in_gap(preference: Preference, at: datetime) -> bool:
    """Whether the clock was put forward on the local day of `at`."""
    zone = zone_of(preference.zone)
    day = datetime.combine(at.astimezone(zone).date(), time(), zone)
    before, after = (day - timedelta(hours=1)).utcoffset(), (day + timedelta(days=1)).utcoffset()
    assert before is not None
    assert after is not None
    return after > before


def preference(**fields: object) -> Preference:
    return Preference(**{"zone": "Europe/Berlin", **fields})


def at(wall: str, zone: str = "Europe/Berlin", fold: int = 0) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


NIGHT = {"quiet_from": time(22), "quiet_until": time(7)}


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-06-01T21:59:59", "2026-06-01T21:59:59"),
        ("2026-06-01T22:00:00", "2026-06-02T07:00:00"),
        ("2026-06-01T23:59:59", "2026-06-02T07:00:00"),
        ("2026-06-02T00:00:00", "2026-06-02T07:00:00"),
        ("2026-06-02T06:59:59", "2026-06-02T07:00:00"),
        ("2026-06-02T07:00:00", "2026-06-02T07:00:00"),
        ("2026-03-28T23:59:59", "2026-03-29T07:00:00"),  # the night the clock is put forward
        ("2026-10-24T23:59:59", "2026-10-25T07:00:00"),  # the night it is put back
        ("2026-12-31T23:59:59", "2027-01-01T07:00:00"),
    ],
)
def test_quiet_hours_over_midnight(now: str, leaves: str) -> None:
    assert out_of_quiet(preference(**NIGHT), at(now)) == at(leaves)


def test_quiet_hours_within_a_day_and_none() -> None:
    noon = preference(quiet_from=time(12), quiet_until=time(14))
    assert out_of_quiet(noon, at("2026-06-01T13:00")) == at("2026-06-01T14:00")
    assert out_of_quiet(noon, at("2026-06-01T23:00")) == at("2026-06-01T23:00")
    same = preference(quiet_from=time(12), quiet_until=time(12))
    assert out_of_quiet(same, at("2026-06-01T12:00")) == at("2026-06-01T12:00")


def test_quiet_hours_that_end_in_an_hour_taken_away_or_repeated() -> None:
    short = preference(quiet_from=time(22), quiet_until=time(2, 30))
    assert out_of_quiet(short, at("2026-03-29T01:00")) == at("2026-03-29T03:30")
    assert out_of_quiet(short, at("2026-10-25T02:00")) == at("2026-10-25T02:30")
    again = at("2026-10-25T02:15", fold=1)
    assert out_of_quiet(short, again) == at("2026-10-25T02:30", fold=1)


@pytest.mark.parametrize(
    ("hour", "now", "leaves"),
    [
        (8, "2026-06-01T07:59:59", at("2026-06-01T08:00")),
        (8, "2026-06-01T08:00:00", at("2026-06-02T08:00")),
        (0, "2026-06-01T23:59:59", at("2026-06-02T00:00")),
        (2, "2026-03-28T23:59:59", at("2026-03-29T03:00")),  # 02:00 is taken away
        (2, "2026-03-29T03:00:00", at("2026-03-30T02:00")),
        (2, "2026-10-25T01:59:59", at("2026-10-25T02:00")),  # 02:00 comes twice
        (2, "2026-10-25T02:00:00", at("2026-10-26T02:00")),
    ],
)
def test_daily_digest(hour: int, now: str, leaves: datetime) -> None:
    assert next_digest(preference(rhythm=Rhythm.DAILY, hour=hour), at(now)) == leaves


def test_weekly_digest_waits_for_its_day() -> None:
    weekly = preference(rhythm=Rhythm.WEEKLY, hour=8, weekday=4)
    assert next_digest(weekly, at("2026-11-23T10:00")) == at("2026-11-27T08:00")
    assert next_digest(weekly, at("2026-11-27T08:00")) == at("2026-12-04T08:00")


def test_a_digest_within_quiet_hours_leaves_at_their_end() -> None:
    early = preference(rhythm=Rhythm.DAILY, hour=23, **NIGHT)
    assert next_digest(early, at("2026-06-01T21:00")) == at("2026-06-02T07:00")
    assert next_digest(early, at("2026-06-02T03:00")) == at("2026-06-02T07:00")


def test_no_digest_without_its_rhythm() -> None:
    with pytest.raises(ValueError, match="no digest"):
        next_digest(preference(), at("2026-06-01T21:00"))


def test_a_deadline_before_the_next_digest_does_not_wait_for_it() -> None:
    weekly, now = preference(rhythm=Rhythm.WEEKLY), at("2026-11-24T10:00")
    for due, is_digest in (
        (at("2026-11-26T17:00"), False),
        (at("2026-11-30T07:59:59"), False),
        (at("2026-11-30T08:00"), True),
        (at("2026-11-01T00:00"), False),  # overdue
    ):
        assert when_to_mail(weekly, "duty.reminder", due, now).is_digest is is_digest


def test_an_unknown_zone_is_utc_and_an_unknown_kind_an_error() -> None:
    assert zone_of("Nowhere/Land") == zone_of("../etc") == ZoneInfo("UTC")
    with pytest.raises(ValueError, match="no topic"):
        when_to_mail(preference(), "nonsense", None, at("2026-06-01T21:00"))
