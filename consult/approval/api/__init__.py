"""The dossier, the way up and back, for programs."""

from typing import Any

from consult.approval.api.letters import urlpatterns as letters
from consult.approval.api.replies import urlpatterns as replies

urlpatterns: list[Any] = [*letters, *replies]
