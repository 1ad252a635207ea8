"""The story is told up to today, so every date of it falls on another weekday each day.

What lies a day or two apart in the story meets on one working day after a weekend or a holiday: acts
that come before the end of a period on most days came with it on some.
"""

from datetime import timedelta

import pytest
from django.db import transaction

from consult.demonstration.actions import Loaded, load_demonstration
from consult.demonstration.days import ZONE
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM

# Monday first. On Wednesdays the whole story once failed, on Mondays and Sundays its earlier states.
OF_A_WEEK = ("S2", "S3", "S3", "S1", "S2", "S3", "S1")


class _Undo(Exception):
    """Leaves the block without keeping anything."""


def _loaded(ahead: int) -> Loaded:
    now = clock.now() + timedelta(days=ahead)
    checkpoint = OF_A_WEEK[now.astimezone(ZONE).weekday()]
    found = None
    try:
        with clock.stated(now), transaction.atomic():
            found = load_demonstration(actor=SYSTEM, checkpoint=checkpoint)
            raise _Undo
    except _Undo:
        assert found is not None
        return found


@pytest.mark.prove(minutes=0.4)
@pytest.mark.django_db
@pytest.mark.parametrize("ahead", range(7))
def test_the_story_is_told_on_every_day_of_a_week(ahead: int) -> None:
    """One state a weekday; the order of its dates on any day `test_days` shows without rows."""
    assert _loaded(ahead).plans
