"""The dossier, the way up and back, for programs."""

from typing import Any

from consult.approval.api import dossier, letters

urlpatterns: list[Any] = [*dossier.urlpatterns, *letters.urlpatterns]
