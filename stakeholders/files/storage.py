"""Where the bytes lie: below MEDIA_ROOT, by their SHA-256, written whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Unavailable

INCOMING = "incoming"
MODE = 0o640
FOLDER_MODE = 0o750


class Upload(Protocol):
    """What a browser or a program sends: Django's uploaded file."""

    name: str | None

    def chunks(self) -> Iterator[bytes]: ...


class TooLarge(Exception):
    """The upload went on beyond its limit."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """The bytes of an upload in a file of their own, not yet in their place."""

    path: Path
    sha256: str
    size: int


def place_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / relative_place(sha256)


def relative_place(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


@contextmanager
def received(upload: Upload, *, limit: int) -> Iterator[Received]:
    """Write an upload piece by piece and hash it on the way; the file is gone after the block.

    TooLarge beyond `limit` bytes; Unavailable when the disk is full or not writable.
    """
    with _writing():
        folder = Path(settings.MEDIA_ROOT) / INCOMING
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        digest, size = hashlib.sha256(), 0
        with _writing(), open(handle, "wb") as file:
            for piece in upload.chunks():
                size += len(piece)
                if size > limit:
                    raise TooLarge
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fchmod(file.fileno(), MODE)
            os.fsync(file.fileno())
        yield Received(path=path, sha256=digest.hexdigest(), size=size)
    finally:
        path.unlink(missing_ok=True)


def put(arrived: Received) -> None:
    """Move the bytes to their place, unless the same lie there. Unavailable as in `received`."""
    place = place_of(arrived.sha256)
    with _writing():
        if place.is_file() and place.stat().st_size == arrived.size:
            return
        place.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        arrived.path.replace(place)
        _sync_folder(place.parent)


def remove(sha256: str) -> None:
    place_of(sha256).unlink(missing_ok=True)


def kept_hashes() -> Iterator[str]:
    """The hashes of all bytes that lie here."""
    root = Path(settings.MEDIA_ROOT)
    for place in root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        if len(place.name) == 64:
            yield place.name


def remove_partial(*, before: float) -> int:
    """Remove what processes that died left half-written before an instant; says how many."""
    count = 0
    for path in (Path(settings.MEDIA_ROOT) / INCOMING).glob("*"):
        # An upload that is just being kept moves its bytes away while this looks.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
                count += 1
    return count


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        text = _(
            "The site cannot keep files at the moment. Your text is not lost; try again later."
        )
        raise Unavailable(text) from error
