"""Plans, parties, items and revisions for programs, one module per subject."""

from plans.register.api import attachments, family, heads, items, plans

urlpatterns = [
    *plans.urlpatterns,
    *family.urlpatterns,
    *items.urlpatterns,
    *attachments.urlpatterns,
    *heads.urlpatterns,
]
