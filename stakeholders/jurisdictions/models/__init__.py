"""Administrative units, which of them are neighbours, and the regions they coordinate in."""

from stakeholders.jurisdictions.models.delivery import DeliveredRow, Delivery
from stakeholders.jurisdictions.models.region import Region, RegionMember
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
    "Jurisdiction",
    "JurisdictionQuerySet",
    "Region",
    "RegionMember",
    "chosen",
]
