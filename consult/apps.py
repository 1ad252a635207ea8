from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ConsultConfig(AppConfig):
    """The last of our apps: after its migration every table stands."""

    name = "consult"
    verbose_name = _("Consultation")

    def ready(self) -> None:
        from stakeholders.record.grants import secure_database

        post_migrate.connect(secure_database, sender=self, dispatch_uid="secure_database")
