from consult.desk.feeds.actions import make_feed
from consult.desk.feeds.queries import feed_of
from stakeholders.notices.enums import HoldReason
from stakeholders.notices.models import OutboxMessage
from stakeholders.people.actions import close_after_restore
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.world import QINGPU, World


def test_a_restored_copy_serves_no_feed_and_sends_no_mail(world: World) -> None:
    _feed, secret = make_feed(actor=world.actor(QINGPU, Role.PLANNER))
    plain = {"recipient": "a@b.example", "subject": "S", "body": "B", "created_at": clock.now()}
    OutboxMessage.objects.create(dedupe_key="plain", **plain)
    OutboxMessage.objects.create(dedupe_key="secret", is_secret=True, **plain)
    assert feed_of(secret=secret) is not None
    counts = close_after_restore(actor=SYSTEM)
    assert counts == {
        "tokens": 0,
        "sessions": 0,
        "feeds": 1,
        "expert_links": 0,
        "held_mails": 2,
    }
    assert feed_of(secret=secret) is None
    rows = OutboxMessage.objects.order_by("dedupe_key")
    assert [(row.body, row.hold_reason) for row in rows] == [
        ("B", HoldReason.RESTORED),
        ("", HoldReason.RESTORED),
    ]
    assert RecordEntry.objects.get().act == "site.after_restore"
