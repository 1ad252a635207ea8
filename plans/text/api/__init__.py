"""The plan text for programs, one module per subject."""

from plans.text.api import differences, drafting, standards

urlpatterns = [
    *drafting.urlpatterns,
    *differences.urlpatterns,
    *standards.urlpatterns,
]
