"""The pages of people: acting as, account, invitations, mandates, API tokens."""

from stakeholders.people.views.account import account, end_session
from stakeholders.people.views.acting import act_as, set_language
from stakeholders.people.views.invitations import invitation, resend, withdraw
from stakeholders.people.views.mandates import confirm, end, grant, mandates
from stakeholders.people.views.second_factor import confirm_reset, resets
from stakeholders.people.views.tokens import revoke, tokens

__all__ = [
    "account",
    "act_as",
    "confirm",
    "confirm_reset",
    "end",
    "end_session",
    "grant",
    "invitation",
    "mandates",
    "resend",
    "resets",
    "revoke",
    "set_language",
    "tokens",
    "withdraw",
]
