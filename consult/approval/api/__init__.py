"""The dossier, the way up and back, for programs."""

from consult.approval.api import dossier, letters, replies

urlpatterns = [*dossier.urlpatterns, *letters.urlpatterns, *replies.urlpatterns]
