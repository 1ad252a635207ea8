"""Making, renewing and revoking feeds, and what their addresses give away: nothing."""

import hashlib
import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.logs import _mask
from consult.desk.feeds import actions, queries
from consult.desk.feeds.enums import MOST
from consult.desk.models import CalendarFeed
from plans.register.models import Plan
from stakeholders.people.actions import make_token
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import actor_of, actor_without_mandate
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import PUBLIC, Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible
from tests.consult.desk.conftest import Owe
from tests.consult.desk.feeds.conftest import Read, Subscribe, parse
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days

FORGED = "A" * 43


@pytest.fixture
def plan(world: World, owe: Owe) -> Plan:
    owe(QINGPU, in_days(5), Role.CONTACT_POINT.value)
    return world.plan()


@pytest.fixture
def user(world: World, plan: Plan) -> User:
    return world.user(QINGPU, Role.CONTACT_POINT)


@pytest.fixture
def me(user: User) -> Actor:
    return actor_without_mandate(user)


@pytest.fixture
def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def path_of(secret: str) -> str:
    return reverse("desk:feed", args=[secret])


def test_only_the_hash_of_a_secret_is_kept(me: Actor) -> None:
    feed, secret = actions.make_feed(actor=me, name="  Phone ", language="en")
    row = CalendarFeed.objects.values().get(pk=feed.pk)
    assert row["secret_hash"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(row)
    assert (row["name"], row["language"], row["plan_id"], row["revoked_at"]) == (
        "Phone",
        "en",
        None,
        None,
    )
    assert len(secret) == 43  # 256 bits
    assert RecordEntry.objects.filter(subject__contains="calendar").count() == 0


def test_feed_of_a_plan_one_does_not_see_is_not_made(world: World, plan: Plan, me: Actor) -> None:
    outsider = actor_without_mandate(world.user(KUNSHAN, Role.CONTACT_POINT))
    for actor, key in ((outsider, plan.key), (me, "gone")):
        with pytest.raises(NotVisible):
            actions.make_feed(actor=actor, plan_key=key)
    with pytest.raises(Invalid) as error:
        actions.make_feed(actor=me, language="fr")
    assert list(error.value.errors) == ["language"]
    with pytest.raises(ValueError, match="no person"):
        actions.make_feed(actor=PUBLIC)
    assert CalendarFeed.objects.count() == 0


def test_a_person_has_twenty_living_feeds_at_most(world: World, me: Actor) -> None:
    made = [actions.make_feed(actor=me)[0] for _number in range(MOST)]
    with pytest.raises(Conflict):
        actions.make_feed(actor=me)
    actions.make_feed(actor=actor_without_mandate(world.user(WUJIANG, Role.CONTACT_POINT)))
    actions.revoke_feed(actor=me, pk=made[0].pk)
    actions.make_feed(actor=me)
    assert queries.own_feeds(actor=me).count() == MOST == 20


def test_revoked_and_renewed_addresses_open_nothing_at_once(me: Actor, read: Read) -> None:
    feed, first = actions.make_feed(actor=me)
    assert read(path_of(first)).status_code == 200
    _feed, second = actions.renew_feed(actor=me, pk=feed.pk)
    assert [read(path_of(one)).status_code for one in (first, second)] == [404, 200]
    actions.revoke_feed(actor=me, pk=feed.pk)
    assert [read(path_of(one)).status_code for one in (first, second)] == [404, 404]
    for act in (actions.revoke_feed, actions.renew_feed):
        with pytest.raises(NotVisible):
            act(actor=me, pk=feed.pk)


def test_nobody_touches_anothers_feed(world: World, me: Actor) -> None:
    feed, _secret = actions.make_feed(actor=me)
    other = actor_without_mandate(world.user(WUJIANG, Role.CONTACT_POINT))
    for act in (actions.revoke_feed, actions.renew_feed):
        with pytest.raises(NotVisible):
            act(actor=other, pk=feed.pk)
    client = Client()
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    answers = [
        client.post(reverse(f"desk:{name}", args=[pk])).status_code
        for name in ("revoke_feed", "renew_feed")
        for pk in (feed.pk, feed.pk + 999)
    ]
    assert answers == [404] * 4
    assert queries.own_feeds(actor=me).get() == feed


def test_whatever_opens_nothing_gets_one_answer(me: Actor, read: Read, user: User) -> None:
    """Unknown, revoked, malformed, of a wrong length, a hash, of a deactivated person."""
    feed, revoked = actions.make_feed(actor=me)
    actions.revoke_feed(actor=me, pk=feed.pk)
    _feed, living = actions.make_feed(actor=me)
    stored = CalendarFeed.objects.get(revoked_at=None).secret_hash
    tried = [
        FORGED,
        revoked,
        living[:-1],
        f"{living}A",
        living.swapcase(),
        stored,
        "x",
        "a b",
        "密",
        "..",
        "A" * 2000,
        "' or 1=1 --",
    ]
    answers = {secret: read(path_of(secret)) for secret in tried}
    User.objects.filter(pk=user.pk).update(is_active=False)
    answers["of a deactivated person"] = read(path_of(living))
    bodies = {(one.status_code, one["Content-Type"], one.content) for one in answers.values()}
    assert bodies == {(404, "text/plain; charset=utf-8", b"404 Not Found\n")}
    headers = {tuple(sorted(name for name, _value in one.items())) for one in answers.values()}
    assert len(headers) == 1
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert read(path_of(living)).status_code == 200
    # Signed in it is the same: the address decides, not who asks.
    client = Client()
    client.force_login(user)
    assert client.get(path_of(FORGED)).content == b"404 Not Found\n"


def test_feed_is_kept_by_no_cache_and_told_to_nobody(me: Actor, read: Read) -> None:
    _feed, secret = actions.make_feed(actor=me)
    for answer in (read(path_of(secret)), read(path_of(FORGED))):
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer.cookies == {}
    assert secret.encode() not in read(path_of(secret)).content


def test_unchanged_feed_is_not_sent_again(me: Actor, read: Read) -> None:
    _feed, secret = actions.make_feed(actor=me)
    path = path_of(secret)
    first = read(path)
    tag = first["ETag"]
    assert tag == f'"{canonical.digest(first.content.decode())}"'
    with clock.stated(clock.now() + timedelta(hours=3)):
        same = [read(path, **{"if-none-match": one}) for one in (tag, f'W/{tag}, "x"', "*")]
        other = read(path, **{"if-none-match": '"other"'})
    assert [(one.status_code, one.content, one["ETag"]) for one in same] == [(304, b"", tag)] * 3
    assert {one["Referrer-Policy"] for one in same} == {"no-referrer"}
    assert (other.status_code, other.content) == (200, first.content)
    head = Client().head(path)
    assert (head.status_code, head["ETag"], head.content) == (200, tag, b"")
    Plan.objects.update(short_zh="改名")
    changed = read(path, **{"if-none-match": tag})
    assert (changed.status_code, changed["ETag"] != tag) == (200, True)
    assert Client().post(path).status_code == 405


def test_page_shows_a_new_address_once(client_of: Client, plan: Plan, read: Read) -> None:
    page = reverse("desk:feeds")
    assert "尚未建立" in client_of.get(page).content.decode()
    answer = client_of.post(page, {"plan": plan.key, "name": "手机", "language": "en"})
    secret = answer.context["address"].removeprefix(f"{settings.SITE_URL}/calendar/")[:-4]
    body = answer.content.decode()
    assert (answer.status_code, body.count(secret)) == (200, 2)
    assert f'href="webcal://{settings.SITE_URL.partition("//")[2]}/calendar/{secret}.ics"' in body
    assert "no-store" in answer["Cache-Control"]
    assert parse(read(path_of(secret)).content).text("NAME") == "手机"
    later = client_of.get(page).content.decode()
    assert (secret in later, "手机" in later) == (False, True)
    feed = CalendarFeed.objects.get()
    renewed = client_of.post(reverse("desk:renew_feed", args=[feed.pk]))
    fresh = renewed.context["address"]
    assert (renewed.status_code, secret in fresh) == (200, False)
    gone = client_of.post(reverse("desk:revoke_feed", args=[feed.pk]))
    assert (gone.status_code, gone["Location"]) == (302, page)
    assert queries.own_feeds(actor=actor_without_mandate(feed.user)).count() == 0


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"plan": "gone"}, "plan"),
        ({"language": "fr"}, "language"),
        ({"name": "x" * 81}, "name"),
    ],
)
def test_page_keeps_what_was_typed_on_an_error(
    client_of: Client, data: dict[str, str], field: str
) -> None:
    answer = client_of.post(reverse("desk:feeds"), {"name": "保留", **data})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert data.get("name", "保留") in answer.content.decode()
    assert CalendarFeed.objects.count() == 0


