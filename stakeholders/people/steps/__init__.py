"""Row writes of the slice, called by actions inside their transaction."""

from stakeholders.people.steps.accounts import close_every_door, person_of, queue_password_mail
from stakeholders.people.steps.chains import begin_run
from stakeholders.people.steps.mandates import append_mandate, write_event, write_mandate

__all__ = [
    "append_mandate",
    "begin_run",
    "close_every_door",
    "person_of",
    "queue_password_mail",
    "write_event",
    "write_mandate",
]
