"""What programs may ask about people."""

from stakeholders.people.api.mandates import MandateViewSet

routes = [("mandates", MandateViewSet)]
