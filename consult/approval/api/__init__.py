"""The dossier, the way up and back, for programs."""

from consult.approval.api import dossier

urlpatterns = [*dossier.urlpatterns]
