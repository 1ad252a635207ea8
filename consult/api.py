"""The API of the slices."""

from consult.phase1_organization import api as organization
from consult.workflow import api as workflow

urlpatterns = [
    *organization.urlpatterns,
    *workflow.urlpatterns,
]
