"""The dossier, the way up and back, for programs."""

from typing import Any

urlpatterns: list[Any] = []
