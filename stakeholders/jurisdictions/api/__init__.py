"""Read-only doors for programs to the administrative map."""

from stakeholders.jurisdictions.api.browse import CircleViewSet, UnitViewSet

routes = [("jurisdictions", UnitViewSet), ("regions", CircleViewSet)]

__all__ = ["routes"]
