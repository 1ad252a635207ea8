"""The dossier, the way up and back, for programs."""

from typing import Any

from consult.approval.api.letters import urlpatterns as letters

urlpatterns: list[Any] = [*letters]
