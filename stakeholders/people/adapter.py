"""allauth's hooks: accounts are made by administrators, mail goes through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from stakeholders.notices.steps import queue_mail
from stakeholders.people.models import User
from stakeholders.people.queries import awaits_acceptance


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers: a person is entered by an administrator or an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Queue allauth's mail, so that a slow mail server never holds a request."""
        message = self.render_mail(template_prefix, email, context)
        queue_mail(to=email, subject=message.subject, body=str(message.body), secret=True)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """No way past an invitation: who has not accepted one is told by mail whom to ask."""
        template = "account/email/password_reset_key"
        if awaits_acceptance(user_id=user.pk):
            template = "account/email/awaits_acceptance"
        self.send_mail(template, email, context)

    def set_password(self, user: User, password: str) -> None:
        """The password and what it ends (`passwords.TokensEnd`) in one transaction."""
        with transaction.atomic():
            super().set_password(user, password)

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Never the address one signs in with, confirmed or not."""
        if email_address.email.lower() == email_address.user.email.lower():
            return False
        return bool(super().can_delete_email(email_address))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed attempts count per account and client address.

        Counted per account alone, anybody could shut its owner out on the last day of a deadline.
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"


class PasswordResetTokens(EmailAwarePasswordResetTokenGenerator):
    """A password link opens nothing for who was invited and has not accepted."""

    def check_token(self, user: Any, token: str | None) -> bool:
        if user is None or awaits_acceptance(user_id=user.pk):
            return False
        return bool(super().check_token(user, token))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens accounts that are there; it makes none and grants nothing."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """The open account whose own address, verified here and by the provider, is the same."""
        for email in (one.email for one in sociallogin.email_addresses if one.verified):
            address = EmailAddress.objects.filter(
                email__iexact=email, verified=True, user__email__iexact=email, user__is_active=True
            ).first()
            if address is not None:
                return address.user, address.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A stranger to this site is told so, instead of being asked to register."""
        if not sociallogin.is_existing and not request.user.is_authenticated:
            raise ImmediateHttpResponse(
                render(request, "socialaccount/no_account.html", status=403)
            )
