"""A lost second factor: taken off by two persons, or by a command of the site's keepers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stakeholders.people.enums import RESET_LIVES, SIGNING_PAUSE
from stakeholders.people.models import SecondFactorReset, User
from stakeholders.people.queries import (
    kept_resets,
    resettable_people,
    same_side,
    signing_paused_until,
)
from stakeholders.people.rules import require_keeper
from stakeholders.people.steps import strip_account, tell_of_reset
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason, Verdict


@transaction.atomic
def ask_second_factor_reset(*, actor: Actor, email: str, reason: str) -> SecondFactorReset:
    """Ask that the second factor of the person with this address be removed.

    Refused for who may ask for nobody; Invalid without a reason, for a person out of reach (told
    like an unknown one), and where a request is open.
    """
    require_resetter(actor=actor, act="second_factor.ask")
    now = clock.now()
    user = resettable_people(actor=actor, at=now).filter(email__iexact=email.strip()).first()
    if user is None:
        raise Invalid({"email": _("You keep no person with this address.")})
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if SecondFactorReset.objects.filter(
        user=user, confirmed_at__isnull=True, asked_at__gt=now - RESET_LIVES
    ).exists():
        raise Invalid({"email": _("A request for this person waits for its second person.")})
    reset = SecondFactorReset.objects.create(
        user=user, reason=reason.strip(), asked_by_id=actor.person, asked_at=now
    )
    _append(actor, "second_factor.ask", reset.user_id, reset.reason, {})
    return reset


@transaction.atomic
def confirm_second_factor_reset(*, actor: Actor, reset: SecondFactorReset) -> SecondFactorReset:
    """Confirm a request as the second person: the account is stripped and signing paused.

    Refused; NotVisible for one out of reach or lapsed; Conflict for who asked it, and where one of
    the two has its mandate from the other or stands in for it.
    """
    require_resetter(actor=actor, act="second_factor.confirm")
    now = clock.now()
    # The person first, then its request: the order of asking.
    user = User.objects.select_for_update(no_key=True).get(pk=reset.user_id)
    rows = kept_resets(actor=actor, at=now, since=now - RESET_LIVES)
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk=reset.pk).first()
    if found is None:
        raise NotVisible
    if found.asked_by_id in same_side(actor=actor, since=now - RESET_LIVES):
        raise Conflict(_("A second person has to confirm this."))
    found.confirmed_by_id, found.confirmed_at = actor.user_id, now
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    counts = strip_account(user=user, paused_until=now + SIGNING_PAUSE)
    tell_of_reset(user=user, key=f"second_factor:{found.pk}")
    _append(actor, "second_factor.reset", user.pk, found.reason, counts)
    return found


@transaction.atomic
def reset_second_factor(*, actor: Actor, email: str, reason: str, by: str) -> dict[str, int]:
    """The keepers of the machine remove a second factor, named by `by`; the same pause follows.

    Refused; Invalid for an unknown address or without a reason or a name.
    """
    require_keeper(actor=actor, act="second_factor.reset")
    user = User.objects.select_for_update(no_key=True).filter(email__iexact=email.strip()).first()
    if user is None:
        raise Invalid({"email": _("There is no account with this address.")})
    if not reason.strip() or not by.strip():
        raise Invalid({"reason": _("Give the reason and who does this.")})
    now = clock.now()
    counts = strip_account(user=user, paused_until=now + SIGNING_PAUSE)
    tell_of_reset(user=user, key=f"second_factor:{canonical.new_nonce()}")
    effects = {**counts, "by": canonical.digest(by.strip())}
    _append(actor, "second_factor.reset", user.pk, reason.strip(), effects)
    return counts


def require_resetter(*, actor: Actor, act: str) -> None:
    """Refuse who may take a second factor off nobody's account, and during one's own pause."""
    contact = actor.role is Role.CONTACT_POINT and not actor.plan_key and actor.acts is None
    if actor.kind is not ActorKind.ADMINISTRATOR and not contact:
        reason = Reason.WRONG_ROLE if actor.speaks else Reason.NO_MANDATE
        holders = frozenset({Role.CONTACT_POINT})
        raise Refused(Verdict(allowed=False, reason=reason, act=act, holders=holders))
    if signing_paused_until(user_id=actor.user_id, at=clock.now()) is not None:
        raise Refused(Verdict(allowed=False, reason=Reason.OUTSIDE_LIMITS, act=act))


def _append(
    actor: Actor, act: str, user_id: int, reason: str, effects: dict[str, object] | dict[str, int]
) -> None:
    record.append(
        chain=record.SITE,
        actor=actor,
        act=act,
        subject=f"user:{user_id}",
        effects={"reason": canonical.digest(reason), **effects},
    )
