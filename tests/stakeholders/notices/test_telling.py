import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import ClassVar

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.composing import compose
from stakeholders.notices.enums import HoldReason, Rhythm
from stakeholders.notices.models import MailPreference, MutedTopic, Notice, OutboxMessage
from stakeholders.notices.steps import Telling, notify, notify_all, write_mails
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.world import QINGPU, WUJIANG, World, in_days


def telling(*people: int, key: str = "k", kind: str = "duty.reminder", **said: object) -> Telling:
    return Telling(people=people, kind=kind, title=_("Inbox"), url="/a/", key=key, **said)


def prefer(user: User, **fields: object) -> None:
    row = {"zone": "Asia/Shanghai", "updated_at": clock.now(), **fields}
    MailPreference.objects.update_or_create(user=user, defaults=row)


def test_notify_all_returns_only_the_rows_that_are_new(world: World) -> None:
    one, other = world.user(QINGPU, Role.PLANNER), world.user(WUJIANG, Role.PLANNER)
    due = in_days(3)
    first = notify_all([telling(one.pk, text="below", due_at=due, plan_key="P")])
    second = notify_all([telling(one.pk, other.pk), telling(one.pk, key="k2"), telling(one.pk)])
    assert [(n.user_id, n.key) for n in first] == [(one.pk, "k")]
    assert sorted((n.user_id, n.key) for n in second) == [(one.pk, "k2"), (other.pk, "k")]
    stored = Notice.objects.get(pk=first[0].pk)
    assert (stored.title_zh, stored.title_en, stored.text_en) == ("收件箱", "Inbox", "below")
    assert (stored.due_at, stored.plan_key, stored.read_at) == (due, "P", None)
    assert OutboxMessage.objects.count() == 0


def test_notify_all_leaves_out_who_is_no_longer_active(world: World) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert notify_all([telling(user.pk, 10**9)]) == []


def test_unknown_kinds_are_refused_at_once(world: World) -> None:
    with pytest.raises(ValueError, match="no topic"):
        notify_all([telling(kind="nonsense")])


def test_write_mails_writes_one_mail_a_person_and_none_when_repeated(world: World) -> None:
    one, other = world.user(QINGPU, Role.PLANNER), world.user(WUJIANG, Role.PLANNER)
    User.objects.filter(pk=one.pk).update(language="en")
    said = [
        telling(one.pk, key="b", plan_key="B", due_at=in_days(2)),
        telling(one.pk, key="a", plan_key="A", due_at=in_days(4)),
        telling(one.pk, other.pk, key="a0", plan_key="A", due_at=in_days(1)),
    ]
    new = notify_all(said)

    def subject(number: int) -> str:
        return ngettext("%(number)s notice", "%(number)s notices", number) % {"number": number}

    assert write_mails(new, key_prefix="reminders", subject=subject) == 2
    write_mails(list(reversed(new)), key_prefix="reminders", subject=subject)
    mails = OutboxMessage.objects.order_by("user__email", "pk")
    assert mails.count() == 2
    mail = OutboxMessage.objects.get(user=one)
    assert (mail.subject, mail.topic, mail.language) == ("3 notices", "deadlines", "en")
    assert mail.dedupe_key.startswith(f"reminders:{one.pk}:")
    assert mail.body.index("[A]") < mail.body.index("[B]")
    assert set(Notice.objects.filter(user=one).values_list("digest", flat=True)) == {mail.pk}


@pytest.mark.parametrize("language", ["", "en", "zh-hans"])
def test_mail_is_in_the_language_of_the_person_and_in_both_without(
    world: World, language: str
) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    User.objects.filter(pk=user.pk).update(language=language)
    notify(people=[user.pk], kind="round", title=_("Inbox"), url="/a/", key="k")
    mail = OutboxMessage.objects.get()
    assert ("收件箱" in mail.body) is (language != "en")
    assert ("Inbox" in mail.body) is (language != "zh-hans")
    assert mail.subject == ("Inbox" if language == "en" else "收件箱")
    assert (mail.user, mail.language, mail.topic) == (user, language, "rounds")


