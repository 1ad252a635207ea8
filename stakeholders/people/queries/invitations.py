"""Account invitations: by their link, and of the bodies one keeps."""

import hashlib

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet

from stakeholders.people.models import AccountInvitation
from stakeholders.people.queries.held import held_mandates
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

MINTER = "account_invitation"


def hash_of(token: str) -> str:
    """What is stored of a link. The token has 256 bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(*, token: str) -> AccountInvitation:
    """The invitation a link belongs to, in whatever state. NotVisible for a link never given."""
    invitation = _shown(AccountInvitation.objects.filter(token_hash=hash_of(token))).first()
    if invitation is None:
        raise NotVisible
    return invitation


def kept_invitations(*, actor: Actor) -> QuerySet[AccountInvitation]:
    """The invitations not accepted yet under mandates of the body the actor keeps."""
    mandates = held_mandates(actor=actor).order_by().values("pk")
    return _shown(AccountInvitation.objects.filter(mandate__in=mandates, accepted_at__isnull=True))


def get_kept_invitation(*, actor: Actor, pk: int) -> AccountInvitation:
    """One invitation the actor keeps. NotVisible for any other."""
    invitation = kept_invitations(actor=actor).filter(pk=pk).first()
    if invitation is None:
        raise NotVisible
    return invitation


def awaits_acceptance(*, user_id: int) -> bool:
    """Whether the account was entered for a person who has accepted no invitation to it yet."""
    unusable = {"user__password__startswith": UNUSABLE_PASSWORD_PREFIX}
    asked = AccountInvitation.objects.filter(user_id=user_id, **unusable)
    return asked.exists() and not asked.filter(accepted_at__isnull=False).exists()


def newest_invitation(*, user_id: int) -> AccountInvitation | None:
    """The newest invitation of a person that was not accepted."""
    rows = AccountInvitation.objects.filter(user_id=user_id, accepted_at__isnull=True)
    return _shown(rows).first()


def _shown(rows: QuerySet[AccountInvitation]) -> QuerySet[AccountInvitation]:
    holders = ("user", "invited_by", "mandate__jurisdiction", "mandate__organization")
    return rows.select_related(*holders).order_by("-pk")
