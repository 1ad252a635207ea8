"""What one's account page shows, and who may take a lost second factor off which account."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from stakeholders.people.models import ApiToken, Mandate, SecondFactorReset, User
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible


def second_factors_of(*, user_id: int) -> dict[str, int]:
    """Kind of second factor -> how many the account has of it. One query."""
    counts: dict[str, int] = {}
    for kind in Authenticator.objects.filter(user_id=user_id).values_list("type", flat=True):
        counts[str(kind)] = counts.get(str(kind), 0) + 1
    return counts


def door_counts(*, user_id: int, at: datetime) -> dict[str, int]:
    """How many sessions and living tokens open the account."""
    return {
        "sessions": UserSession.objects.filter(user_id=user_id).count(),
        "tokens": ApiToken.objects.filter(user_id=user_id).exclude(expiry__lte=at).count(),
    }


def signing_paused_until(*, user_id: int | None, at: datetime) -> datetime | None:
    """Until when the person may sign nothing; None when nothing stands in the way."""
    rows = User.objects.filter(pk=user_id or 0, signing_paused_until__gt=at)
    return rows.values_list("signing_paused_until", flat=True).first()


def resettable_people(*, actor: Actor, at: datetime) -> QuerySet[User]:
    """The people whose second factor the actor may have removed; never its own.

    A contact point: who holds a mandate of its jurisdiction or body and administers nothing.
    An administrator: everybody.
    """
    people = User.objects.filter(is_active=True).exclude(pk=actor.user_id or 0)
    if actor.kind is ActorKind.ADMINISTRATOR:
        return people
    if actor.role is not Role.CONTACT_POINT or actor.plan_key or actor.acts is not None:
        return people.none()
    held = Mandate.objects.counted(at)
    if actor.jurisdiction_code is not None:
        held = held.filter(jurisdiction_id=actor.jurisdiction_code)
    else:
        held = held.filter(organization_id=actor.organization_id or 0)
    return people.filter(is_staff=False, is_superuser=False, pk__in=held.values("user_id"))


def kept_resets(*, actor: Actor, at: datetime, since: datetime) -> QuerySet[SecondFactorReset]:
    """The requests asked after `since` and not confirmed, on accounts the actor may reset."""
    people = resettable_people(actor=actor, at=at).order_by().values("pk")
    rows = SecondFactorReset.objects.filter(
        user__in=people, confirmed_at__isnull=True, asked_at__gt=since
    )
    return rows.select_related("user", "asked_by").order_by("-pk")


def get_kept_reset(*, actor: Actor, pk: int, at: datetime, since: datetime) -> SecondFactorReset:
    """One open request the actor may confirm or has made. NotVisible for any other."""
    reset = kept_resets(actor=actor, at=at, since=since).filter(pk=pk).first()
    if reset is None:
        raise NotVisible
    return reset
