"""Values of common identification."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PreparedState(models.TextChoices):
    """How far a position has come inside its jurisdiction before the signatory takes it."""

    WORKING = "working", pgettext_lazy("prepared position", "Being prepared")
    HANDED_UP = "handed_up", _("Handed up for signature")
    SENT_BACK = "sent_back", _("Sent back by the signatory")
