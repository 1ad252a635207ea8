from datetime import UTC, datetime, time, timedelta

import pytest

from stakeholders.notices import actions, queries
from stakeholders.notices.checks import Choice
from stakeholders.notices.enums import Rhythm
from stakeholders.notices.models import MailPreference, MutedTopic, Notice, OutboxMessage
from stakeholders.notices.queries import Chosen
from stakeholders.notices.steps import notify, notify_all
from stakeholders.notices.steps.telling import Telling
from stakeholders.people.models import User
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, SYSTEM, Actor, Role
from stakeholders.terms.errors import Invalid, NotVisible, Refused
from tests.world import QINGPU, WUJIANG, World

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai
TOMORROW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # 08:00


@pytest.fixture
def now():
    with clock.stated(NOW):
        yield NOW


def tell(actor: Actor, key: str, *, kind: str = "round", **said: object) -> None:
    notify(people=[actor.person], kind=kind, title=key, url="/", key=key, **said)


def waiting() -> dict[str, datetime | None]:
    return {n.key: n.digest_at for n in Notice.objects.all() if n.digest_id is None}


def mails() -> list[str]:
    return [mail.dedupe_key for mail in OutboxMessage.objects.order_by("pk")]


def choose(actor: Actor, **said: object) -> None:
    actions.choose_mail(actor=actor, choice=Choice(**said))


def test_a_choice_is_kept_as_it_was_said(world: World, now: datetime) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(
        actor,
        rhythm="weekly",
        hour=17,
        weekday=4,
        quiet_from=time(22),
        quiet_until=time(6, 30),
        zone="europe/berlin",
        muted=["rounds", "jobs"],
        language="en",
    )
    found = queries.mail_choice(actor=actor)
    preference = found.preference
    assert (preference.rhythm, preference.hour, preference.weekday) == (Rhythm.WEEKLY, 17, 4)
    assert (preference.quiet_from, preference.quiet_until) == (time(22), time(6, 30))
    assert (found.zone, preference.zone, found.language) == ("Europe/Berlin", "Europe/Berlin", "en")
    assert preference.muted == {"rounds", "jobs"}
    choose(actor, muted=["jobs", "heads"])
    found = queries.mail_choice(actor=actor)
    assert (found.zone, found.preference.zone, found.language) == ("", "Asia/Shanghai", "")
    assert found.preference.muted == {"jobs", "heads"}
    assert (MailPreference.objects.count(), RecordEntry.objects.count()) == (1, 0)


