"""The plan text for programs, one module per subject."""

from plans.text.api import differences, drafting, lineage, standards

urlpatterns = [
    *drafting.urlpatterns,
    *differences.urlpatterns,
    *standards.urlpatterns,
    *lineage.urlpatterns,
]
