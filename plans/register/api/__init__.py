"""Plans, parties, items and revisions for programs, one module per subject."""

from plans.register.api import attachments, items, plans

urlpatterns = [
    *plans.urlpatterns,
    *items.urlpatterns,
    *attachments.urlpatterns,
]
