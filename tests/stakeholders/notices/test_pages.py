"""The pages and the API of the inbox and of the settings of mail."""

from datetime import time

import pytest
from django.test import Client

from stakeholders.notices import queries
from stakeholders.notices.models import MailPreference, MutedTopic, Notice
from stakeholders.notices.steps import notify
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.world import QINGPU, WUJIANG, World, in_days

SETTINGS = {"rhythm": "daily", "hour": "17", "weekday": "0", "language": "both"}


@pytest.fixture
def user(world: World) -> User:
    return world.user(QINGPU, Role.PLANNER)


@pytest.fixture
def client(user: User) -> Client:
    return client_of(user)


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def tell(user: User, key: str, *, kind: str = "round", **said: object) -> Notice:
    notify(people=[user.pk], kind=kind, title=f"title {key}", url="/", key=key, **said)
    return Notice.objects.get(user=user, key=key)


def unread(user: User) -> list[str]:
    rows = Notice.objects.filter(user=user, read_at__isnull=True).order_by("key")
    return list(rows.values_list("key", flat=True))


def test_the_inbox_is_filtered_by_its_address(client: Client, user: User) -> None:
    tell(user, "a", plan_key="P")
    tell(user, "b", plan_key="Q", kind="matter")
    tell(user, "c", plan_key="Q")
    Notice.objects.filter(key="c").update(read_at=clock.now())
    for query, here in (
        ("", "abc"),
        ("?topic=rounds", "ac"),
        ("?plan=Q", "bc"),
        ("?unread=on", "ab"),
        ("?topic=rounds&plan=Q&unread=on", ""),
        ("?topic=nonsense", "abc"),
        ("?page=999", "abc"),
    ):
        page = client.get(f"/notices/{query}").content.decode()
        assert [key for key in "abc" if f">title {key}<" in page] == list(here)
    page = client.get("/notices/?plan=Q").content.decode()
    assert "Rounds, opinions and experts (1)" in page
    assert "Matters for coordination (1)" in page
    assert "P (1)" in page
    assert "Show all (3)" in page


def test_empty_filters_say_so(client: Client, user: User) -> None:
    row = tell(user, "a")
    assert "Nothing of this filter" in client.get("/notices/?plan=Z").content.decode()
    client.post(f"/notices/{row.pk}/read/")
    assert "Nothing unread" in client.get("/notices/?unread=on").content.decode()


def test_a_line_shows_text_date_and_what_became_of_its_mail(client: Client, user: User) -> None:
    tell(user, "a", text="what is asked", due_at=in_days(3))
    page = client.get("/notices/").content.decode()
    assert "what is asked" in page
    assert "Due " in page
    assert "The mail is about to leave" in page
    MailPreference.objects.create(user=user, rhythm="daily", updated_at=clock.now())
    tell(user, "b")
    assert "Goes with the digest of " in client.get("/notices/").content.decode()


def test_chosen_notices_are_marked_and_the_filter_stays(client: Client, user: User) -> None:
    rows = [tell(user, key, plan_key="P") for key in "abc"]
    said = {"to": "read", "notice": [rows[0].pk, rows[1].pk], "plan": "P", "page": "1"}
    answer = client.post("/notices/mark/", said)
    assert (answer.status_code, answer["Location"]) == (302, "/notices/?plan=P")
    assert unread(user) == ["c"]
    client.post("/notices/mark/", {"to": "unread", "notice": [rows[0].pk]})
    assert client.get("/notices/").content.decode().count("Unread</span>") == 2
    assert unread(user) == ["a", "c"]


@pytest.mark.parametrize(
    "said",
    [
        {"to": "read"},
        {"to": "burn", "notice": ["1"]},
        {"notice": ["1"]},
        {"to": "read", "notice": ["x", "-1", "9" * 40]},
    ],
)
def test_spoilt_choices_mark_nothing_and_are_told(
    client: Client, user: User, said: dict[str, object]
) -> None:
    tell(user, "a")
    answer = client.post("/notices/mark/", said, follow=True)
    assert "Choose at least one notice." in answer.content.decode()
    assert unread(user) == ["a"]


def test_nobody_marks_anothers_notices(world: World, user: User) -> None:
    row = tell(user, "a")
    other = client_of(world.user(WUJIANG, Role.PLANNER))
    other.post("/notices/mark/", {"to": "read", "notice": [row.pk]})
    assert unread(user) == ["a"]
    assert other.post(f"/api/v1/notices/{row.pk}/unread/").status_code == 404


def test_all_of_a_filter_are_marked(client: Client, user: User) -> None:
    tell(user, "a"), tell(user, "b", kind="matter")
    answer = client.post("/notices/read-all/", {"topic": "matters"})
    assert (answer["Location"], unread(user)) == ("/notices/?topic=matters", ["a"])


def test_a_topic_is_muted_from_its_line_and_heard_again(client: Client, user: User) -> None:
    tell(user, "a")
    assert "Mute “Rounds, opinions and experts”" in client.get("/notices/").content.decode()
    page = client.post("/notices/mute/", {"mute": "rounds"}, follow=True).content.decode()
    assert "is muted. What has legal effect still comes by mail." in page
    assert "Hear of “Rounds, opinions and experts” again" in page
    client.post("/notices/mute/", {"unmute": "rounds"})
    assert MutedTopic.objects.count() == 0
    for said in ({"mute": "account"}, {"mute": "nonsense"}, {}):
        page = client.post("/notices/mute/", said, follow=True).content.decode()
        assert "it stays on" in page
    assert MutedTopic.objects.count() == 0