def test_page_offers_only_plans_one_sees(world: World, plan: Plan, client_of: Client) -> None:
    def offered(client: Client) -> list[str]:
        form = client.get(reverse("desk:feeds"), {"plan": plan.key}).context["form"]
        return [key for key, _label in form.fields["plan"].choices]

    outsider = Client()
    outsider.force_login(world.user(KUNSHAN, Role.CONTACT_POINT))
    assert (offered(client_of), offered(outsider)) == (["", "QWJ"], [""])


def test_page_names_no_plan_one_sees_no_more(
    world: World, plan: Plan, client_of: Client, me: Actor, user: User
) -> None:
    actions.make_feed(actor=me, plan_key=plan.key)
    assert "青吴嘉规划" in client_of.get(reverse("desk:feeds")).content.decode()
    assert [one["plan"] for one in client_of.get("/api/v1/calendar/").json()] == [plan.key]
    Mandate.objects.filter(user=user).update(valid_until=clock.now())
    assert "青吴嘉规划" not in client_of.get(reverse("desk:feeds")).content.decode()
    assert [one["plan"] for one in client_of.get("/api/v1/calendar/").json()] == [""]


def test_operations_list_and_revoke_but_give_no_token_an_address(
    world: World, user: User, client_of: Client, plan: Plan, me: Actor
) -> None:
    mandate = world.mandate(QINGPU, Role.CONTACT_POINT)
    _row, token = make_token(actor=actor_of(mandate), user=user, name="test", days=1)
    by_token = Client(headers={"authorization": f"Token {token}"})
    page = "/api/v1/calendar/"
    made = client_of.post(page, {"plan": "QWJ", "name": "x"}, content_type="application/json")
    body = made.json()
    assert made.status_code == 201
    assert body["address"].startswith(f"{settings.SITE_URL}/calendar/")
    shown = by_token.get(page).json()
    assert [sorted(one) for one in shown] == [
        ["created_at", "id", "language", "name", "plan", "read_at"]
    ]
    assert (shown[0]["plan"], shown[0]["name"]) == ("QWJ", "x")
    refused = [
        by_token.post(path, {}, content_type="application/json").status_code
        for path in (page, f"{page}{body['id']}/renew/")
    ]
    assert refused == [403, 403]
    assert CalendarFeed.objects.count() == 1
    renewed = client_of.post(f"{page}{body['id']}/renew/", content_type="application/json")
    assert (renewed.status_code, renewed.json()["address"] != body["address"]) == (200, True)
    bad = client_of.post(page, {"plan": "gone"}, content_type="application/json")
    assert bad.status_code == 404
    revoked = by_token.post(f"{page}{body['id']}/revoke/", {}, content_type="application/json")
    again = by_token.post(f"{page}{body['id']}/revoke/", {}, content_type="application/json")
    assert (revoked.status_code, again.status_code, by_token.get(page).json()) == (204, 404, [])
    assert Client().get(page).status_code == 401


