"""The API of the slices."""

from consult.workflow import api as workflow

urlpatterns = [*workflow.urlpatterns]
