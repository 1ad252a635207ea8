"""Row writes of the slice, called by actions inside their transaction."""

from stakeholders.people.steps.accounts import (
    close_every_door,
    person_of,
    queue_password_mail,
)
from stakeholders.people.steps.chains import (
    begin_run,
)
from stakeholders.people.steps.invitations import (
    invite_person,
    mint_invitation,
    queue_invitation_mail,
)
from stakeholders.people.steps.mandates import (
    append_mandate,
    end_row,
    write_event,
    write_mandate,
)
from stakeholders.people.steps.second_factor import (
    strip_account,
    tell_of_reset,
    verify_address,
)

__all__ = [
    "append_mandate",
    "begin_run",
    "close_every_door",
    "end_row",
    "invite_person",
    "mint_invitation",
    "person_of",
    "queue_invitation_mail",
    "queue_password_mail",
    "strip_account",
    "tell_of_reset",
    "verify_address",
    "write_event",
    "write_mandate",
]
