"""The pages of people: acting as, mandates, organizations, a party's own steps, API tokens."""

from stakeholders.people.views.acting import act_as, set_language
from stakeholders.people.views.chains import begin_run, chains, define_chain, run
from stakeholders.people.views.mandates import grant, mandates, substitute
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
from stakeholders.people.views.tokens import revoke, tokens

__all__ = [
    "act_as",
    "begin_run",
    "chains",
    "change_organization",
    "claim",
    "confirm",
    "define_chain",
    "document",
    "end",
    "enter_organization",
    "grant",
    "mandate",
    "mandates",
    "organization",
    "organizations",
    "pending",
    "refuse",
    "revoke",
    "run",
    "set_language",
    "substitute",
    "tokens",
    "who_grants",
]
