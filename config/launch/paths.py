"""Where a checkout keeps its state."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from config.launch.terms import LaunchError

PRIVATE = ("secrets", "run", "log", "files", "mail", "backups")


@dataclass(frozen=True)
class Checkout:
    """One copy of the project and the folder `var/` that holds everything it writes."""

    root: Path

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def secrets(self) -> Path:
        return self.var / "secrets"

    @property
    def run(self) -> Path:
        return self.var / "run"

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def files(self) -> Path:
        return self.var / "files"

    @property
    def mail(self) -> Path:
        return self.var / "mail"

    @property
    def static(self) -> Path:
        """Where static files are collected; made by collectstatic, and safe to delete."""
        return self.var / "static"

    @property
    def backups(self) -> Path:
        return self.var / "backups"

    def digest(self, *parts: str) -> str:
        """Return a short name that is the same on every start of this checkout."""
        text = "\0".join((str(self.root), *parts))
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:10]

    def prepare(self) -> None:
        """Make the folders of `var/`; others may pass through it, none may read.

        Raises LaunchError when another person owns `var/`.
        """
        _own_folder(self.var, mode=0o711)
        for name in PRIVATE:
            _own_folder(self.var / name, mode=0o700)


def _own_folder(path: Path, *, mode: int) -> None:
    """Make `path`, or make sure that an existing one is ours to write."""
    try:
        path.mkdir()
        path.chmod(mode)
    except FileExistsError:
        pass
    except OSError as error:
        raise LaunchError(f"cannot make the folder {path}: {error.strerror}") from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise LaunchError(
            f"{path} belongs to another account: run as that account, or change the owner of {path}"
        )
