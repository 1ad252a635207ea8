from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from plans.projects.queries import names_in
        from plans.text.names import register_names

        register_names(names_in)
