"""API tokens: made and revoked by their own person, on a form only."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stakeholders.people.models import ApiToken, User
from stakeholders.people.rules import require_self
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, NotVisible


@transaction.atomic
def make_token(*, actor: Actor, user: User, name: str, days: int) -> tuple[ApiToken, str]:
    """(row, the token itself, which is not stored) for the mandate acted under.

    Valid for `days`, and never longer than its mandate. Raises Refused for another's account,
    Conflict when the person has as many tokens as one may have.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    require_self(actor=actor, user_id=user.pk, act="token.make")
    living = ApiToken.objects.filter(Q(expiry__isnull=True) | Q(expiry__gt=clock.now()), user=user)
    if living.count() >= settings.REST_KNOX["TOKEN_LIMIT_PER_USER"]:
        raise Conflict(_("You have as many tokens as one may have. Revoke one first."))
    row, token = ApiToken.objects.create(
        user, expiry=timedelta(days=days), mandate_id=actor.mandate_id, name=name.strip()
    )
    _append(actor, "token.make", row)
    return row, token


@transaction.atomic
def revoke_token(*, actor: Actor, digest: str) -> None:
    """Delete one of the acting person's tokens. NotVisible for another's."""
    rows = ApiToken.objects.select_for_update(no_key=True).filter(
        user_id=actor.user_id or 0, pk=digest
    )
    row = rows.first()
    if row is None:
        raise NotVisible
    _append(actor, "token.revoke", row)
    row.delete()


@transaction.atomic
def revoke_own_tokens(*, actor: Actor) -> None:
    """A new password ends the acting person's tokens as it ends its sessions. Each is on the record
    like one revoked by hand. Called by every save of a new password, whatever door it came by."""
    rows = ApiToken.objects.select_for_update(no_key=True).filter(user_id=actor.user_id or 0)
    for row in rows.order_by("pk"):
        _append(actor, "token.revoke", row)
        row.delete()


def _append(actor: Actor, act: str, row: ApiToken) -> None:
    record.append(
        chain=record.SITE,
        actor=actor,
        act=act,
        subject=f"token:{canonical.digest(row.digest)}",
        effects={"user": row.user_id, "mandate": row.mandate_id, "expiry": row.expiry},
    )
