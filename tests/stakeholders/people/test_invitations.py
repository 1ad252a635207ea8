"""Invitations to accounts: the link is made while its mail is sent, shown by GET, taken by POST."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from stakeholders.notices.actions import drain_outbox
from stakeholders.notices.models import OutboxMessage
from stakeholders.people import actions
from stakeholders.people.enums import InvitationState
from stakeholders.people.models import AccountInvitation, Mandate, User
from stakeholders.people.queries import hash_of, invitation_of, kept_invitations
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import PUBLIC, SYSTEM, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.world import PASSWORD, QINGPU, WUJIANG, World, in_days

NEW = "another long test passphrase"
EMAIL = "new@qingpu.example"


def acts() -> list[str]:
    return list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))


@pytest.fixture
def granted(world: World) -> AccountInvitation:
    """Qingpu's contact point appoints a planner who is not known yet."""
    actions.appoint(
        actor=world.actor(QINGPU, Role.CONTACT_POINT),
        email=EMAIL,
        name_zh="新人",
        role=Role.PLANNER,
        document="青函〔2026〕1号",
        plan_key="",
    )
    return AccountInvitation.objects.get()


def link() -> str:
    """The path in the newest mail that was sent."""
    drain_outbox(actor=SYSTEM)
    return re.search(r"https?://[^/]+(/people/invitation/\S+)", mail.outbox[-1].body)[1]


def token_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def take(path: str, client: Client | None = None, **more: str):
    fields = {"password1": NEW, "password2": NEW, **more}
    return (client or Client(headers={"accept-language": "en"})).post(path, fields)


def test_the_outbox_never_holds_the_link(granted: AccountInvitation) -> None:
    row = OutboxMessage.objects.get()
    assert (row.recipient, row.minter, "{link}" in row.body) == (EMAIL, "account_invitation", True)
    assert granted.token_hash == ""
    path = link()
    row.refresh_from_db()
    granted.refresh_from_db()
    assert token_of(path) not in row.body + row.subject + row.last_error
    assert (granted.token_hash, granted.sent_at is None) == (hash_of(token_of(path)), False)


def test_the_hash_is_there_before_the_mail_leaves(granted: AccountInvitation, monkeypatch) -> None:
    """A crash after the mail server's answer leaves a link that opens."""
    seen = []

    def send(self) -> int:
        path = re.search(r"/people/invitation/([^/\s]+)/", self.body)[1]
        seen.append(invitation_of(token=path).pk)
        return 1

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    drain_outbox(actor=SYSTEM)
    assert seen == [granted.pk]


def test_looking_changes_nothing_and_accepting_works_once(granted: AccountInvitation) -> None:
    path = link()
    stranger = Client(headers={"accept-language": "en"})
    for _scan in range(2):
        page = stranger.get(path)
        assert (page.status_code, page["Referrer-Policy"]) == (200, "strict-origin")
        assert 'name="referrer" content="strict-origin"' in page.content.decode()
    assert AccountInvitation.objects.get().accepted_at is None
    answer = take(path, stranger)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    user = User.objects.get(email=EMAIL)
    assert user.check_password(NEW)
    assert EmailAddress.objects.get(user=user, email=EMAIL).verified is True
    assert acts() == ["mandate.grant", "account.accept"]
    again = take(path)
    assert (again.status_code, "already accepted" in again.content.decode()) == (410, True)


def test_a_mail_sent_again_voids_the_former(world: World, granted: AccountInvitation) -> None:
    first = link()
    actions.resend_invitation(actor=world.actor(QINGPU, Role.CONTACT_POINT), invitation=granted)
    second = link()
    page = take(first)
    assert (page.status_code, "opens no invitation" in page.content.decode()) == (404, True)
    assert take(second).status_code == 302
    assert acts() == ["mandate.grant", "account.resend", "account.accept"]


def test_each_ending_has_its_own_words(world: World, granted: AccountInvitation) -> None:
    path = link()
    AccountInvitation.objects.update(expires_at=in_days(-1))
    page = take(path)
    assert (page.status_code, "has expired" in page.content.decode()) == (410, True)
    AccountInvitation.objects.update(expires_at=in_days(1))
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    actions.withdraw_invitation(actor=actor, invitation=granted)
    page = take(path)
    assert (page.status_code, "was withdrawn" in page.content.decode()) == (410, True)
    assert Mandate.objects.get(user__email=EMAIL).valid_until is not None
    assert acts() == ["mandate.grant", "account.withdraw"]
    with pytest.raises(Conflict):
        actions.resend_invitation(actor=actor, invitation=granted)
    with pytest.raises(Conflict):
        actions.withdraw_invitation(actor=actor, invitation=granted)


def test_a_mandate_that_ended_ends_its_invitation(world: World, granted: AccountInvitation) -> None:
    path = link()
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    actions.end_mandate(actor=actor, mandate=granted.mandate)
    assert take(path).status_code == 410
    assert User.objects.get(email=EMAIL).has_usable_password() is False


