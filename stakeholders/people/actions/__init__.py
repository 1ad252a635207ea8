"""The public writes about people, by what they are about."""

from stakeholders.people.actions.keeping import (
    choose_language,
    close_after_restore,
    drop_expired_keys,
    enter_person,
    send_password_link,
)
from stakeholders.people.actions.mandates import (
    appoint,
    confirm_mandate,
    end_mandate,
    grant_mandate,
)
from stakeholders.people.actions.tokens import make_token, revoke_token

__all__ = [
    "appoint",
    "choose_language",
    "close_after_restore",
    "confirm_mandate",
    "drop_expired_keys",
    "end_mandate",
    "enter_person",
    "grant_mandate",
    "make_token",
    "revoke_token",
    "send_password_link",
]
