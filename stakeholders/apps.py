from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
    verbose_name = _("Stakeholders")

    def ready(self) -> None:
        from stakeholders.notices.minting import register
        from stakeholders.people.queries.invitations import MINTER
        from stakeholders.people.steps import mint_invitation

        register(MINTER, mint_invitation)
