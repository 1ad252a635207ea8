"""People, the organizations they work in, and the mandates they act under."""

from stakeholders.people.models.mandate import Mandate, MandateQuerySet
from stakeholders.people.models.organization import Organization
from stakeholders.people.models.person import User, UserManager
from stakeholders.people.models.speaking import SpokenFor, SpokenForQuerySet, SpokenWord
from stakeholders.people.models.token import ApiToken

__all__ = [
    "ApiToken",
    "Mandate",
    "MandateQuerySet",
    "Organization",
    "SpokenFor",
    "SpokenForQuerySet",
    "SpokenWord",
    "User",
    "UserManager",
]
