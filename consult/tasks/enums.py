from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Origin(models.TextChoices):
    """What a task came from; `Task.origin_id` names it there."""

    BREAKDOWN = "breakdown", _("Task breakdown")
    RESOLUTION = "resolution", _("Resolution of a meeting")
    CASE = "case", pgettext_lazy("origin of a task", "Measure of a case")
    FINDING = "finding", _("Finding of a health check")


class TaskProgress(models.TextChoices):
    """How a task stands in the words of its owner."""

    ON_TIME = "on_time", pgettext_lazy("progress", "On time")
    AT_RISK = "at_risk", pgettext_lazy("progress", "At risk")
    LATE = "late", pgettext_lazy("progress", "Late")
    DONE = "done", pgettext_lazy("progress", "Done")


class NoteSubject(models.TextChoices):
    """What a supervision note is about."""

    TASK = "task", pgettext_lazy("supervision note", "Task")
    PROJECT = "project", pgettext_lazy("supervision note", "Joint project")
    CASE = "case", pgettext_lazy("supervision note", "Case")
    OTHER = "other", pgettext_lazy("supervision note", "Something else")
