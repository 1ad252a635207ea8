"""Two hands at the same moment over real connections: one of them counts, and no mail goes twice."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier

from django.db import connection, connections

from consult.desk.actions import nudge, set_reminders
from consult.desk.feeds.actions import make_feed
from consult.desk.feeds.enums import MOST
from consult.desk.models import CalendarFeed, ReminderPolicy
from consult.desk.windows import Policy
from plans.register.models import Plan
from stakeholders.notices import actions as mail
from stakeholders.notices.checks import Choice
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.notices.steps import Telling, notify_all
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Conflict
from tests.consult.desk.test_at_once import NOW, site
from tests.world import QINGPU, WUJIANG, World, in_days

__all__ = ["site"]
NOTICES, TURNS = 300, 6


def together(*acts: Callable[[], object]) -> list[str]:
    """How each of the acts ended, all begun at the same moment: "" or the name of its error."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        connection.ensure_connection()
        barrier.wait(timeout=20)
        try:
            with clock.stated(NOW):
                act()
        except Exception as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(run, act) for act in acts]]


def test_of_two_nudges_policies_and_feeds_at_once_one_counts(site: World, owe) -> None:
    plan, person = Plan.objects.get(), site.actor(QINGPU, Role.PLANNER)
    office = site.coordinator(plan)
    with clock.stated(NOW):
        owe(WUJIANG, in_days(-2), "planner", subject_id="late")
        for _number in range(MOST - 1):
            make_feed(actor=person)

    def remind() -> object:
        return nudge(actor=office, plan=plan, duty=f"thing.do:late:{WUJIANG}")

    def policy() -> object:
        return set_reminders(actor=office, plan=plan, policy=Policy(every=3), base=0)

    site.actor(WUJIANG, Role.PLANNER)
    for act in (remind, policy, lambda: make_feed(actor=person)):
        assert Counter(together(act, act)) == {"": 1, Conflict.__name__: 1}
    assert Notice.objects.filter(kind="duty.nudge").count() == 1
    assert RecordEntry.objects.filter(act="duty.nudge").count() == 1
    assert ReminderPolicy.objects.count() == 1
    assert CalendarFeed.objects.filter(revoked_at=None).count() == MOST


def test_marking_muting_and_rhythms_while_digests_are_written_lose_nothing(site: World) -> None:
    person = site.actor(QINGPU, Role.PLANNER)
    with clock.stated(NOW):
        mail.choose_mail(actor=person, choice=Choice(rhythm="daily", zone="Asia/Shanghai"))
    kinds = cycle(("matter", "round"))

    def write() -> None:
        mail.write_digests(actor=SYSTEM, now=clock.now())

    for turn in range(TURNS):
        with clock.stated(NOW):
            tellings = [
                Telling(
                    people=[person.person],
                    kind=next(kinds),
                    title=f"Thing {turn}-{number}.",
                    url="/",
                    key=f"{turn}-{number}",
                )
                for number in range(NOTICES)
            ]
            fresh = [one.pk for one in notify_all(tellings)]
            Notice.objects.filter(pk__in=fresh).update(digest_at=NOW)
        rhythm = "weekly" if turn % 2 else "daily"
        choice = Choice(rhythm=rhythm, zone="Asia/Shanghai")
        ended = together(
            write,
            write,
            lambda ids=fresh[::-2]: mail.mark(actor=person, notice_ids=ids, is_read=True),
            lambda: mail.mark_all_read(actor=person),
            lambda: mail.mute(actor=person, topic="matters"),
            lambda wish=choice: mail.choose_mail(actor=person, choice=wish),
            lambda: mail.send_waiting(actor=SYSTEM),
            lambda: mail.send_waiting(actor=SYSTEM),
        )
        assert set(ended) == {""}
    digests = OutboxMessage.objects.filter(dedupe_key__startswith="digest:")
    for one in digests:
        carried = Notice.objects.filter(digest=one).count()
        assert re.findall(r"\d+", one.subject) == [str(carried)]  # in whichever language
    assert Notice.objects.count() == NOTICES * TURNS
    assert Notice.objects.filter(read_at=None, digest=None, digest_at=None).count() == 0
