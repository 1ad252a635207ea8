"""What administrators keep of people."""

from stakeholders.people.admin.closed import (
    CLOSED,
)
from stakeholders.people.admin.invitation import (
    AccountInvitationAdmin,
    SecondFactorResetAdmin,
)
from stakeholders.people.admin.mandate import (
    MandateAdmin,
)
from stakeholders.people.admin.organization import (
    OrganizationAdmin,
)
from stakeholders.people.admin.person import (
    PersonAdmin,
)
from stakeholders.people.admin.token import (
    ApiTokenAdmin,
)

__all__ = [
    "CLOSED",
    "AccountInvitationAdmin",
    "ApiTokenAdmin",
    "MandateAdmin",
    "OrganizationAdmin",
    "PersonAdmin",
    "SecondFactorResetAdmin",
    "accounts",
]