def test_legal_notices_offer_no_muting(client: Client, user: User) -> None:
    tell(user, "a", kind="sign_off.open")
    assert "Mute “" not in client.get("/notices/").content.decode()


def test_settings_are_kept_and_shown(client: Client, user: User) -> None:
    page = client.get("/notices/settings/").content.decode()
    assert "Cannot be muted" in page
    said = {**SETTINGS, "quiet_from": "22:00", "quiet_until": "06:30", "zone": "Europe/Berlin"}
    answer = client.post(
        "/notices/settings/", {**said, "language": "en", "muted": ["jobs", "rounds"]}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/notices/settings/")
    row = MailPreference.objects.get(user=user)
    assert (row.rhythm, row.hour, row.quiet_from, row.quiet_until, row.zone) == (
        "daily",
        17,
        time(22),
        time(6, 30),
        "Europe/Berlin",
    )
    user.refresh_from_db()
    assert user.language == "en"
    assert sorted(MutedTopic.objects.values_list("topic", flat=True)) == ["jobs", "rounds"]
    page = client.get("/notices/settings/").content.decode()
    assert 'value="Europe/Berlin"' in page
    assert 'value="22:00"' in page
    assert page.count(" checked") == 4  # rhythm, language, two topics


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"zone": "Moon/Sea"}, "No such time zone."),
        ({"quiet_from": "22:00"}, "Quiet hours need a beginning and an end"),
        ({"quiet_from": "late", "quiet_until": "06:00"}, "Enter a valid time."),
        ({"muted": ["account"]}, "it stays on"),
        ({"rhythm": "hourly"}, "Select a valid choice."),
        ({"hour": "25"}, "Select a valid choice."),
    ],
)
def test_wrong_settings_are_said_at_the_field_and_what_was_typed_stays(
    client: Client, wrong: dict[str, object], text: str
) -> None:
    said = {**SETTINGS, "zone": "Asia/Tokyo", "muted": ["jobs"], **wrong}
    answer = client.post("/notices/settings/", said)
    page = answer.content.decode()
    assert (answer.status_code, text in page) == (422, True)
    assert f'value="{said["zone"]}"' in page
    assert MailPreference.objects.count() == 0


def test_the_api_filters_marks_and_counts(client: Client, user: User) -> None:
    row = tell(user, "a", plan_key="P", due_at=in_days(3), text="below")
    tell(user, "b", kind="matter", plan_key="Q")

    def keys(query: str) -> list[str]:
        rows = client.get(f"/api/v1/notices/{query}").json()["results"]
        return [one["title_en"][-1] for one in rows]

    assert keys("") == ["b", "a"]
    assert (keys("?topic=rounds"), keys("?plan=Q"), keys("?unread=true")) == (
        ["a"],
        ["b"],
        ["b", "a"],
    )
    assert client.get("/api/v1/notices/?topic=nonsense").status_code == 400
    one = client.get(f"/api/v1/notices/{row.pk}/").json()
    assert (one["topic"], one["text_en"], one["due_at"] is None) == ("rounds", "below", False)
    assert client.post("/api/v1/notices/read-all/", {"topic": "rounds"}).status_code == 415
    put = {"content_type": "application/json"}
    answer = client.post("/api/v1/notices/read-all/", {"topic": "rounds"}, **put)
    assert answer.json() == {"marked": 1}
    assert keys("?unread=true") == ["b"]
    answer = client.post(f"/api/v1/notices/{row.pk}/unread/")
    assert (answer.status_code, answer.json()["read_at"]) == (200, None)
    assert client.post("/api/v1/notices/read-all/").json() == {"marked": 2}


def test_the_api_keeps_settings(world: World, client: Client, user: User) -> None:
    standing = client.get("/api/v1/notices/settings/").json()
    assert standing == {
        "rhythm": "at_once",
        "hour": 8,
        "weekday": 0,
        "quiet_from": None,
        "quiet_until": None,
        "zone": "",
        "language": "",
        "muted": [],
    }
    said = {**standing, "rhythm": "weekly", "quiet_from": "22:00:00", "quiet_until": "07:00:00"}
    said |= {"muted": ["jobs"], "language": "en", "zone": "UTC"}
    put = {"content_type": "application/json"}
    assert client.put("/api/v1/notices/settings/", said, **put).json() == said
    answer = client.put("/api/v1/notices/settings/", {**said, "muted": ["account"]}, **put)
    assert (answer.status_code, list(answer.json())) == (400, ["muted"])
    answer = client.put("/api/v1/notices/settings/", {**said, "zone": "Moon"}, **put)
    assert (answer.status_code, list(answer.json())) == (400, ["zone"])
    other = world.actor(WUJIANG, Role.PLANNER)
    assert not queries.mail_choice(actor=other).is_stored


def test_the_settings_cost_as_much_with_every_topic_muted(
    client: Client, user: User, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(14):
        client.get("/notices/settings/")
