"""The plan text for programs, one module per subject."""

from plans.text.api import differences, drafting, export

urlpatterns = [
    *drafting.urlpatterns,
    *differences.urlpatterns,
    *export.urlpatterns,
]
