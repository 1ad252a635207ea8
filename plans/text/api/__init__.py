"""The plan text for programs, one module per subject."""

from plans.text.api import changing, differences, drafting

urlpatterns = [
    *drafting.urlpatterns,
    *changing.urlpatterns,
    *differences.urlpatterns,
]
