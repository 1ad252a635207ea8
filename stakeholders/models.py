"""The models of the slices, for Django to find."""

from stakeholders.access.models import RoleGroup
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction, Region, RegionMember
from stakeholders.notices.models import Heartbeat, Notice, OutboxMessage
from stakeholders.people.models import (
    AccountInvitation,
    ApiToken,
    Mandate,
    Organization,
    SecondFactorReset,
    User,
)
from stakeholders.record.models import RecordEntry, RecordHead

__all__ = [
    "AccountInvitation",
    "Adjacency",
    "ApiToken",
    "Heartbeat",
    "Jurisdiction",
    "Mandate",
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
    "User",
]
