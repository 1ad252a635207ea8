"""Where an entered act stands: every act has one standing, and only a confirmed one counts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stakeholders.terms.speaking import Spoken, standing

HOUR = datetime(2026, 11, 22, tzinfo=UTC)
instants = st.integers(-5, 5).map(lambda n: HOUR + timedelta(microseconds=n))


@given(agrees=st.sampled_from([None, True, False]), spoke=st.booleans(), at=instants)
def test_a_word_decides_then_the_own_act_then_the_hour(
    agrees: bool | None, spoke: bool, at: datetime
) -> None:
    found = standing(agrees=agrees, spoke_itself=spoke, confirm_by=HOUR, at=at)
    if agrees is not None:
        assert found is (Spoken.CONFIRMED if agrees else Spoken.REFUSED)
    elif spoke:
        assert found is Spoken.REPLACED
    else:
        assert found is (Spoken.LAPSED if at >= HOUR else Spoken.WAITING)


@given(spoke=st.booleans(), first=instants, second=instants)
def test_what_is_over_never_waits_again(spoke: bool, first: datetime, second: datetime) -> None:
    early, late = sorted((first, second))
    before = standing(agrees=None, spoke_itself=spoke, confirm_by=HOUR, at=early)
    after = standing(agrees=None, spoke_itself=spoke, confirm_by=HOUR, at=late)
    assert before is Spoken.WAITING or after is before


def test_the_hour_itself_is_too_late() -> None:
    assert standing(agrees=None, spoke_itself=False, confirm_by=HOUR, at=HOUR) is Spoken.LAPSED
