"""allauth's hooks: accounts are made by administrators, mail goes through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from stakeholders.notices.steps import queue_mail


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers: a person is entered by an administrator or an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Queue allauth's mail, so that a slow mail server never holds a request."""
        message = self.render_mail(template_prefix, email, context)
        queue_mail(to=email, subject=message.subject, body=str(message.body), secret=True)
