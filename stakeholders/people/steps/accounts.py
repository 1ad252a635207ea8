"""Entering people, the link by which they set a new password, and keys that are deleted."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from stakeholders.notices.steps import queue_mail
from stakeholders.people.models import AccountInvitation, ApiToken, User
from stakeholders.record import steps as record


def person_of(*, email: str, name_zh: str, name_en: str) -> tuple[User, bool]:
    """(the person with this address, whether it is new). A new one has no usable password."""
    record.take_turns(f"person:{email.strip().lower()}")
    known = User.objects.filter(email__iexact=email.strip()).first()
    if known:
        return known, False
    return User.objects.create_user(email.strip(), None, name_zh=name_zh, name_en=name_en), True


def queue_password_mail(*, user: User) -> None:
    """Queue the mail with the link by which `user` sets a password. Masked for administrators."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
    )
    texts = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts.append(
                _(
                    "An administrator of Jointplan has sent you this link. Set your password by"
                    " it within three days. After that, use “Forgot your password?” on the"
                    " sign-in page."
                )
            )
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = _("Set your password for Jointplan")
    body = "\n\n".join([*texts, f"{settings.SITE_URL}{path}", ""])
    queue_mail(to=user.email, subject=subject, body=body, secret=True)


def close_every_door() -> dict[str, int]:
    """Delete all API tokens and sessions and void invitation links; says how many keys there were."""
    AccountInvitation.objects.exclude(token_hash="").update(token_hash="")
    return {
        "tokens": ApiToken.objects.all().delete()[0],
        "sessions": Session.objects.all().delete()[0],
    }
