"""Lines kept in a file between the steps of a job, so that none holds them all in memory.

It lies where uploads arrive: what a job that was cancelled leaves, housekeeping removes. A step
that is done again first cuts off what its first try had written.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from consult.phase2_preparation.adoption_table.lines import Line
from stakeholders.files.storage import FOLDER_MODE, INCOMING


class Spool:
    """One such file by its name. FileNotFoundError when it is gone."""

    def __init__(self, name: str) -> None:
        self.path = _folder() / Path(name).name

    @classmethod
    def new(cls) -> "Spool":
        folder = _folder()
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix="table-")
        with open(handle, "wb"):
            return cls(name)

    @property
    def name(self) -> str:
        return self.path.name

    def add(self, lines: Sequence[Line], *, at: int) -> int:
        """Write lines from byte `at` on and nothing after them; says where they end."""
        with self.path.open("r+b") as file:
            file.truncate(at)
            file.seek(at)
            for line in lines:
                file.write(json.dumps(line.as_dict(), ensure_ascii=False).encode() + b"\n")
            return file.tell()

    def lines(self) -> Iterator[Line]:
        with self.path.open("rb") as file:
            for row in file:
                yield Line.of(json.loads(row))

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / INCOMING
