from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChangeWay(models.TextChoices):
    """The three ways to change the text in force."""

    CORRECTION = "correction", _("Correction of an error")
    ADJUSTMENT = "adjustment", _("Local adjustment")
    AMENDMENT = "amendment", _("Amendment")


class ChangeStep(models.TextChoices):
    OPENED = "opened", pgettext_lazy("text change", "Opened for editing")
    PUT_FORWARD = "put_forward", pgettext_lazy("text change", "Put to the parties")
    CONFIRMED = "confirmed", pgettext_lazy("text change", "Confirmed")
    REFUSED = "refused", pgettext_lazy("text change", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("text change", "Withdrawn")
    IN_FORCE = "in_force", pgettext_lazy("text change", "In force")


class Standing(models.TextChoices):
    """Where a change of the text in force stands, computed from its steps."""

    EDITING = "editing", pgettext_lazy("text change", "Being worded")
    ASKED = "asked", pgettext_lazy("text change", "Put to the parties")
    REFUSED = "refused", pgettext_lazy("text change", "Refused by a party")
    UNDER_WAY = "under_way", pgettext_lazy("text change", "In preparation and identification again")
    IN_FORCE = "in_force", pgettext_lazy("text change", "In force")
    WITHDRAWN = "withdrawn", pgettext_lazy("text change", "Withdrawn")
