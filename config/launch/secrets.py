"""Passwords and keys that the launcher makes for itself."""

import os
import secrets
from pathlib import Path

from config.launch.paths import Checkout

BYTES = 32


def secret(*, checkout: Checkout, name: str) -> str:
    """Return the secret called `name`, made on first use in a file that only its owner reads."""
    path = checkout.secrets / name
    try:
        return _read(path)
    except FileNotFoundError:
        write_private(path=path, text=secrets.token_urlsafe(BYTES) + "\n")
        return _read(path)


def write_private(*, path: Path, text: str) -> None:
    """Write `text` to `path` with mode 0600, all or nothing."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()