def test_a_withdrawn_invitation_is_not_mailed(world: World, granted: AccountInvitation) -> None:
    """The mail waits, the mandate ends: the minter gives no link and the mail is kept back."""
    Mandate.objects.filter(pk=granted.mandate_id).update(valid_until=in_days(-0.1))
    assert drain_outbox(actor=SYSTEM) == 0
    row = OutboxMessage.objects.get()
    assert (row.sent_at, row.held_at is None, len(mail.outbox)) == (None, False, 0)


def test_signed_in_as_another_is_told_so(world: World, granted: AccountInvitation) -> None:
    path = link()
    other = Client(headers={"accept-language": "en"})
    other.force_login(world.user(WUJIANG, Role.PLANNER))
    for answer in (other.get(path), take(path, other)):
        words = answer.content.decode()
        assert (answer.status_code, "This invitation is for" in words) == (403, True)
    assert AccountInvitation.objects.get().accepted_at is None


def test_who_has_a_password_signs_in_to_accept(world: World, granted: AccountInvitation) -> None:
    path = link()
    user = User.objects.get(email=EMAIL)
    user.set_password(PASSWORD)
    user.save()
    stranger = Client(headers={"accept-language": "en"})
    page = stranger.get(path).content.decode()
    assert ('name="password1"' in page, f"/accounts/login/?next={path}" in page) == (False, True)
    assert take(path, stranger).status_code == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    stranger.force_login(user)
    assert stranger.post(path)["Location"] == "/people/mandates/"
    assert AccountInvitation.objects.get().state == InvitationState.ACCEPTED


def test_a_weak_or_unlike_password_is_refused_with_the_reason(granted: AccountInvitation) -> None:
    path = link()
    for fields in ({"password1": "short", "password2": "short"}, {"password2": "something else"}):
        assert take(path, **fields).status_code == 422
    with pytest.raises(Invalid) as invalid:
        actions.accept_invitation(actor=PUBLIC, token=token_of(path), password="short")
    assert set(invalid.value.errors) == {"password1"}


def test_a_closed_account_accepts_nothing(granted: AccountInvitation) -> None:
    path = link()
    User.objects.filter(email=EMAIL).update(is_active=False)
    assert take(path).status_code == 422


def test_only_who_keeps_it_sends_again_or_withdraws(
    world: World, granted: AccountInvitation
) -> None:
    for act in (actions.resend_invitation, actions.withdraw_invitation):
        for actor in (world.actor(WUJIANG, Role.CONTACT_POINT), world.actor(QINGPU, Role.PLANNER)):
            with pytest.raises(Refused):
                act(actor=actor, invitation=granted)
    assert list(kept_invitations(actor=world.actor(WUJIANG, Role.CONTACT_POINT))) == []
    assert list(kept_invitations(actor=world.actor(QINGPU, Role.CONTACT_POINT))) == [granted]
    assert acts() == ["mandate.grant"]


def test_an_unknown_link_is_like_none(world: World) -> None:
    with pytest.raises(NotVisible):
        invitation_of(token="")


def test_the_page_of_mandates_lists_and_acts(world: World, granted: AccountInvitation) -> None:
    keeper = Client(headers={"accept-language": "en"})
    keeper.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    page = keeper.get("/people/mandates/").content.decode()
    assert (EMAIL in page, "waits to be sent" in page) == (True, True)
    assert keeper.get(f"/people/invitations/{granted.pk}/resend/").status_code == 405
    assert keeper.post(f"/people/invitations/{granted.pk}/resend/").status_code == 302
    foreign = Client()
    foreign.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    assert foreign.post(f"/people/invitations/{granted.pk}/withdraw/").status_code == 404
    assert keeper.post(f"/people/invitations/{granted.pk}/withdraw/").status_code == 302
    assert AccountInvitation.objects.get().state == InvitationState.WITHDRAWN


def test_after_a_restore_no_old_link_opens(granted: AccountInvitation) -> None:
    path = link()
    actions.close_after_restore(actor=SYSTEM)
    assert take(path).status_code == 404


def test_administrators_see_no_link(world: World, granted: AccountInvitation) -> None:
    path = link()
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    keeper = Client()
    keeper.force_login(User.objects.get(pk=world.administrator.pk))
    secrets = (token_of(path), hash_of(token_of(path)))
    mails = OutboxMessage.objects.get().pk
    for page in (
        "/admin/stakeholders/accountinvitation/",
        f"/admin/stakeholders/accountinvitation/{granted.pk}/change/",
        f"/admin/stakeholders/outboxmessage/{mails}/change/",
    ):
        answer = keeper.get(page)
        words = answer.content.decode()
        assert (answer.status_code, [s in words for s in secrets]) == (200, [False, False])
