"""The plan text for programs, one module per subject."""

from plans.text.api import amendments, differences, drafting

urlpatterns = [
    *amendments.urlpatterns,
    *drafting.urlpatterns,
    *differences.urlpatterns,
]