def test_who_never_chose_has_mail_at_once_by_the_clock_of_the_site(world: World) -> None:
    found = queries.mail_choice(actor=world.actor(QINGPU, Role.PLANNER))
    assert (found.preference.rhythm, found.preference.zone) == (Rhythm.AT_ONCE, "Asia/Shanghai")
    assert (found.is_stored, found.preference.muted, found.preference.quiet_from) == (
        False,
        frozenset(),
        None,
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"rhythm": "hourly"}, "rhythm"),
        ({"hour": 24}, "hour"),
        ({"weekday": 7}, "weekday"),
        ({"quiet_from": time(22)}, "quiet_until"),
        ({"quiet_until": time(7)}, "quiet_from"),
        ({"quiet_from": time(7), "quiet_until": time(7)}, "quiet_until"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"language": "fr"}, "language"),
        ({"muted": ["account"]}, "muted"),
        ({"muted": ["nonsense"]}, "muted"),
    ],
)
def test_what_no_preference_can_be_is_refused_at_its_field(
    world: World, said: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        choose(world.actor(QINGPU, Role.PLANNER), **said)
    assert list(error.value.errors) == [field]
    assert MailPreference.objects.count() == 0


def test_who_is_no_person_has_no_preferences(world: World) -> None:
    for act in (
        lambda: actions.mute(actor=PUBLIC, topic="rounds"),
        lambda: actions.unmute(actor=PUBLIC, topic="rounds"),
        lambda: actions.choose_mail(actor=PUBLIC, choice=Choice()),
        lambda: queries.mail_choice(actor=PUBLIC),
    ):
        with pytest.raises(NotVisible):
            act()


def test_muting_takes_a_topic_out_of_the_count_but_for_what_is_legal(
    world: World, now: datetime
) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    tell(actor, "a", kind="position.take")
    tell(actor, "b", kind="sign_off.open")
    tell(actor, "c", kind="round")
    assert actions.mute(actor=actor, topic="sign_off") == 1
    assert actions.mute(actor=actor, topic="sign_off") == 0
    assert queries.unread_count(actor=actor) == 2
    tell(actor, "d", kind="position.take")
    assert (queries.unread_count(actor=actor), mails()[-1]) == (2, f"c:{actor.person}")
    actions.unmute(actor=actor, topic="sign_off")
    tell(actor, "e", kind="position.take")
    assert (queries.unread_count(actor=actor), mails()[-1]) == (3, f"e:{actor.person}")
    assert MutedTopic.objects.count() == 0


def test_what_has_legal_effect_cannot_be_muted(world: World) -> None:
    for topic in ("account", "nonsense", ""):
        with pytest.raises(Invalid) as error:
            actions.mute(actor=world.actor(QINGPU, Role.PLANNER), topic=topic)
        assert list(error.value.errors) == ["topic"]


def test_a_digest_is_one_mail_at_its_hour_and_only_of_what_is_unread(
    world: World, now: datetime
) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="daily", language="en")
    tell(actor, "later", plan_key="B")
    tell(actor, "first", plan_key="A", due_at=NOW + timedelta(days=3))
    tell(actor, "read", plan_key="A")
    actions.mark(actor=actor, notice_ids=[Notice.objects.get(key="read").pk], is_read=True)
    assert (mails(), set(waiting().values())) == ([], {TOMORROW})
    second = timedelta(seconds=1)
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW - second) == 0
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW + second) == 1
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW + second) == 0
    mail = OutboxMessage.objects.get()
    first = Notice.objects.get(key="later")
    assert mail.dedupe_key == f"digest:{actor.person}:20261124T0000+0000:{first.pk}"
    assert (mail.subject, mail.user_id, mail.language) == (
        "Your digest: 2 notices",
        actor.person,
        "en",
    )
    assert mail.body.index("[A]") < mail.body.index("first") < mail.body.index("[B]")
    assert ("read" in mail.body, "due 2026-11-26" in mail.body) == (False, True)
    assert sorted(mail.notices.values_list("key", flat=True)) == ["first", "later"]
    assert waiting() == {"read": None}


def test_an_empty_digest_sends_nothing(world: World, now: datetime) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="daily")
    tell(actor, "a")
    actions.mark_all_read(actor=actor)
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW) == 0
    assert (mails(), waiting()) == ([], {"a": None})


@pytest.mark.parametrize(("language", "here"), [("", (True, True)), ("zh-hans", (True, False))])
def test_a_digest_is_in_the_language_of_its_reader(
    world: World, now: datetime, language: str, here: tuple[bool, bool]
) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="daily", language=language)
    tell(actor, "a"), tell(actor, "b")
    actions.write_digests(actor=SYSTEM, now=TOMORROW)
    mail = OutboxMessage.objects.get()
    assert (("全部通知" in mail.body), ("All notices" in mail.body)) == here


def test_after_an_outage_of_days_there_is_one_digest(world: World, now: datetime) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="daily")
    for day in range(3):
        with clock.stated(NOW + timedelta(days=day)):
            tell(actor, f"day {day}")
    assert len(set(waiting().values())) == 3
    assert actions.write_digests(actor=SYSTEM, now=NOW + timedelta(days=7)) == 1
    assert waiting() == {}


def test_what_comes_too_late_for_a_digest_is_in_another_mail(world: World, now: datetime) -> None:
    """An act that began before the hour and ended after the digest was written."""
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="daily")
    tell(actor, "a")
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW) == 1
    tell(actor, "late")
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW) == 1
    assert (len(mails()), waiting()) == (2, {})


def test_from_weekly_to_at_once_what_waits_goes_with_the_next_sweep(
    world: World, now: datetime
) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="weekly", weekday=4)
    tell(actor, "a"), tell(actor, "b")
    assert set(waiting().values()) == {datetime(2026, 11, 27, 0, 0, tzinfo=UTC)}
    choose(actor, rhythm="daily")
    assert set(waiting().values()) == {TOMORROW}
    choose(actor, rhythm="at_once")
    assert (set(waiting().values()), mails()) == ({NOW}, [])
    assert actions.write_digests(actor=SYSTEM, now=NOW) == 1


