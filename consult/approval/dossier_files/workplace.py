"""Files between the steps of a job. They lie where uploads arrive: what a job that was cancelled
leaves there, housekeeping removes."""

import secrets
from pathlib import Path

from django.conf import settings

from stakeholders.files.storage import FOLDER_MODE, INCOMING


class Workplace:
    """The pieces of one job by their numbers. FileNotFoundError for one that is gone."""

    def __init__(self, name: str) -> None:
        self.name = Path(name).name

    @classmethod
    def new(cls) -> "Workplace":
        _folder().mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        return cls(f"dossier-{secrets.token_hex(8)}")

    def path(self, number: int) -> Path:
        return _folder() / f"{self.name}-{number:04d}"

    def put(self, number: int, content: bytes) -> None:
        """Write a piece whole; a step done again overwrites its first try."""
        self.path(number).write_bytes(content)

    def remove(self) -> None:
        for path in _folder().glob(f"{self.name}-*"):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / INCOMING
