"""Plans, parties and revisions for programs, one module per subject."""

from plans.register.api import plans

urlpatterns = [
    *plans.urlpatterns,
]
