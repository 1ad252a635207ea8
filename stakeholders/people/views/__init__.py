"""The pages of people: acting as, mandates, organizations, a party's own steps, API tokens."""

from stakeholders.people.views.account import (
    account,
    end_session,
)
from stakeholders.people.views.acting import (
    act_as,
    set_language,
)
from stakeholders.people.views.chains import (
    begin_run,
    chains,
    define_chain,
    run,
)
from stakeholders.people.views.invitations import (
    invitation,
    resend,
    withdraw,
)
from stakeholders.people.views.mandates import (
    grant,
    mandates,
    substitute,
)
from stakeholders.people.views.one_mandate import (
    claim,
    confirm,
    document,
    end,
    mandate,
    pending,
    refuse,
    who_grants,
)
from stakeholders.people.views.organizations import (
    change_organization,
    enter_organization,
    organization,
    organizations,
)
from stakeholders.people.views.second_factor import (
    confirm_reset,
    resets,
)
from stakeholders.people.views.tokens import (
    revoke,
    tokens,
)

__all__ = [
    "account",
    "act_as",
    "begin_run",
    "chains",
    "change_organization",
    "claim",
    "confirm",
    "confirm_reset",
    "define_chain",
    "document",
    "end",
    "end_session",
    "enter_organization",
    "grant",
    "invitation",
    "mandate",
    "mandates",
    "organization",
    "organizations",
    "pending",
    "refuse",
    "resend",
    "resets",
    "revoke",
    "run",
    "set_language",
    "substitute",
    "tokens",
    "who_grants",
    "withdraw",
]
