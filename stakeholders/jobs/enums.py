"""States of a job and the times it is measured by."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a job stands. The last three are final."""

    WAITING = "waiting", pgettext_lazy("job", "Waiting")
    RUNNING = "running", pgettext_lazy("job", "Running")
    DONE = "done", pgettext_lazy("job", "Done")
    FAILED = "failed", pgettext_lazy("job", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")


OPEN_STATES = frozenset({State.WAITING, State.RUNNING})
# Longer than the hard time limit of a task (240 s): a claim outlives every living step.
CLAIM = timedelta(seconds=300)
TAKE_UPS = 1  # how often a job whose process died is taken up again
SWEEP_SECONDS = 20.0  # what one sweep spends on jobs
IDLE = timedelta(seconds=10)  # a job left alone for so long has no broker behind it

DIED = _("The process that worked on this ended unexpectedly, twice. Start it again.")
BROKE = _(
    "The program made a mistake and stopped. What was entered so far stands. Tell the"
    " administrators the number of this job."
)
ENDED = _("The mandate or the right under which this was started has ended.")
UNKNOWN = _("This version of the program no longer knows this kind of job.")
