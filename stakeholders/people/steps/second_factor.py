"""Taking every second factor, session and token off an account."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.steps import notify
from stakeholders.people.models import ApiToken, User


def strip_account(*, user: User, paused_until: datetime) -> dict[str, int]:
    """Remove second factors, passkeys, sessions and tokens; pause signing. Says how many."""
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    sessions = Session.objects.filter(session_key__in=list(keys)).delete()[0]
    UserSession.objects.filter(user=user).delete()
    counts = {
        "factors": Authenticator.objects.filter(user=user).delete()[0],
        "sessions": int(sessions),
        "tokens": ApiToken.objects.filter(user=user).delete()[0],
    }
    user.signing_paused_until = paused_until
    user.save(update_fields=["signing_paused_until"])
    return counts


def tell_of_reset(*, user: User, key: str) -> None:
    """Tell the person, so that an owner who asked for nothing notices within the pause."""
    notify(
        people=[user.pk],
        kind="account.second_factor_reset",
        title=_(
            "The second factor of your account was removed and you were signed out everywhere."
            " For 24 hours nothing can be signed in your name. If you did not ask for this, tell"
            " your contact point or an administrator at once."
        ),
        url=reverse("people:account"),
        key=key,
    )


def verify_address(*, user: User, email: str) -> None:
    """Note that the person reads the mail of its address: its link was opened."""
    EmailAddress.objects.update_or_create(
        user=user, email=email.lower(), defaults={"verified": True, "primary": True}
    )
