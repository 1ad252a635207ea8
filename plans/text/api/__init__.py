"""The plan text for programs, one module per subject."""

from plans.text.api import claims, differences, drafting

urlpatterns = [
    *drafting.urlpatterns,
    *claims.urlpatterns,
    *differences.urlpatterns,
]