def test_a_muted_topic_stands_read_in_the_inbox_and_is_not_mailed(world: World) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    for topic in ("rounds", "sign_off"):
        MutedTopic.objects.create(user=user, topic=topic, muted_at=clock.now())
    notify(people=[user.pk], kind="round", title="t", url="/", key="1")
    notify(people=[user.pk], kind="sign_off.open", title="t", url="/", key="2")
    unread = Notice.objects.filter(read_at__isnull=True)
    assert list(unread.values_list("kind", flat=True)) == ["sign_off.open"]
    assert OutboxMessage.objects.get().dedupe_key == f"2:{user.pk}"


def test_digest_and_quiet_hours_and_never(world: World) -> None:
    daily, quiet = world.user(QINGPU, Role.PLANNER), world.user(WUJIANG, Role.PLANNER)
    never = world.user(QINGPU, Role.SIGNATORY)
    now = clock.now().replace(hour=15, minute=0, second=0, microsecond=0)  # 23:00 in Shanghai
    prefer(daily, rhythm=Rhythm.DAILY, hour=8)
    prefer(quiet, quiet_from=time(22), quiet_until=time(7))
    prefer(never, rhythm=Rhythm.NEVER)
    people = [daily.pk, quiet.pk, never.pk]
    with clock.stated(now):
        notify(people=people, kind="round", title="t", url="/", key="1")
        notify(people=people, kind="override.confirm", title="t", url="/", key="2")
        soon = now + timedelta(hours=1)
        notify(people=[daily.pk], kind="round", title="t", url="/", key="3", due_at=soon)
    digests = Notice.objects.filter(digest_at__isnull=False)
    assert [(n.user_id, n.key, n.digest_at) for n in digests] == [
        (daily.pk, "1", now + timedelta(hours=9))
    ]
    mails = OutboxMessage.objects.order_by("pk").values_list("dedupe_key", "not_before")
    assert set(mails) == {
        (f"1:{quiet.pk}", now + timedelta(hours=8)),
        *((f"2:{person}", None) for person in people),
        (f"3:{daily.pk}", None),
    }


def test_held_mail_says_why(world: World) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    notify(people=[user.pk], kind="record.head", title="t", url="/", key="k", is_held=True)
    mail = OutboxMessage.objects.get()
    assert (mail.held_at, mail.hold_reason) == (mail.created_at, HoldReason.DEMONSTRATION)


def test_telling_costs_as_much_for_twenty_as_for_two(
    world: World, django_assert_num_queries
) -> None:
    one, other = world.user(QINGPU, Role.PLANNER), world.user(WUJIANG, Role.PLANNER)
    for number in (2, 20):
        said = [telling(one.pk, other.pk, key=f"{number}:{n}") for n in range(number)]
        with django_assert_num_queries(7):
            write_mails(notify_all(said), key_prefix="p")


@dataclass(frozen=True)
class Counted:
    """A text that counts how often it is read."""

    read: ClassVar[list[str]] = []

    def __str__(self) -> str:
        self.read.append(get_language() or "")
        return "T"


def test_what_many_occasions_say_alike_is_read_once_a_language(world: World) -> None:
    Counted.read.clear()
    person = world.user(QINGPU, Role.PLANNER).pk
    notices = notify_all(
        [
            Telling(people=[person], kind="duty.reminder", title=Counted(), url="/", key=f"k{n}")
            for n in range(5)
        ]
    )
    assert {(one.title_zh, one.title_en) for one in notices} == {("T", "T")}
    assert sorted(Counted.read) == ["en", "zh-hans"]


def test_addresses_in_a_mail_of_many_open_pages(world: World) -> None:
    rows = [
        Notice(kind="round", title_zh=title, title_en=title, url="/notices/")
        for title in ("A", "B")
    ]
    body = compose(rows, language="").body
    paths = re.findall(rf"{re.escape(settings.SITE_URL)}(\S+)", body)
    assert [resolve(path).view_name for path in paths] == ["notices:inbox"] * 5
