from django.db import models
from django.utils.translation import gettext_lazy as _


class Scan(models.TextChoices):
    """What the virus check said; without a scanner a file stays unscanned, and says so."""

    UNSCANNED = "unscanned", _("Not checked for viruses")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("Virus found")
