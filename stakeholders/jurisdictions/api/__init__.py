"""Doors for programs: units, regions, successions and the calendar."""

from rest_framework.viewsets import ViewSetMixin

from stakeholders.jurisdictions.api.calendar import WorkdayViewSet
from stakeholders.jurisdictions.api.succession import SuccessionViewSet
from stakeholders.jurisdictions.api.units import JurisdictionViewSet, RegionViewSet

routes: list[tuple[str, type[ViewSetMixin]]] = [
    ("jurisdictions", JurisdictionViewSet),
    ("regions", RegionViewSet),
    ("successions", SuccessionViewSet),
    ("workdays", WorkdayViewSet),
]

__all__ = ["routes"]
