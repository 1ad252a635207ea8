"""The plan text for programs, one module per subject."""

from plans.text.api import differences, drafting, importing

urlpatterns = [
    *drafting.urlpatterns,
    *differences.urlpatterns,
    *importing.urlpatterns,
]
