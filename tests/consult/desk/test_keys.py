"""What the key of a notice says of a duty is what was written into it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from consult.desk.keys import Read, nudge_key, read_key, reminder_key
from stakeholders.terms.duty import Duty

DUTY = Duty(
    kind="round.answer",
    plan_id=1,
    subject_id=2,
    title="",
    url="",
    holder_code="310118",
    due_at=datetime(2026, 12, 11, 9, tzinfo=UTC),
)
KNOWN = {DUTY.key: DUTY}


def test_a_key_is_read_as_it_was_written() -> None:
    swept, by_hand = reminder_key(DUTY, window="late-3"), nudge_key(DUTY, day=date(2026, 12, 14))
    assert swept == "reminder:round.answer:2:310118:late-3:20261211T1700+0800"
    assert by_hand == "nudge:round.answer:2:310118:20261214"
    assert read_key(swept, KNOWN) == Read(duty=DUTY, is_by_hand=False, window="late-3")
    assert read_key(by_hand, KNOWN) == Read(duty=DUTY, is_by_hand=True)


def test_the_window_of_a_former_deadline_is_none() -> None:
    assert DUTY.due_at is not None
    moved = replace(DUTY, due_at=DUTY.due_at + timedelta(days=1))
    found = read_key(reminder_key(DUTY, window="late-3"), {moved.key: moved})
    assert found == Read(duty=moved, is_by_hand=False, window="")


def test_keys_of_other_duties_and_of_none_say_nothing() -> None:
    other = replace(DUTY, holder_code="320584")
    keys = [reminder_key(other, window="before-1"), nudge_key(other, day=date(2026, 12, 14))]
    assert [read_key(key, KNOWN) for key in [*keys, "reminder", "reminder:x", ""]] == [None] * 5
