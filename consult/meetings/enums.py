from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    JOINT = "joint", _("Joint meeting")
    CONSULTATION = "consultation", _("Special consultation")
    WORKING = "working", _("Working meeting")
    EXPERT = "expert", _("Expert review meeting")


class Source(models.TextChoices):
    """Where an agenda item comes from; `AgendaItem.source_id` names it there."""

    MATTER = "matter", pgettext_lazy("agenda item", "Coordination matter")
    CASE = "case", pgettext_lazy("agenda item", "Case")
    WARNING = "warning", pgettext_lazy("agenda item", "Warning")
    PROJECT = "project", pgettext_lazy("agenda item", "Joint project")
    TASK = "task", pgettext_lazy("agenda item", "Task")
    ITEM = "item", pgettext_lazy("agenda item", "Provision or indicator")
    OTHER = "other", pgettext_lazy("agenda item", "Something else")


class AttendanceKind(models.TextChoices):
    ATTENDS = "attends", pgettext_lazy("meeting", "Attends")
    APOLOGISES = "apologises", pgettext_lazy("meeting", "Sends apologies")
    REMARKS = "remarks", pgettext_lazy("meeting", "Sends apologies with written remarks")
    ABSENT = "absent", pgettext_lazy("meeting", "Absent")


class DecisionOutcome(models.TextChoices):
    AGREED = "agreed", pgettext_lazy("decision", "Agreed")
    NOT_AGREED = "not_agreed", pgettext_lazy("decision", "Not agreed")
    POSTPONED = "postponed", pgettext_lazy("decision", "Postponed")
    NOTED = "noted", pgettext_lazy("decision", "Noted")
