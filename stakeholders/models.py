"""The models of the slices, for Django to find."""

from stakeholders.access.models import (
    RoleGroup,
)
from stakeholders.files.models import (
    StoredFile,
)
from stakeholders.jobs.models import (
    Job,
)
from stakeholders.jurisdictions.models import (
    Adjacency,
    DeliveredRow,
    Delivery,
    FormerName,
    Jurisdiction,
    Region,
    RegionMember,
    Succession,
    WorkdayOverride,
)
from stakeholders.notices.models import (
    Heartbeat,
    Notice,
    OutboxMessage,
)
from stakeholders.people.models import (
    AccountInvitation,
    ApiToken,
    Chain,
    ChainPass,
    ChainRun,
    ChainStep,
    Mandate,
    MandateEvent,
    Organization,
    SecondFactorReset,
    User,
)
from stakeholders.record.models import (
    RecordEntry,
    RecordHead,
)

__all__ = [
    "AccountInvitation",
    "Adjacency",
    "ApiToken",
    "Chain",
    "ChainPass",
    "ChainRun",
    "ChainStep",
    "DeliveredRow",
    "Delivery",
    "FormerName",
    "Heartbeat",
    "Job",
    "Jurisdiction",
    "Mandate",
    "MandateEvent",
    "Notice",
    "Organization",
    "OutboxMessage",
    "RecordEntry",
    "RecordHead",
    "Region",
    "RegionMember",
    "RoleGroup",
    "SecondFactorReset",
    "StoredFile",
    "Succession",
    "User",
    "WorkdayOverride",
]
