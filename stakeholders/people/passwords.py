"""What a new password ends, by whatever door it is set."""

from django.utils.translation import gettext as _

from stakeholders.people.actions import revoke_own_tokens
from stakeholders.people.models import User
from stakeholders.terms.actor import Actor, ActorKind


class TokensEnd:
    """Stands among the validators of passwords, because Django tells those of a new password.

    They are told once it is saved: by a form, by a link, by a command; not when a hash is made anew
    at signing in, nor of a person who is only being made.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Any password will do."""

    def get_help_text(self) -> str:
        return _("A new password ends all API tokens of yours.")

    def password_changed(self, password: str, user: User) -> None:
        revoke_own_tokens(actor=Actor(kind=ActorKind.PUBLIC, user_id=user.pk))
