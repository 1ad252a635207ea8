"""The public writes about people, by what they are about."""

from stakeholders.people.actions.chains import (
    StepShape,
    begin_steps,
    define_chain,
    pass_step,
    send_back,
)
from stakeholders.people.actions.confirming import (
    claim_contact_point,
    confirm_mandate,
    end_mandate,
    refuse_mandate,
)
from stakeholders.people.actions.invitations import (
    accept_invitation,
    resend_invitation,
    withdraw_invitation,
)
from stakeholders.people.actions.keeping import (
    choose_language,
    close_after_restore,
    enter_person,
    forget_links,
    forget_sessions,
    forget_tokens,
    send_password_link,
)
from stakeholders.people.actions.mandates import (
    appoint,
    grant_mandate,
    substitute,
)
from stakeholders.people.actions.organizations import (
    Particulars,
    change_organization,
    enter_organization,
)
from stakeholders.people.actions.second_factor import (
    ask_second_factor_reset,
    confirm_second_factor_reset,
    require_resetter,
    reset_second_factor,
)
from stakeholders.people.actions.sessions import (
    end_own_session,
)
from stakeholders.people.actions.tokens import (
    make_token,
    revoke_own_tokens,
    revoke_token,
)

__all__ = [
    "Particulars",
    "StepShape",
    "accept_invitation",
    "appoint",
    "ask_second_factor_reset",
    "begin_steps",
    "change_organization",
    "choose_language",
    "claim_contact_point",
    "close_after_restore",
    "confirm_mandate",
    "confirm_second_factor_reset",
    "define_chain",
    "end_mandate",
    "end_own_session",
    "enter_organization",
    "enter_person",
    "forget_links",
    "forget_sessions",
    "forget_tokens",
    "grant_mandate",
    "make_token",
    "pass_step",
    "refuse_mandate",
    "require_resetter",
    "resend_invitation",
    "reset_second_factor",
    "revoke_own_tokens",
    "revoke_token",
    "send_back",
    "send_password_link",
    "substitute",
    "withdraw_invitation",
]
