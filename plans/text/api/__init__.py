"""The plan text for programs, one module per subject."""

from plans.text.api import differences, drafting, lineage

urlpatterns = [
    *drafting.urlpatterns,
    *differences.urlpatterns,
    *lineage.urlpatterns,
]
