"""The story is told up to today, so every date of it falls on another weekday each day.

What lies a day or two apart in the story meets on one working day after a weekend or a holiday: acts
that come before the end of a period on most days came with it on some.
"""

from datetime import timedelta

import pytest
from django.db import transaction

from consult.demonstration.actions import Loaded, load_demonstration
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM

WEEK = range(7)


class _Undo(Exception):
    """Leaves the block without keeping anything."""


def _loaded(checkpoint: str, ahead: int) -> Loaded:
    now = clock.now() + timedelta(days=ahead)
    found = None
    try:
        with clock.stated(now), transaction.atomic():
            found = load_demonstration(actor=SYSTEM, checkpoint=checkpoint)
            raise _Undo
    except _Undo:
        assert found is not None
        return found


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("checkpoint", ["S1", "S2", "S3"])
@pytest.mark.parametrize("ahead", WEEK)
def test_the_story_is_told_on_every_day_of_a_week(checkpoint: str, ahead: int) -> None:
    assert _loaded(checkpoint, ahead).plans
