"""The plan text for programs, one module per subject."""

from plans.text.api import differences, drafting, export, importing

urlpatterns = [
    *drafting.urlpatterns,
    *differences.urlpatterns,
    *export.urlpatterns,
    *importing.urlpatterns,
]
