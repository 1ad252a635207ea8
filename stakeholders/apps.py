from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
    verbose_name = _("Stakeholders")

    def ready(self) -> None:
        from stakeholders.notices.minting import register
        from stakeholders.people.models import User
        from stakeholders.people.queries.invitations import MINTER
        from stakeholders.people.steps import mint_invitation

        register(MINTER, mint_invitation)
        post_save.connect(revoke_tokens, sender=User, dispatch_uid="revoke_tokens")


def revoke_tokens(*, instance: Model, created: bool, **_signal: object) -> None:
    """After each save of a person: revoke its tokens where a new password was saved.

    Django keeps the password as typed on the row until the save is over; a hash that is only made
    anew at signing in leaves none. So no door needs to be named: form, link, invitation, command.
    """
    from stakeholders.people.actions import revoke_own_tokens
    from stakeholders.terms.actor import Actor, ActorKind

    if not created and getattr(instance, "_password", None) is not None:
        revoke_own_tokens(actor=Actor(kind=ActorKind.PUBLIC, user_id=instance.pk))
