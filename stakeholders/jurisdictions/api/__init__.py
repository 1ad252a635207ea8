"""Doors for programs to the administrative map: units, regions, successions and the calendar."""

from rest_framework.viewsets import ViewSetMixin

from stakeholders.jurisdictions.api.browse import CircleViewSet, UnitViewSet
from stakeholders.jurisdictions.api.calendar import WorkdayViewSet
from stakeholders.jurisdictions.api.succession import SuccessionViewSet

routes: list[tuple[str, type[ViewSetMixin]]] = [
    ("jurisdictions", UnitViewSet),
    ("regions", CircleViewSet),
    ("successions", SuccessionViewSet),
    ("workdays", WorkdayViewSet),
]

__all__ = ["routes"]
