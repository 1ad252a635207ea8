"""How mail is tried again, and how a person wants it."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BATCH = 500  # mails claimed at once: claiming and what is asked of them costs as much for one
SEND_SECONDS = 60.0  # what one task spends on mail before it hands on to the next
# A task that a mail server keeps waiting is ended; both lie below the broker's visibility timeout.
SOFT_LIMIT = 150
HARD_LIMIT = 200
# Longer than a living sender keeps a batch; one that died loses its claims at once (claiming).
CLAIM = timedelta(minutes=10)
IDLE = timedelta(seconds=10)  # mail left alone for so long has no broker or worker behind it
IDLE_SECONDS = 20.0  # what one look of the loop without a broker spends on mail
AWAY_WAIT = timedelta(minutes=1)  # a mail server that does not answer is asked once a minute
DROPS_IN_A_ROW = 3  # connections lost one after the other: the server is away, not a mail wrong
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
REFUSALS_BEFORE_HOLD = 5  # a mail the server refuses for good waits for an administrator


class Rhythm(models.TextChoices):
    """When a person wants the mail copies of its notices."""

    AT_ONCE = "at_once", pgettext_lazy("mail", "At once")
    DAILY = "daily", pgettext_lazy("mail", "Daily, in one mail")
    WEEKLY = "weekly", pgettext_lazy("mail", "Weekly, in one mail")
    NEVER = "never", pgettext_lazy("mail", "Never, only in the inbox")


class HoldReason(models.TextChoices):
    """Why a mail is held back."""

    ADMINISTRATOR = "administrator", _("Held by an administrator")
    REFUSED = "refused", _("The mail server refuses it for good")
    VOID = "void", _("Its link is no longer given")
    FAULTY = "faulty", _("It is not written as a mail must be")
    RETURNED = "returned", _("Mail to this address came back")
    DEMONSTRATION = "demonstration", _("Demonstration: not sent to anybody")
    RESTORED = "restored", _("Waited when a backup was restored")
