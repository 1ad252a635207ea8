"""Inviting a person to its account: the row, its mail, and the link made while that is sent."""

import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from stakeholders.notices.minting import GAP
from stakeholders.notices.steps import drop_unsent, queue_minted_mail
from stakeholders.people.enums import INVITATION_LIVES, InvitationState
from stakeholders.people.models import AccountInvitation, Mandate, User
from stakeholders.people.queries.invitations import MINTER, hash_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def invite_person(*, actor: Actor, user: User, mandate: Mandate | None = None) -> AccountInvitation:
    """Invite `user` to the account it was entered under, and queue the mail.

    `mandate` binds the invitation to jurisdiction or organization, role, plan and limits. The
    caller has required the right and keeps the record.
    """
    now = clock.now()
    invitation = AccountInvitation.objects.create(
        user=user,
        email=user.email,
        mandate=mandate,
        invited_by_id=actor.user_id,
        created_at=now,
        expires_at=now + INVITATION_LIVES,
    )
    queue_invitation_mail(invitation=invitation)
    return invitation


def queue_invitation_mail(*, invitation: AccountInvitation) -> None:
    """Queue the mail of an invitation. Its link is made when it is sent and voids the former."""
    drop_unsent(minter=MINTER, about=str(invitation.pk))
    texts = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts.append(
                _(
                    "You are invited to Jointplan under this e-mail address: %(what)s.\n"
                    "Open the link to see who invites you, and accept it by %(day)s."
                    " The link works once. If you did not expect this mail, do nothing."
                )
                % {
                    "what": invitation.mandate or _("an account"),
                    "day": f"{invitation.expires_at:%Y-%m-%d}",
                }
            )
    with translation.override(invitation.user.language or settings.LANGUAGE_CODE):
        subject = _("Invitation to Jointplan")
    queue_minted_mail(
        to=invitation.email,
        subject=subject,
        body="\n\n".join([*(text.replace(GAP, "") for text in texts), GAP, ""]),
        minter=MINTER,
        about=str(invitation.pk),
    )


def mint_invitation(about: str) -> str | None:
    """The minter: a new link for invitation `about`, its hash committed before the mail leaves.

    None when the invitation was accepted, withdrawn or has expired while its mail waited.
    """
    with transaction.atomic():
        rows = AccountInvitation.objects.select_for_update(
            of=("self",), no_key=True
        ).select_related("mandate")
        invitation = rows.filter(pk=about).first()
        if invitation is None or invitation.state != InvitationState.OPEN:
            return None
        token = secrets.token_urlsafe(32)
        invitation.token_hash = hash_of(token)
        invitation.sent_at = clock.now()
        invitation.save(update_fields=["token_hash", "sent_at"])
    return reverse("people:invitation", args=[token])
