"""How the desk sorts by day, when reminders are due, and how often the sweep runs."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class When(TextChoices):
    """By its day, as the desk groups what waits."""

    OVERDUE = "overdue", _("Overdue")
    WEEK = "week", _("Within seven days")
    LATER = "later", pgettext_lazy("duty", "Later")
    UNDATED = "undated", _("Without a date")


SOON = timedelta(days=7)
NEW_VISIT = timedelta(minutes=30)  # who comes back after this visits the desk anew
SHOWN = 50  # lines of one list of the desk before its reader asks for all
SWEEP_LATE = timedelta(seconds=90)
HOUSEKEEPING_EVERY = timedelta(hours=1)
SWEEP_LOCK = 7_466_521  # number of the advisory lock: one sweep at a time
PLANS_AT_ONCE = 200  # whose duties a sweep holds at once
TELLINGS_AT_ONCE = 1_000  # notices in one transaction, and the mails that copy them
SENTENCE_LENGTH = 300  # of what the joint office adds to a reminder by hand
