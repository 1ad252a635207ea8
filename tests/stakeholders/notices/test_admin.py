"""The administrators' pages of mail: what they show, mask, count and do."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation

from config.health import _mail
from stakeholders.notices import actions
from stakeholders.notices.enums import HoldReason
from stakeholders.notices.lettering import masked
from stakeholders.notices.models import OutboxMessage, ReturnedAddress
from stakeholders.notices.steps import notify, queue_mail, queue_minted_mail
from stakeholders.notices.topics import topic_by_key
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.stakeholders.notices.test_actions import put
from tests.world import QINGPU, World, person

LIST = "/admin/stakeholders/outboxmessage/"
ADDRESSES = "/admin/stakeholders/returnedaddress/"


@pytest.fixture
def client_of(world: World) -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def office(world: World, client_of) -> Client:
    admin = world.administrator
    admin.is_superuser, admin.language = True, "en"
    admin.save()
    client: Client = client_of(admin)
    return client


def page(office: Client, path: str) -> str:
    answer = office.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def held(key: str, reason: HoldReason, **fields: object) -> OutboxMessage:
    return put(key, held_at=clock.now(), hold_reason=reason, **fields)


def test_the_list_says_where_mail_goes_and_how_much_stands_where(office: Client, settings) -> None:
    put("w")
    put("f", last_error="OSError: x")
    put("s", sent_at=clock.now())
    put("r", sent_at=clock.now(), returned_at=clock.now())
    held("d1", HoldReason.REFUSED)
    held("d2", HoldReason.FAULTY)
    held("a", HoldReason.ADMINISTRATOR)
    text = page(office, LIST)
    assert "reaches nobody" in text
    assert "No address for undelivered mail is set" in text
    for line in (
        "Waiting: 2",
        "Waiting after a failure: 1",
        "Will not leave by itself: 2",
        "Held: 1",
        "Sent: 1",
        "Came back: 1",
    ):
        assert line in text
    settings.EMAIL_HOST, settings.EMAIL_BOUNCES = "mx.example", "bounces@joint.example"
    text = page(office, LIST)
    assert "Mail goes to the mail server mx.example:25." in text
    assert "bounces@joint.example" in text
    text = page(office, f"{LIST}?state=dead")
    assert "2 mails" in text
    assert "reaches nobody" not in text


def test_an_opened_mail_stands_as_it_is_sent_with_its_links_masked(
    world: World, office: Client
) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    notify(people=[user.pk], kind="matter", title="A matter", url="/plans/YRD-1/", key="k")
    mail = OutboxMessage.objects.get()
    text = page(office, f"{LIST}{mail.pk}/change/")
    assert "Auto-Submitted: auto-generated" in text
    assert "/inbox/unsubscribe/…/&gt;" in text
    assert "/plans/YRD-1/" in text
    assert "&lt;table role=&quot;presentation&quot;" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://x.example/people/invitation/Ab9-Ab9_Ab9Ab9Ab9Ab9/", "https://x.example/people/invitation/…/"),
        ("http://x/accounts/password/reset/key/2k-cr0fqk-8d2e6f1a77c0aa/", "http://x/accounts/password/reset/key/…/"),
        ("http://x/a?token=0123456789abcdef&b=1", "http://x/a?token=…&b=1"),
        ("http://x/inbox/unsubscribe/12.matters~AbcdefghijklmnopqrstuvwxyzABCDEF/", "http://x/inbox/unsubscribe/…/"),
        ("http://x/plans/YRD-QWJ-2026/rounds/3/", "http://x/plans/YRD-QWJ-2026/rounds/3/"),
        ("no address 0123456789abcdef0123456789", "no address 0123456789abcdef0123456789"),
    ],
)  # fmt: skip
def test_what_opens_something_is_masked_in_addresses(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_mails_that_open_something_show_no_link(office: Client) -> None:
    queue_mail(to="a@b.example", subject="S", body="http://x/KEY-123", secret=True)
    queue_minted_mail(to="a@b.example", subject="S", body="Open {link}", minter="m", about="1")
    secret, minted = OutboxMessage.objects.order_by("pk")
    text = page(office, f"{LIST}{secret.pk}/change/")
    assert ("KEY-123" in text, "Masked: it holds a link that signs in." in text) == (False, True)
    assert "/…" in page(office, f"{LIST}{minted.pk}/change/")


def test_a_faulty_mail_is_released_as_it_is(world: World, office: Client) -> None:
    put("faulty", subject="Due {day}")
    assert actions.send_waiting(actor=SYSTEM) == 0
    mail = OutboxMessage.objects.get()
    assert (mail.hold_reason, mail.last_error) == (
        HoldReason.FAULTY,
        "A gap in it was not filled in: {day}",
    )
    assert _mail() == "mail that will not leave by itself: 1 faulty"
    office.post(LIST, {"action": "release", "_selected_action": [mail.pk]})
    assert _mail() == "ok"
    assert actions.send_waiting(actor=SYSTEM) == 1


def test_a_sent_mail_is_sent_again_but_no_link_twice(world: World, office: Client) -> None:
    plain, secret = put("plain"), put("secret", is_secret=True)
    assert actions.send_waiting(actor=SYSTEM) == 2
    office.post(LIST, {"action": "send_again", "_selected_action": [plain.pk, secret.pk]})
    assert actions.send_waiting(actor=SYSTEM) == 1
    assert OutboxMessage.objects.filter(sent_at__isnull=True).count() == 0


def test_a_returned_address_is_cleared_with_its_mail(world: World, office: Client) -> None:
    now = clock.now()
    row = ReturnedAddress.objects.create(
        address="a@b.example", reason="x", first_at=now, last_at=now
    )
    put("k")
    assert actions.send_waiting(actor=SYSTEM) == 0
    assert "a@b.example" in page(office, f"{ADDRESSES}?state=stopped")
    assert "0 addresses" in page(office, f"{ADDRESSES}?state=cleared")
    office.post(ADDRESSES, {"action": "clear_and_release", "_selected_action": [row.pk]})
    assert actions.send_waiting(actor=SYSTEM) == 1
    row.refresh_from_db()
    assert row.cleared_at is not None


@pytest.mark.parametrize(("may", "held"), [("view", False), ("change", True)])
def test_who_may_only_read_mail_does_nothing_with_it(
    world: World, client_of, may: str, held: bool
) -> None:
    mail = put("plain")
    staff = person("mail@qingpu.example", "mail")
    staff.is_staff = True
    staff.save()
    known = {"view", may}
    staff.user_permissions.set(
        Permission.objects.filter(codename__in=[f"{one}_outboxmessage" for one in known])
    )
    client = client_of(staff)
    assert ('value="hold"' in page(client, LIST)) == held
    client.post(LIST, {"action": "hold", "_selected_action": [mail.pk]})
    mail.refresh_from_db()
    assert (mail.held_at is not None) == held


def test_who_gets_no_mail_reads_so_in_the_inbox(world: World, client_of) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    client = client_of(user)
    assert "came back" not in client.get("/notices/").content.decode()
    now = clock.now()
    address = user.email.upper()
    ReturnedAddress.objects.create(address=address, reason="x", first_at=now, last_at=now)
    assert "came back" in client.get("/notices/").content.decode()


def test_the_topics_of_mail_are_named(office: Client) -> None:
    for topic in ("account", "rounds"):
        put(f"t-{topic}", topic=topic)
    said = page(office, LIST)
    for topic in ("account", "rounds"):
        assert f'href="?topic={topic}"' in said
        assert f">{topic}</a>" not in said
        with translation.override("en"):
            assert f">{topic_by_key(topic).label}</a>" in said
