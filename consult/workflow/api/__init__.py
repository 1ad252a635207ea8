"""The workflow for programs."""

from consult.workflow.api import changes, phases

urlpatterns = [*phases.urlpatterns, *changes.urlpatterns]
