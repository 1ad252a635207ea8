"""Bytes for the files that a laid world names, so that downloads answer with something."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

from stakeholders.files import storage
from stakeholders.files.models import StoredFile


@contextmanager
def files_at(folder: Path) -> Iterator[None]:
    """Inside, each file of the database has bytes, below `folder`."""
    with override_settings(MEDIA_ROOT=folder):
        for sha256 in StoredFile.objects.values_list("sha256", flat=True):
            place = storage.place_of(sha256)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(b"%PDF-1.7")
        yield