def test_who_wants_no_mail_any_more_gets_none_of_what_waits(world: World, now: datetime) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="daily")
    tell(actor, "a"), tell(actor, "m", kind="matter")
    choose(actor, rhythm="daily", muted=["matters"])
    assert waiting() == {"a": TOMORROW, "m": TOMORROW}
    assert queries.unread_count(actor=actor) == 1
    choose(actor, rhythm="never")
    assert waiting()["a"] is None
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW) == 0
    assert (mails(), waiting()) == ([], {"a": None, "m": None})


def test_digests_of_who_has_left_are_given_up(world: World, now: datetime) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="daily")
    tell(actor, "a")
    User.objects.filter(pk=actor.person).update(is_active=False)
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW) == 0
    assert waiting() == {"a": None}


def test_digests_are_refused_to_people(world: World) -> None:
    with pytest.raises(Refused):
        actions.write_digests(actor=world.actor(QINGPU, Role.COORDINATOR), now=NOW)


def test_forgetting_an_old_mail_makes_its_notices_wait_for_no_other(
    world: World, now: datetime
) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    choose(actor, rhythm="daily")
    tell(actor, "a")
    actions.write_digests(actor=SYSTEM, now=TOMORROW)
    OutboxMessage.objects.update(sent_at=NOW - timedelta(days=500))
    actions.forget_sent_mail(actor=SYSTEM, older_than=timedelta(days=400))
    assert actions.write_digests(actor=SYSTEM, now=TOMORROW + timedelta(days=900)) == 0


def test_digests_cost_the_same_for_two_people_and_for_twenty(
    world: World, now: datetime, django_assert_num_queries
) -> None:
    for number in (2, 20):
        users = [
            User.objects.create(email=f"{number}.{n}@x.example", name_zh="人")
            for n in range(number)
        ]
        MailPreference.objects.bulk_create(
            MailPreference(user=user, rhythm="daily", updated_at=NOW) for user in users
        )
        people = [user.pk for user in users]
        notify_all([Telling(people=people, kind="round", title="t", url="/", key=k) for k in "ab"])
        with django_assert_num_queries(12):
            assert actions.write_digests(actor=SYSTEM, now=TOMORROW) == number


def test_marking_is_ones_own_and_by_filter(world: World, now: datetime) -> None:
    mine, other = world.actor(QINGPU, Role.PLANNER), world.actor(WUJIANG, Role.PLANNER)
    for key, kind, plan in (("a", "round", "P"), ("b", "matter", "P"), ("c", "round", "Q")):
        tell(mine, key, kind=kind, plan_key=plan)
        tell(other, key, kind=kind, plan_key=plan)
    ids = list(Notice.objects.values_list("pk", flat=True))
    chosen = Chosen(topic="rounds", plan="P")
    assert actions.mark_all_read(actor=mine, chosen=chosen) == 1
    assert actions.mark(actor=mine, notice_ids=ids, is_read=False) == 1
    assert actions.mark(actor=mine, notice_ids=ids, is_read=True) == 3
    assert actions.mark(actor=mine, notice_ids=ids, is_read=True) == 0
    assert queries.unread_count(actor=other) == 3
    with pytest.raises(Invalid):
        actions.mark_all_read(actor=mine, chosen=Chosen(topic="nonsense"))


def test_counts_of_filters_agree_with_the_lists(
    world: World, now: datetime, django_assert_num_queries
) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    for n, kind in enumerate(["round", "round", "comment", "matter", "sign_off.open"]):
        for plan in ("P", "Q"):
            tell(actor, f"{n}{plan}", kind=kind, plan_key=plan)
    Notice.objects.filter(kind="round").update(read_at=NOW)
    Notice.objects.filter(key="4Q").update(kind="told.no.more")
    for topic in ("", "rounds", "matters"):
        for plan in ("", "P", "Q"):
            for unread in (False, True):
                chosen = Chosen(topic=topic, plan=plan, unread=unread)
                with django_assert_num_queries(1):
                    found = queries.counts(actor=actor, chosen=chosen)
                assert found.shown == queries.inbox(actor=actor, chosen=chosen).count()
                for key in ("rounds", "matters", "sign_off", "jobs"):
                    of = Chosen(topic=key, plan=plan, unread=unread)
                    number = queries.inbox(actor=actor, chosen=of).count()
                    assert found.by_topic[key] == number
                for key in ("P", "Q"):
                    of = Chosen(topic=topic, plan=key, unread=unread)
                    assert found.by_plan[key] == queries.inbox(actor=actor, chosen=of).count()
    assert (found.everything, found.everything_unread) == (10, 6)
