"""The plan text for programs, one module per subject."""

from plans.text.api import amendments, changing, claims, differences, drafting, lineage

urlpatterns = [
    *amendments.urlpatterns,
    *drafting.urlpatterns,
    *claims.urlpatterns,
    *changing.urlpatterns,
    *differences.urlpatterns,
    *lineage.urlpatterns,
]
