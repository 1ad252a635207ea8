"""The dossier, the way up and back, for programs."""

from typing import Any

from consult.approval.api import dossier, letters, replies

urlpatterns: list[Any] = [*dossier.urlpatterns, *letters.urlpatterns, *replies.urlpatterns]
