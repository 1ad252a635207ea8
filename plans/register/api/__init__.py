"""Plans, parties, items and revisions for programs, one module per subject."""

from plans.register.api import items, plans

urlpatterns = [
    *plans.urlpatterns,
    *items.urlpatterns,
]
