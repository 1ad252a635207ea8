"""The pages of people: acting as, mandates, API tokens."""

from stakeholders.people.views.acting import act_as, set_language
from stakeholders.people.views.mandates import confirm, end, grant, mandates
from stakeholders.people.views.tokens import revoke, tokens

__all__ = ["act_as", "confirm", "end", "grant", "mandates", "revoke", "set_language", "tokens"]
