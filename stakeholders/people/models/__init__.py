"""People, the organizations they work in, and the mandates they act under."""

from stakeholders.people.models.chain import (
    Chain,
    ChainPass,
    ChainRun,
    ChainStep,
)
from stakeholders.people.models.invitation import (
    AccountInvitation,
)
from stakeholders.people.models.mandate import (
    Mandate,
    MandateQuerySet,
)
from stakeholders.people.models.mandate_event import (
    MandateEvent,
)
from stakeholders.people.models.organization import (
    Organization,
)
from stakeholders.people.models.person import (
    User,
    UserManager,
)
from stakeholders.people.models.reset import (
    SecondFactorReset,
)
from stakeholders.people.models.speaking import (
    SpokenFor,
    SpokenWord,
)
from stakeholders.people.models.token import (
    ApiToken,
)

__all__ = [
    "AccountInvitation",
    "ApiToken",
    "Chain",
    "ChainPass",
    "ChainRun",
    "ChainStep",
    "Mandate",
    "MandateEvent",
    "MandateQuerySet",
    "Organization",
    "SecondFactorReset",
    "SpokenFor",
    "SpokenWord",
    "User",
    "UserManager",
]
