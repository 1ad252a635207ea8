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
from stakeholders.people.actions.keeping import (
    choose_language,
    close_after_restore,
    drop_expired_keys,
    enter_person,
    send_password_link,
)
from stakeholders.people.actions.mandates import appoint, grant_mandate, substitute
from stakeholders.people.actions.organizations import (
    Particulars,
    change_organization,
    enter_organization,
)
from stakeholders.people.actions.tokens import make_token, revoke_token

__all__ = [
    "Particulars",
    "StepShape",
    "appoint",
    "begin_steps",
    "change_organization",
    "choose_language",
    "claim_contact_point",
    "close_after_restore",
    "confirm_mandate",
    "define_chain",
    "drop_expired_keys",
    "end_mandate",
    "enter_organization",
    "enter_person",
    "grant_mandate",
    "make_token",
    "pass_step",
    "refuse_mandate",
    "revoke_token",
    "send_back",
    "send_password_link",
    "substitute",
]
