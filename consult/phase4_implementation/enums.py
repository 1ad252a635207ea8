from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Progress(models.TextChoices):
    """How a project or milestone stands, in the words of one party."""

    ON_TIME = "on_time", pgettext_lazy("progress", "On time")
    AT_RISK = "at_risk", pgettext_lazy("progress", "At risk")
    LATE = "late", pgettext_lazy("progress", "Late")
    DONE = "done", pgettext_lazy("progress", "Done")


class WarningLevel(models.TextChoices):
    WARNING = "warning", _("Warning value crossed")
    LIMIT = "limit", _("Limit crossed")
