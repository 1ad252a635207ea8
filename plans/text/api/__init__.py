"""The plan text for programs, one module per subject."""

from plans.text.api import claims, differences, drafting, lineage

urlpatterns = [
    *drafting.urlpatterns,
    *claims.urlpatterns,
    *differences.urlpatterns,
    *lineage.urlpatterns,
]
