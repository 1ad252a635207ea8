from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from stakeholders.templatetags.moment import clock_time, moment

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Shanghai", "2026-11-30 17:00 (Beijing time)"),
        ("Europe/Berlin", "2026-11-30 10:00 (Europe/Berlin)"),
    ],
)
def test_moment_names_the_zone_it_is_shown_in(zone: str, shown: str) -> None:
    with translation.override("en"), timezone.override(zone):
        assert moment(AT) == shown


def test_moment_of_nothing_is_empty() -> None:
    assert moment(None) == ""


def test_the_hour_alone_names_its_zone_too() -> None:
    with translation.override("en"), timezone.override("Asia/Shanghai"):
        assert clock_time(AT) == "17:00 (Beijing time)"
