"""Plans, parties and revisions for programs, one module per subject."""

from plans.register.api import family, plans

urlpatterns = [
    *plans.urlpatterns,
    *family.urlpatterns,
]
