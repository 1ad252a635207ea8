"""Account invitations: accepted by the person, sent again and withdrawn by who keeps them."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.steps import drop_unsent
from stakeholders.people.enums import INVITATION_LIVES, InvitationState, MandateAct
from stakeholders.people.models import AccountInvitation, Mandate
from stakeholders.people.queries.invitations import MINTER, invitation_of
from stakeholders.people.rules import require_keeper, require_on, require_self
from stakeholders.people.steps import (
    end_row,
    queue_invitation_mail,
    verify_address,
    write_event,
)
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid

ENDED = {
    InvitationState.ACCEPTED: _("This invitation was already accepted. Sign in with your address."),
    InvitationState.WITHDRAWN: _("This invitation was withdrawn, or its mandate has ended."),
    InvitationState.EXPIRED: _("This invitation has expired."),
}


@transaction.atomic
def accept_invitation(*, actor: Actor, token: str, password: str = "") -> AccountInvitation:
    """The person takes its account: signed in under the same account, or by a first password.

    What the account may do stands in its mandates; nothing of the request adds to them. Raises
    NotVisible for an unknown link, Conflict for a used, withdrawn or expired one and for an
    account that has a password (sign in first), Refused for another account, Invalid for the
    password.
    """
    found = invitation_of(token=token)
    rows = AccountInvitation.objects.select_for_update(of=("self",), no_key=True)
    invitation = rows.select_related("user", "mandate").get(pk=found.pk)
    if invitation.state != InvitationState.OPEN:
        raise Conflict(ENDED[invitation.state])
    user = invitation.user
    if actor.user_id is not None:
        require_self(actor=actor, user_id=user.pk, act="account.accept")
    elif not user.is_active:
        raise Conflict(_("This person's account is closed."))
    elif user.has_usable_password():
        raise Conflict(_("This account has a password. Sign in to accept the invitation."))
    else:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Invalid({"password1": " ".join(error.messages)}) from error
        user.set_password(password)
        user.save(update_fields=["password"])
    verify_address(user=user, email=invitation.email)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    _append(Actor(kind=ActorKind.PUBLIC, user_id=user.pk), "account.accept", invitation)
    return invitation


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation: AccountInvitation) -> AccountInvitation:
    """Send an invitation again, with a new term; the link of the former mail opens no more.

    Refused; Conflict when it was accepted or withdrawn.
    """
    invitation = _locked(actor, "account.resend", invitation)
    if invitation.state in (InvitationState.ACCEPTED, InvitationState.WITHDRAWN):
        raise Conflict(ENDED[invitation.state])
    invitation.expires_at = clock.now() + INVITATION_LIVES
    invitation.token_hash = ""
    invitation.save(update_fields=["expires_at", "token_hash"])
    queue_invitation_mail(invitation=invitation)
    _append(actor, "account.resend", invitation)
    return invitation


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: AccountInvitation) -> AccountInvitation:
    """Withdraw an invitation that was not accepted. Its mandate ends with it.

    Refused; Conflict when it was accepted or withdrawn already.
    """
    invitation = _locked(actor, "account.withdraw", invitation)
    if invitation.state in (InvitationState.ACCEPTED, InvitationState.WITHDRAWN):
        raise Conflict(ENDED[invitation.state])
    if invitation.mandate is not None:
        _end_mandate(actor, invitation.mandate)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    drop_unsent(minter=MINTER, about=str(invitation.pk))
    _append(actor, "account.withdraw", invitation)
    return invitation


def _locked(actor: Actor, act: str, invitation: AccountInvitation) -> AccountInvitation:
    rows = AccountInvitation.objects.select_for_update(of=("self",), no_key=True)
    invitation = rows.select_related("user", "mandate").get(pk=invitation.pk)
    mandate = invitation.mandate
    if mandate is None:
        require_keeper(actor=actor, act=act)
        return invitation
    require_on(actor=actor, act=act, mandate=mandate)
    return invitation


def _end_mandate(actor: Actor, mandate: Mandate) -> None:
    """With the invitation goes what it was to give, unless that is over already."""
    now = clock.now()
    if mandate.valid_until is None or mandate.valid_until > now:
        end_row(mandate, at=now)
        write_event(mandate, actor=actor, act=MandateAct.END)


def _append(actor: Actor, act: str, invitation: AccountInvitation) -> None:
    record.append(
        chain=record.SITE,
        actor=actor,
        act=act,
        subject=f"account_invitation:{invitation.pk}",
        effects={
            "user": invitation.user_id,
            "mandate": invitation.mandate_id,
            "expires_at": invitation.expires_at,
        },
    )
