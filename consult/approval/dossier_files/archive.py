"""The dossier as one ZIP archive. The same files give the same bytes."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

FIXED = (1980, 1, 1, 0, 0, 0)
BLOCK = 1024 * 1024
PACKED = {"pdf", "png", "jpg", "jpeg", "docx", "xlsx", "zip"}  # packing them again gains nothing


def write_archive(files: Iterable[tuple[str, bytes | Path]], target: BinaryIO) -> None:
    """Name and content, or the place of it, one by one: no more than one piece is held at a time.
    OSError for a file that cannot be read."""
    with ZipFile(target, "w") as archive:
        for name, content in files:
            with archive.open(_entry(name), "w", force_zip64=False) as file:
                if isinstance(content, bytes):
                    file.write(content)
                else:
                    with content.open("rb") as source:
                        shutil.copyfileobj(source, file, BLOCK)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, FIXED)
    is_packed = name.rpartition(".")[2].lower() in PACKED
    entry.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
