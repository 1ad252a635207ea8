"""Unsubscribing by the link in a mail: open to strangers, bound to one person and topic."""

from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from config.logs import _mask
from stakeholders.notices import actions
from stakeholders.notices.enums import Rhythm
from stakeholders.notices.models import MailPreference, MutedTopic
from stakeholders.notices.steps import notify, queue_mail
from stakeholders.notices.unsubscribing import ALL, Subscription, token_of, url_of
from stakeholders.people.models import User
from stakeholders.terms.actor import SYSTEM, Role
from tests.world import QINGPU, WUJIANG, World


@pytest.fixture
def person(world: World) -> User:
    user = world.user(QINGPU, Role.PLANNER)
    user.language = "en"
    user.save(update_fields=["language"])
    return user


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


def path_of(person: User, topic: str = "matters") -> str:
    return urlsplit(url_of(Subscription(person=person.pk, topic=topic))).path


def sent_headers(kind: str, person: User) -> dict[str, str | None]:
    mail.outbox.clear()
    notify(people=[person.pk], kind=kind, title="t", url="/", key=kind)
    assert actions.send_waiting(actor=SYSTEM) == 1
    message = mail.outbox[0].message()
    return {name: message[name] for name in ("List-Unsubscribe", "List-Unsubscribe-Post")}


def test_mail_without_legal_effect_names_the_way_out(person: User) -> None:
    headers = sent_headers("matter", person)
    assert headers == {
        "List-Unsubscribe": f"<{url_of(Subscription(person=person.pk, topic='matters'))}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@pytest.mark.parametrize("kind", ["sign_off.open", "mandate.end", "spoken.enter"])
def test_legal_mail_names_none_and_says_why(person: User, kind: str) -> None:
    assert set(sent_headers(kind, person).values()) == {None}
    assert "This mail has legal effect" in mail.outbox[0].body


def test_mail_that_signs_in_names_none(person: User) -> None:
    queue_mail(to=person.email, subject="S", body="B", secret=True)
    actions.send_waiting(actor=SYSTEM)
    assert mail.outbox[0].message()["List-Unsubscribe"] is None


def test_opening_the_link_changes_nothing_and_posting_stops_the_topic(
    person: User, stranger: Client
) -> None:
    path = path_of(person)
    answer = stranger.get(path)
    assert (answer.status_code, MutedTopic.objects.count()) == (200, 0)
    assert "Stop this mail" in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})  # as a mail reader posts
    assert (answer.status_code, "Done: you get no more" in answer.content.decode()) == (200, True)
    assert list(MutedTopic.objects.values_list("user_id", "topic")) == [(person.pk, "matters")]
    stranger.post(path)
    assert MutedTopic.objects.count() == 1
    answer = stranger.post(path, {"resume": "1"})
    assert (MutedTopic.objects.count(), answer.status_code) == (0, 200)
    assert "sent to you again" in answer.content.decode()


def test_who_unsubscribed_gets_no_mail_but_the_notice(person: User, stranger: Client) -> None:
    stranger.post(path_of(person))
    assert notify(people=[person.pk], kind="matter", title="t", url="/", key="k") == 1
    assert actions.send_waiting(actor=SYSTEM) == 0
    assert person.notices.count() == 1


def test_what_has_legal_effect_is_not_stopped(person: User, stranger: Client) -> None:
    path = path_of(person, "account")
    answer = stranger.post(path)
    assert "Such mail cannot be stopped." in answer.content.decode()
    stranger.post(path_of(person, "sign_off"))
    assert list(MutedTopic.objects.values_list("topic", flat=True)) == ["sign_off"]
    assert set(sent_headers("sign_off.open", person).values()) == {None}


def test_a_mail_of_several_topics_ends_mail_copies(person: User, stranger: Client) -> None:
    stranger.post(path_of(person, ALL))
    assert MailPreference.objects.get().rhythm == Rhythm.NEVER
    stranger.post(path_of(person, ALL), {"resume": "1"})
    assert MailPreference.objects.get().rhythm == Rhythm.AT_ONCE


def test_forged_and_foreign_links_are_not_there(
    world: World, person: User, stranger: Client
) -> None:
    token = token_of(Subscription(person=person.pk, topic="matters"))
    other = world.user(WUJIANG, Role.PLANNER)
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.replace(f"{person.pk}.", f"{other.pk}.", 1),
        token.replace("matters", "rounds"),
        token.partition("~")[0],
        "x",
        "1.matters~",
        token_of(Subscription(person=person.pk, topic="nonsense")),
        token_of(Subscription(person=10**9, topic="matters")),
    ]
    for word in forged:
        for answer in (
            stranger.get(f"/inbox/unsubscribe/{word}/"),
            stranger.post(f"/inbox/unsubscribe/{word}/"),
        ):
            assert (word, answer.status_code) == (word, 404)
    assert MutedTopic.objects.count() == 0
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert stranger.post(path_of(person)).status_code == 404


def test_the_link_stands_in_no_log(person: User) -> None:
    path = path_of(person)
    assert _mask(None, "", {"path": path})["path"] == "/inbox/unsubscribe/…/"
