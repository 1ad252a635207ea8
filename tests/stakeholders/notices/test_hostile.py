"""What people write must keep no mail from others; what waits must still be theirs to read."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from stakeholders.notices import actions
from stakeholders.notices.composing import MOST, compose
from stakeholders.notices.mime import Letter, body_of
from stakeholders.notices.models import MailPreference, MutedTopic, Notice, OutboxMessage
from stakeholders.notices.returning import read_report
from stakeholders.notices.steps import Telling, notify, notify_all, write_mails
from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.world import QINGPU, WUJIANG, World, in_days

HOSTILE = [
    "Matter {link} of the lake",
    "Matter %(title)s {{ x }} {% load x %}",
    "see https://evil.example/login and http://localhost:8000.evil.example/",
    "javascript:alert(1) <script>alert(1)</script>",
    "turned \u202egnp.exe\u2066 and \x07bell",
    "two\r\nBcc: all@evil.example\r\n\r\nbody",
    "* item\n  http://localhost:8000/accounts/logout/",
    "@@content@@ @@subject@@ ---",
    "𠮷" * 400,
    "\u202e",
]


@pytest.fixture
def user(world: World) -> User:
    return world.user(QINGPU, Role.PLANNER)


def leave() -> list[str]:
    """The plain texts of the mails that leave now."""
    mail.outbox.clear()
    actions.send_waiting(actor=SYSTEM)
    return [one.body for one in mail.outbox]


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("language", ["en", "zh-hans", ""])
def test_a_hostile_title_keeps_no_mail_back(user: User, title: str, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)
    tellings = [
        Telling(people=[user.pk], kind="matter", title=said, url="/a/", key=key, text=said)
        for key, said in (("bad", title), ("good", "Read me"))
    ]
    write_mails(notify_all(tellings), key_prefix="t")
    notify(people=[user.pk], kind="matter", title=title, url="/b/", key="alone")
    texts = leave()
    assert OutboxMessage.objects.filter(held_at__isnull=False).count() == 0
    assert len(texts) == 2
    assert "Read me" in texts[0]
    for one in mail.outbox:
        raw = one.message().as_string()
        (html,) = [
            part.get_payload(decode=True).decode()
            for part in one.message().walk()
            if part.get_content_type() == "text/html"
        ]
        assert "\nBcc:" not in raw.partition("\n\n")[0]
        assert "evil.example/login" not in f"{one.body}{html}"
        assert "<script" not in html
        assert 'href="javascript' not in html


def test_a_subject_written_like_a_mark_is_a_subject() -> None:
    body = body_of(Letter(subject="@@content@@ @@subject@@", text="<b> @@subject@@", language="en"))
    assert body.html.count("&lt;b&gt;") == 1
    assert "<title>@@content@@ @@subject@@</title>" in body.html
    assert "&lt;b&gt; @@subject@@" in body.html


def test_a_mail_of_thousands_is_cut_and_begins_with_what_is_due() -> None:
    notices = [
        Notice(
            pk=n,
            kind="duty.reminder",
            title_zh="标题",
            title_en=f"Thing {n}.",
            text_en="x" * 100_000 if n == 2_999 else "",
            url="/plans/QWJ/",
            due_at=in_days(3_000 - n) if n > 2_900 else None,
        )
        for n in range(3_000)
    ]
    said = compose(notices, language="en")
    assert said.subject == "3000 notices"
    assert (said.body.count("* Thing"), "Thing 2999." in said.body) == (MOST, True)
    assert f"and {3_000 - MOST} more" in said.body
    assert len(said.body) < 40_000


def waiting(user: User, key: str, *, kind: str = "matter", plan: str = "") -> Notice:
    """A notice whose digest is due."""
    return Notice.objects.create(
        user=user,
        kind=kind,
        plan_key=plan,
        title_zh=key,
        title_en=key,
        url="/",
        key=key,
        created_at=clock.now(),
        digest_at=clock.now() - timedelta(minutes=1),
    )


def digest() -> list[str]:
    actions.write_digests(actor=SYSTEM, now=clock.now())
    return leave()


def prefer(user: User, rhythm: str) -> None:
    MailPreference.objects.update_or_create(
        user=user, defaults={"rhythm": rhythm, "updated_at": clock.now()}
    )


def test_a_kind_that_is_told_no_more_stops_nobodys_digest(world: World, user: User) -> None:
    other = world.user(WUJIANG, Role.PLANNER)
    for one in (user, other):
        prefer(one, "daily")
    waiting(user, "of-old", kind="kind.of_old")
    waiting(other, "of-now")
    texts = digest()
    assert [["of-old" in one, "of-now" in one] for one in texts] == [[True, False], [False, True]]


def test_settings_are_kept_while_a_kind_of_old_waits(user: User) -> None:
    prefer(user, "daily")
    waiting(user, "of-old", kind="kind.of_old")
    client = Client()
    client.force_login(user)
    said = {"rhythm": "weekly", "hour": "17", "weekday": "0", "language": "both"}
    assert client.post("/notices/settings/", said).status_code == 302
    assert ["of-old" in one for one in digest()] == [True]


def test_a_digest_holds_nothing_of_a_plan_acted_on_no_more(world: World, user: User) -> None:
    plan = world.plan()
    coordinator = User.objects.get(pk=world.coordinator(plan).person)
    for one in (user, coordinator):
        prefer(one, "daily")
        waiting(one, "of the plan", plan=plan.key)
        waiting(one, "of another", plan="OTHER")
        waiting(one, "of none")
    Mandate.objects.filter(user=user).update(valid_until=timezone.now() - timedelta(minutes=5))
    digest()
    said = {
        row.user_id: [key in row.body for key in ("of the plan", "of another", "of none")]
        for row in OutboxMessage.objects.filter(dedupe_key__startswith="digest:")
    }
    assert said[user.pk] == [False, False, True]
    assert said[coordinator.pk] == [True, False, True]
    assert Notice.objects.waiting_for_digest().count() == 0


@pytest.mark.parametrize("wish", ["muted", "never"])
def test_what_is_wanted_no_more_leaves_a_digest(user: User, wish: str) -> None:
    """Told in the moment in which the person changed its mind."""
    prefer(user, "never" if wish == "never" else "daily")
    if wish == "muted":
        MutedTopic.objects.create(user=user, topic="matters", muted_at=clock.now())
    waiting(user, "late")
    assert digest() == []
    assert Notice.objects.get(key="late").digest_id is None


NESTED = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"
BOMBS = {
    "nested": b"".join(NESTED % (n, n) for n in range(5_000)),
    "messages": b"Content-Type: message/rfc822\n\n" * 6_000,
    "statuses": b"Content-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 12_000,
    "headers": b"Content-Type: message/delivery-status\n"
    + b"X: y\n" * 40_000
    + b"\nAction: failed\n",
    "charset": b"Content-Type: message/delivery-status; charset=nonsense-\xff\n\n"
    b"Action: =?x-unknown?B?\xff\xfe?=\nStatus: 5.1.1\nAction: failed\n",
    "parameters": b"Content-Type: message/delivery-status"
    + b"; a*0=b" * 25_000
    + b"\n\nAction: failed",
    "ids": b"To: " + b"1.0123456789abcdef0123456789abcdef@" * 5_000 + b"\n\n",
    "nul": b"Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\x00\n"
    b"Diagnostic-Code: smtp; 550 \x00\xe2\x80\xae no\n",
    "long": b"a" * 50_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_no_reports(db: None, name: str) -> None:
    read_report(BOMBS[name], to="x" * 100_000)
    assert actions.take_return(actor=SYSTEM, raw=BOMBS[name]) in ("no report", "unknown mail")
