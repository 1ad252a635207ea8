"""A person's language, housekeeping, and shutting every door after a restore."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.steps import hold_unsent
from stakeholders.people.enums import INVITATION_LIVES, InvitationState
from stakeholders.people.models import AccountInvitation, ApiToken, User
from stakeholders.people.queries import awaits_acceptance, newest_invitation
from stakeholders.people.rules import require_keeper, require_self
from stakeholders.people.steps import (
    close_every_door,
    invite_person,
    person_of,
    queue_invitation_mail,
    queue_password_mail,
)
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

DAY = timedelta(days=1)


@transaction.atomic
def choose_language(*, actor: Actor, user: User, language: str) -> None:
    """Remember in which language mail reaches a person. A preference: not on the record."""
    require_self(actor=actor, user_id=user.pk, act="language.choose")
    if language not in dict(settings.LANGUAGES):
        raise Invalid({"language": _("This language is not offered.")})
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def enter_person(*, actor: Actor, email: str, name_zh: str, name_en: str = "") -> User:
    """An administrator enters a person, who is mailed an invitation to set a password.

    Nobody else ever knows the password: who did could speak for a jurisdiction. Refused; Invalid
    for an address that is known.
    """
    require_keeper(actor=actor, act="person.enter")
    user, is_new = person_of(email=email, name_zh=name_zh, name_en=name_en)
    if not is_new:
        raise Invalid({"email": _("There is an account with this address.")})
    invite_person(actor=actor, user=user)
    _append_person(actor, "person.enter", user)
    return user


@transaction.atomic
def send_password_link(*, actor: Actor, user: User) -> None:
    """Mail a person the link to set a password; who was only invited, the invitation again.

    Refused; Conflict for a closed account and for a withdrawn invitation.
    """
    require_keeper(actor=actor, act="person.send_link")
    if not user.is_active:
        raise Conflict(_("This person's account is closed."))
    if awaits_acceptance(user_id=user.pk):
        _invite_again(user)
    else:
        queue_password_mail(user=user)
    _append_person(actor, "person.send_link", user)


def _invite_again(user: User) -> None:
    invitation = newest_invitation(user_id=user.pk)
    if invitation is None or invitation.state == InvitationState.WITHDRAWN:
        raise Conflict(_("The invitation of this person was withdrawn. Grant a mandate anew."))
    invitation.expires_at, invitation.token_hash = clock.now() + INVITATION_LIVES, ""
    invitation.save(update_fields=["expires_at", "token_hash"])
    queue_invitation_mail(invitation=invitation)


def _append_person(actor: Actor, act: str, user: User) -> None:
    record.append(chain=record.SITE, actor=actor, act=act, subject=f"user:{user.pk}", effects={})


@transaction.atomic
def forget_sessions(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: delete sessions that ran out longer ago, and what lists ended ones.

    Says how many sessions. The list names addresses and browsers of people.
    """
    require_keeper(actor=actor, act="keys.drop")
    old = Session.objects.filter(expire_date__lt=clock.now() - older_than)
    count, _kinds = old.delete()
    listed = UserSession.objects.filter(last_seen_at__lt=clock.now() - DAY - older_than)
    listed.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return count


@transaction.atomic
def forget_tokens(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: delete API tokens that ran out longer ago; a revoked one is gone at once."""
    require_keeper(actor=actor, act="keys.drop")
    return int(ApiToken.objects.filter(expiry__lt=clock.now() - older_than).delete()[0])


@transaction.atomic
def forget_links(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: forget the secrets of invitations that ended longer ago; says how many.

    The invitation stays. Until then an old link says that it has expired or was used, afterwards
    nothing at all. Links that set a password are kept nowhere.
    """
    require_keeper(actor=actor, act="keys.drop")
    before = clock.now() - older_than
    ended = Q(expires_at__lt=before) | Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before)
    rows = AccountInvitation.objects.filter(ended).exclude(token_hash="")
    return rows.update(token_hash="")


@transaction.atomic
def close_after_restore(*, actor: Actor) -> dict[str, int]:
    """After a backup was restored: no secret given out before opens anything, no mail leaves.

    Deletes all tokens and sessions, voids links, shuts what settings.DOORS names, and holds all
    unsent mail. Otherwise what was revoked since the backup would open again, a copy of the site
    would serve the secrets of the first, and everybody would be mailed a second time. Returns the
    counts.
    """
    require_keeper(actor=actor, act="site.after_restore")
    counts = close_every_door()
    for name, path in settings.DOORS.items():
        counts[name] = import_string(path)()
    counts["held_mails"] = hold_unsent()
    record.append(
        chain=record.SITE,
        actor=actor,
        act="site.after_restore",
        subject="site:doors",
        effects=counts,
    )
    return counts