@pytest.mark.parametrize(
    "line",
    [
        "/calendar/{}.ics",
        "GET /calendar/{}.ics HTTP/1.1",
        "Not Found: /calendar/{}",
        "https://site.example/calendar/{}.ics?x=1",
    ],
)
def test_logs_name_no_secret(line: str) -> None:
    masked = _mask(None, "info", {"event": line.format(FORGED), "path": line.format(FORGED)})
    assert [FORGED in str(value) for value in masked.values()] == [False, False]
    page = {"event": "/calendar/", "path": "/calendar/12345/revoke/"}
    assert _mask(None, "info", dict(page)) == page


def test_a_failing_feed_tells_its_secret_neither_in_the_log_nor_on_the_page(
    me: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _feed, secret = actions.make_feed(actor=me)

    def broken(*args: object, **kwargs: object) -> bytes:
        raise RuntimeError("broken")

    monkeypatch.setattr("consult.desk.feeds.views.to_bytes", broken)
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.getLogger().handlers[0].formatter)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        answer = Client(raise_request_exception=False).get(path_of(secret))
    finally:
        logger.removeHandler(handler)
    assert (answer.status_code, secret.encode() in answer.content) == (500, False)
    lines = [str(_mask(None, "error", {"event": stream.getvalue()}))]
    assert [secret in line for line in lines] == [False]


def test_list_costs_the_same_for_2_and_20_feeds(client_of: Client, me: Actor) -> None:
    costs = []
    for more in (2, 18):
        for _number in range(more):
            actions.make_feed(actor=me, plan_key="QWJ")
        for path in (reverse("desk:feeds"), "/api/v1/calendar/"):
            with CaptureQueriesContext(connection) as found:
                assert client_of.get(path).status_code == 200
            costs.append(len(found))
    assert costs[:2] == costs[2:]


def test_subscribing_is_offered_where_dates_are_seen(
    client_of: Client, plan: Plan, subscribe: Subscribe
) -> None:
    target = f'href="{reverse("desk:feeds")}'
    pages = ("/", plan.get_absolute_url(), reverse("people:account"), reverse("notices:settings"))
    for path in pages:
        assert target in client_of.get(path).content.decode(), path


def test_of_two_parties_each_reads_its_own(
    world: World, plan: Plan, owe: Owe, subscribe: Subscribe, read: Read
) -> None:
    owe(JIASHAN, in_days(6), Role.CONTACT_POINT.value)
    found = {
        code: read(subscribe(world.user(code, Role.CONTACT_POINT))).content.count(b"BEGIN:VEVENT")
        for code in (QINGPU, WUJIANG, JIASHAN)
    }
    assert found == {QINGPU: 1, WUJIANG: 0, JIASHAN: 1}
