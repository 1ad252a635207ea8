from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectRole(models.TextChoices):
    LEAD = "lead", _("Lead unit")
    PARTNER = "partner", _("Cooperating unit")


class ProjectTheme(models.TextChoices):
    """What a joint project is mainly about."""

    TRANSPORT = "transport", pgettext_lazy("theme of a project", "Transport links")
    WATER = "water", pgettext_lazy("theme of a project", "Water")
    ECOLOGY = "ecology", pgettext_lazy("theme of a project", "Ecology")
    LAND = "land", pgettext_lazy("theme of a project", "Land")
    AGRICULTURE = "agriculture", pgettext_lazy("theme of a project", "Agriculture")
    INDUSTRY = "industry", pgettext_lazy("theme of a project", "Industry and innovation")
    INFRASTRUCTURE = "infrastructure", pgettext_lazy("theme of a project", "Infrastructure")
    CULTURE = "culture", pgettext_lazy("theme of a project", "Culture and landscape")
    SERVICES = "services", pgettext_lazy("theme of a project", "Public services")
    GOVERNANCE = "governance", pgettext_lazy("theme of a project", "Governance")


class ProjectState(models.TextChoices):
    """Where a project stands by its years, or what its register entry lacks."""

    AHEAD = "ahead", pgettext_lazy("state of a project", "Not begun")
    RUNNING = "running", pgettext_lazy("state of a project", "Under way")
    OVER = "over", pgettext_lazy("state of a project", "Years are over")
    UNWEIGHED = "unweighed", pgettext_lazy("state of a project", "Weights not at 100 %")
