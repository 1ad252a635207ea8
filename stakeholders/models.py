"""The models of the slices, for Django to find."""

from stakeholders.access.models import RoleGroup
from stakeholders.files.models import StoredFile
from stakeholders.jobs.models import Job
from stakeholders.jurisdictions.models import (
    Adjacency,
    DeliveredRow,
    Delivery,
    Jurisdiction,
    Region,
    RegionMember,
)
from stakeholders.notices.models import Heartbeat, Notice, OutboxMessage
from stakeholders.people.models import ApiToken, Mandate, Organization, User
from stakeholders.record.models import RecordEntry, RecordHead

__all__ = [
    "Adjacency",
    "ApiToken",
    "DeliveredRow",
    "Delivery",
    "Heartbeat",
    "Job",
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
    "StoredFile",
    "User",
]
