"""Which approved text a reply led to."""

from datetime import UTC, datetime

from consult.approval.models import ApprovalLetter
from consult.approval.queries.letters import approved_after
from plans.register.models import Revision

REPLY = ApprovalLetter(revision_id=4, at=datetime(2026, 3, 2, tzinfo=UTC))


def text(pk: int, day: int) -> Revision:
    return Revision(pk=pk, published_at=datetime(2026, 3, day, tzinfo=UTC))


def test_a_later_amendment_is_not_the_text_the_reply_led_to() -> None:
    first, amended = text(5, 9), text(8, 30)
    assert approved_after(REPLY, [first, amended]) is first


def test_a_text_from_before_the_reply_does_not_carry_it_out() -> None:
    assert approved_after(REPLY, [text(3, 9), text(5, 1)]) is None
