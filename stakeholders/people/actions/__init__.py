"""The public writes about people, by what they are about."""

from stakeholders.people.actions.invitations import (
    accept_invitation,
    resend_invitation,
    withdraw_invitation,
)
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
from stakeholders.people.actions.second_factor import (
    ask_second_factor_reset,
    confirm_second_factor_reset,
    require_resetter,
    reset_second_factor,
)
from stakeholders.people.actions.sessions import end_own_session
from stakeholders.people.actions.tokens import make_token, revoke_token

__all__ = [
    "accept_invitation",
    "appoint",
    "ask_second_factor_reset",
    "choose_language",
    "close_after_restore",
    "confirm_mandate",
    "confirm_second_factor_reset",
    "drop_expired_keys",
    "end_mandate",
    "end_own_session",
    "enter_person",
    "grant_mandate",
    "make_token",
    "require_resetter",
    "resend_invitation",
    "reset_second_factor",
    "revoke_token",
    "send_password_link",
    "withdraw_invitation",
]
