from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.notices.steps import notify, queue_mail
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.world import QINGPU, WUJIANG, World


@pytest.fixture
def client_of(world: World):
    def sign_in(user) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in


def tell(user, count: int, *, start: int = 0) -> None:
    Notice.objects.bulk_create(
        Notice(
            user=user,
            kind="round",
            title_zh=f"通知{n}",
            title_en=f"notice {n}",
            url="/notices/",
            key=f"k{n}",
            created_at=clock.now(),
        )
        for n in range(start, start + count)
    )


def shown(client: Client) -> str:
    """The count as it is read out."""
    return strip_tags(client.get("/notices/count/").content.decode())


def test_count_is_not_sent_again_while_it_is_the_same(world: World, client_of) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    client = client_of(user)

    def ask(tag: str) -> tuple[int, bytes, str]:
        answer = client.get("/notices/count/", headers={"if-none-match": tag})
        return answer.status_code, answer.content, answer.headers.get("ETag", "")

    status, content, none = ask("")
    assert (status, content) == (200, b"")
    assert ask(none) == (304, b"", "")
    tell(user, 2)
    status, _content, two = ask(none)
    assert (status, ask(f"W/{two}")[0]) == (200, 304)


def test_asking_for_the_count_prolongs_no_session(world: World, client_of) -> None:
    client = client_of(world.user(QINGPU, Role.PLANNER))
    client.get("/notices/count/")
    Session.objects.update(expire_date=clock.now() + timedelta(minutes=1))
    before = Session.objects.values_list("expire_date", "session_data").get()
    for _time in range(3):
        assert client.get("/notices/count/").status_code == 200
    assert Session.objects.values_list("expire_date", "session_data").get() == before
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    gone = client.get("/notices/count/")
    assert (gone.status_code, gone["Location"]) == (302, "/accounts/login/?next=/notices/count/")


def test_count_is_a_number_or_nothing(world: World, client_of) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    client = client_of(user)
    assert shown(client) == ""
    tell(user, 3)
    assert shown(client) == "3 unread notices"
    assert shown(client_of(world.user(WUJIANG, Role.PLANNER))) == ""


@pytest.mark.parametrize("many", [200, pytest.param(1_000, marks=pytest.mark.prove)])
def test_inbox_costs_the_same_for_ten_and_for_many(
    world: World, client_of, django_assert_num_queries, many: int
) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    client = client_of(user)
    client.get("/notices/")
    tell(user, 10)
    with CaptureQueriesContext(connection) as few:
        assert "10 unread notices" in client.get("/notices/").content.decode()
    tell(user, many - 10, start=10)
    with django_assert_num_queries(len(few)):
        client.get("/notices/")


def test_reading_a_notice_goes_to_its_page(world: World, client_of) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    client = client_of(user)
    tell(user, 2)
    notice = Notice.objects.first()
    response = client.post(f"/notices/{notice.pk}/read/")
    assert (response.status_code, response["Location"]) == (302, "/notices/")
    assert shown(client) == "1 unread notice"
    assert (
        client_of(world.user(WUJIANG, Role.PLANNER)).post(f"/notices/{notice.pk}/read/").status_code
        == 404
    )
    assert client.get(f"/notices/{notice.pk}/read/").status_code == 405
    assert client.post("/notices/read-all/").status_code == 302
    assert shown(client) == ""


def test_empty_inbox_says_what_will_come(world: World, client_of) -> None:
    text = client_of(world.user(QINGPU, Role.PLANNER)).get("/notices/").content.decode()
    assert "Nothing has reached you yet" in text


def test_api_lists_and_reads_ones_own(world: World, client_of) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    client = client_of(user)
    notify(people=[user.pk], kind="round", title="t", url="/", key="k")
    rows = client.get("/api/v1/notices/").json()["results"]
    assert [(row["kind"], row["read_at"]) for row in rows] == [("round", None)]
    answer = client.post(f"/api/v1/notices/{rows[0]['id']}/read/")
    assert (answer.status_code, answer.json()["read_at"] is None) == (200, False)
    other = client_of(world.user(WUJIANG, Role.PLANNER))
    assert other.post(f"/api/v1/notices/{rows[0]['id']}/read/").status_code == 404


def test_administrators_see_no_body_of_a_secret_mail(world: World, client_of) -> None:
    admin = world.administrator
    admin.is_superuser = True
    admin.save()
    queue_mail(to="a@b.example", subject="Reset", body="/reset/KEY-123/", secret=True)
    notify(people=[admin.pk], kind="round", title="plain words", url="/", key="k")
    client = client_of(admin)
    secret, plain = OutboxMessage.objects.order_by("pk")
    page = client.get(f"/admin/stakeholders/outboxmessage/{secret.pk}/change/").content.decode()
    assert ("KEY-123" in page, "Masked: it holds a link that signs in." in page) == (False, True)
    page = client.get(f"/admin/stakeholders/outboxmessage/{plain.pk}/change/").content.decode()
    assert "plain words" in page
    answer = client.post(
        "/admin/stakeholders/outboxmessage/",
        {"action": "hold", "_selected_action": [plain.pk]},
    )
    plain.refresh_from_db()
    assert (answer.status_code, plain.held_at is None) == (302, False)
