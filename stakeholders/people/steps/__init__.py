"""Row writes of the slice, called by actions inside their transaction."""

from stakeholders.people.steps.accounts import close_every_door, person_of, queue_password_mail

__all__ = ["close_every_door", "person_of", "queue_password_mail"]
