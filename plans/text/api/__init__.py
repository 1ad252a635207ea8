"""The plan text for programs, one module per subject."""

from plans.text.api import amendments, changing, differences, drafting

urlpatterns = [
    *amendments.urlpatterns,
    *drafting.urlpatterns,
    *changing.urlpatterns,
    *differences.urlpatterns,
]
