"""The plan text for programs, one module per subject."""

from plans.text.api import changing, claims, differences, drafting, lineage

urlpatterns = [
    *drafting.urlpatterns,
    *claims.urlpatterns,
    *changing.urlpatterns,
    *differences.urlpatterns,
    *lineage.urlpatterns,
]
