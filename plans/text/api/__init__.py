"""The plan text for programs, one module per subject."""

from plans.text.api import differences, drafting

urlpatterns = [
    *drafting.urlpatterns,
    *differences.urlpatterns,
]
