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


class CasePart(models.TextChoices):
    ANSWERS = "answers", _("Answers the case")
    TOLD = "told", _("Told as a neighbour")


class CaseOutcome(models.TextChoices):
    MEASURE = "measure", _("Struck off: the measure took effect")
    RENEGOTIATED = "renegotiated", _("Threshold to be negotiated anew")
    FALSE_ALARM = "false_alarm", _("False alarm")


class Outlook(models.TextChoices):
    """Where the pace of an indicator leads."""

    UNKNOWN = "unknown", pgettext_lazy("outlook", "too few readings")
    REACHED = "reached", pgettext_lazy("outlook", "reached")
    LOST = "lost", pgettext_lazy("outlook", "reached, but not to last")
    IN_TIME = "in_time", pgettext_lazy("outlook", "in time")
    TOO_LATE = "too_late", pgettext_lazy("outlook", "too late")
    NEVER = "never", pgettext_lazy("outlook", "never at this pace")
    AWAY = "away", pgettext_lazy("outlook", "moves away")


class RowState(models.TextChoices):
    """What a row of an uploaded table would do."""

    NEW = "new", pgettext_lazy("row", "New")
    CORRECTION = "correction", pgettext_lazy("row", "Correction")
    UNCHANGED = "unchanged", pgettext_lazy("row", "Unchanged")
    EMPTY = "empty", pgettext_lazy("row", "Left empty")
    FAULT = "fault", pgettext_lazy("row", "Fault")


class IndicatorState(models.TextChoices):
    """How an indicator stands by its newest readings; the gravest first. docs/readings.md."""

    LIMIT = "limit", pgettext_lazy("indicator", "Limit crossed")
    WARNING = "warning", pgettext_lazy("indicator", "Warning value crossed")
    UNREAD = "unread", pgettext_lazy("indicator", "No reading yet")
    WITHIN = "within", pgettext_lazy("indicator", "Within bounds")
    REACHED = "reached", _("Target reached")


class CaseState(models.TextChoices):
    """How far a case is; that it is late or has climbed is said besides."""

    OPEN = "open", pgettext_lazy("case", "Waiting for the answer")
    ANSWERED = "answered", pgettext_lazy("case", "Answered in part")
    ALL_ANSWERED = "all_answered", pgettext_lazy("case", "Answered by all")
    ENDED = "ended", pgettext_lazy("case", "Closed")
