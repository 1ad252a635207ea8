"""Phase 4 over the API: the same actions as the pages."""

from consult.phase4_implementation.api import (
    cases,
    commitments,
    imports,
    indicators,
    readings,
    statuses,
    warnings,
)

urlpatterns = [
    *statuses.urlpatterns,
    *imports.urlpatterns,
    *readings.urlpatterns,
    *warnings.urlpatterns,
    *indicators.urlpatterns,
    *cases.urlpatterns,
    *commitments.urlpatterns,
]
