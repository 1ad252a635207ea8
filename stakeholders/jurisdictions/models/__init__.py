"""Administrative units, which of them are neighbours, and the regions they coordinate in."""

from stakeholders.jurisdictions.models.calendar import (
    WorkdayOverride,
)
from stakeholders.jurisdictions.models.delivery import (
    DeliveredRow,
    Delivery,
)
from stakeholders.jurisdictions.models.region import (
    Region,
    RegionMember,
)
from stakeholders.jurisdictions.models.succession import (
    FormerName,
    Succession,
)
from stakeholders.jurisdictions.models.unit import (
    CODE,
    PATH_LENGTH,
    Adjacency,
    Jurisdiction,
    JurisdictionQuerySet,
    chosen,
)

__all__ = [
    "CODE",
    "PATH_LENGTH",
    "Adjacency",
    "DeliveredRow",
    "Delivery",
    "FormerName",
    "Jurisdiction",
    "JurisdictionQuerySet",
    "Region",
    "RegionMember",
    "Succession",
    "WorkdayOverride",
    "chosen",
]
