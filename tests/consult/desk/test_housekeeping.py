"""What is forgotten when: each kind on the day before its time and on the day after."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from consult.desk.actions import housekeeping, sweep
from consult.desk.models import CalendarFeed
from plans.text.models import Autosave, Chapter
from stakeholders.files.models import StoredFile
from stakeholders.jobs.enums import State
from stakeholders.jobs.models import Job
from stakeholders.jurisdictions.models import Delivery
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.people.models import AccountInvitation, ApiToken, User
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.world import QINGPU, World

DAY = timedelta(days=1)
Make = Callable[[World, datetime], None]


def swept(at: datetime) -> dict[str, int]:
    """What housekeeping reports at an instant."""
    with clock.stated(at):
        parts = housekeeping.housekeeping(actor=SYSTEM, now=at)
        return {name: part(at) for name, part in parts}


def user(world: World) -> User:
    return world.user(QINGPU, Role.PLANNER)


def session(world: World, end: datetime) -> None:
    Session.objects.create(session_key="old", session_data="x", expire_date=end)


def token(world: World, end: datetime) -> None:
    made, _secret = ApiToken.objects.create(user=user(world))
    ApiToken.objects.filter(pk=made.pk).update(expiry=end)


def link(world: World, end: datetime) -> None:
    AccountInvitation.objects.create(
        user=user(world), email="a@b.example", token_hash="h", created_at=end, expires_at=end
    )


def mail(world: World, end: datetime, **fields: object) -> OutboxMessage:
    fields = fields or {"sent_at": end}
    key = f"mail:{OutboxMessage.objects.count()}"
    return OutboxMessage.objects.create(
        recipient="a@b.example", dedupe_key=key, subject="S", body="B", created_at=end, **fields
    )


def job(world: World, end: datetime) -> None:
    Job.objects.create(
        kind="k",
        title_zh="甲",
        title_en="A",
        arguments="{}",
        user=user(world),
        actor_kind="person",
        state=State.DONE,
        created_at=end,
        finished_at=end,
    )


def delivery(world: World, end: datetime) -> None:
    file = StoredFile.objects.create(
        sha256="0" * 64, size=1, name="a.csv", uploaded_by=user(world), uploaded_at=end
    )
    Delivery.objects.create(table="units", file=file, uploaded_by=user(world), uploaded_at=end)


def feed(world: World, end: datetime) -> None:
    CalendarFeed.objects.create(
        user=user(world), secret_hash="h", created_at=end - DAY, revoked_at=end
    )


def typed(world: World, end: datetime) -> None:
    chapter = Chapter.objects.create(plan=world.plan(), key="one", position=1, title_zh="总则")
    Autosave.objects.create(chapter=chapter, mandate_id=1, fields={}, saved_at=end)


MAKERS: dict[str, Make] = {
    "sessions": session,
    "tokens": token,
    "links": link,
    "mail_texts": mail,
    "jobs": job,
    "deliveries": delivery,
    "feeds": feed,
    "typed": typed,
}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def test_each_kind_has_its_days_and_its_case(settings) -> None:
    assert set(settings.RETENTION) == set(housekeeping.FORGETTING) == set(MAKERS)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_kind_is_forgotten_after_its_days_and_not_before(
    kind: str, world: World, settings
) -> None:
    end = clock.now()
    MAKERS[kind](world, end)
    limit = end + timedelta(days=settings.RETENTION[kind])
    assert swept(limit - DAY)[f"forget {kind}"] == 0
    report = swept(limit + DAY)
    assert report[f"forget {kind}"] == 1
    assert swept(limit + 2 * DAY)[f"forget {kind}"] == 0


@pytest.mark.parametrize("kind", MAKERS)
def test_the_days_are_those_of_the_setting(kind: str, world: World, settings) -> None:
    end = clock.now()
    MAKERS[kind](world, end)
    settings.RETENTION = {**settings.RETENTION, kind: 1000}
    assert swept(end + timedelta(days=999))[f"forget {kind}"] == 0
    assert swept(end + timedelta(days=1001))[f"forget {kind}"] == 1


def test_housekeeping_rests_for_an_hour(world: World) -> None:
    now = clock.now()
    assert swept(now) != {}
    assert swept(now + timedelta(minutes=59)) == {}
    assert swept(now + timedelta(minutes=61)) != {}


def test_a_mail_loses_its_text_and_keeps_its_row(world: World) -> None:
    long_ago = clock.now() - timedelta(days=500)
    sent, held = mail(world, long_ago), mail(world, long_ago, held_at=long_ago)
    waiting, young = mail(world, long_ago, sent_at=None), mail(world, clock.now())
    assert swept(clock.now())["forget mail_texts"] == 2
    rows = OutboxMessage.objects.in_bulk([sent.pk, held.pk, waiting.pk, young.pk])
    assert [rows[one.pk].body for one in (sent, held, waiting, young)] == ["", "", "B", "B"]
    assert [rows[one.pk].blanked_at is None for one in (sent, held, waiting, young)] == [
        False,
        False,
        True,
        True,
    ]
    assert rows[sent.pk].dedupe_key == sent.dedupe_key


def test_notices_are_never_forgotten(world: World) -> None:
    long_ago = clock.now() - timedelta(days=5000)
    Notice.objects.create(
        user=user(world), kind="k", url="/", key="k", created_at=long_ago, read_at=long_ago
    )
    swept(clock.now())
    assert Notice.objects.count() == 1


def test_ended_sessions_leave_the_list_of_sessions(world: World) -> None:
    session(world, clock.now() + DAY)
    for key in ("old", "gone"):
        listed = UserSession.objects.create(user=user(world), ip="127.0.0.1", session_key=key)
        UserSession.objects.filter(pk=listed.pk).update(last_seen_at=clock.now() - 2 * DAY)
    swept(clock.now())
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["old"]


def test_a_kind_that_fails_is_reported_and_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_arguments: object) -> int:
        raise RuntimeError("no such row")

    monkeypatch.setitem(housekeeping.FORGETTING, "sessions", broken)
    report = sweep(actor=SYSTEM)
    assert [name for name, count in report.items() if count < 0] == ["forget sessions"]
    assert report["tidy files"] == 0


@pytest.mark.parametrize("kind", ["sessions", "tokens", "links", "mail_texts", "jobs", "feeds"])
def test_people_forget_nothing(kind: str, world: World) -> None:
    with pytest.raises(Refused):
        housekeeping.FORGETTING[kind](actor=PUBLIC, older_than=DAY)
