from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ConsultConfig(AppConfig):
    """The last of our apps: after its migration every table stands."""

    name = "consult"
    verbose_name = _("Consultation")

    def ready(self) -> None:
        from consult.health import subjects as of_health
        from consult.meetings import subjects as of_meetings
        from consult.phase1_organization import subjects as of_phase1
        from consult.phase1_organization.membership import settle_first
        from consult.phase2_preparation.queries.experts import MINTER
        from consult.phase2_preparation.steps.experts import mint_link
        from consult.phase3_identification import subjects as of_phase3
        from consult.phase3_identification.settling import unsettled
        from stakeholders.notices.minting import register
        from stakeholders.record.grants import secure_database

        register(MINTER, mint_link)
        settle_first(unsettled)
        of_phase1.register()
        of_phase3.register()
        of_meetings.register()
        of_health.register()
        post_migrate.connect(secure_database, sender=self, dispatch_uid="secure_database")
