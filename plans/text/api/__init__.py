"""The plan text for programs, one module per subject."""

from plans.text.api import (
    amendments,
    changing,
    claims,
    differences,
    drafting,
    export,
    importing,
    lineage,
    standards,
)

urlpatterns = [
    *amendments.urlpatterns,
    *drafting.urlpatterns,
    *claims.urlpatterns,
    *changing.urlpatterns,
    *differences.urlpatterns,
    *export.urlpatterns,
    *importing.urlpatterns,
    *standards.urlpatterns,
    *lineage.urlpatterns,
]
