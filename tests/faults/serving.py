"""How long a part of a site was away after it was killed."""

import os
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from config.launch import probes
from tests.faults.site import Site

PATIENCE = 300.0
POLL = 0.05
UP = {"worker": b" ready.", "beat": b"beat: Starting..."}  # what the log says once it is there


class Watch(threading.Thread):
    """Looks after one victim until it serves again: `took` in seconds, None if it never did.

    Database and broker answer a question; the web answers from a new process; worker and beat say
    in the log that they have begun; the sweep runs.
    """

    def __init__(self, site: Site, victim: str) -> None:
        super().__init__(daemon=True)
        self._site, self.victim = site, victim
        self._before = site.pid(victim)
        self._log = Tail(site.checkout.log / "jointplan.log")
        self._from = time.monotonic()
        self.took: float | None = None

    def run(self) -> None:
        self._from = time.monotonic()
        while (waited := time.monotonic() - self._from) < PATIENCE:
            if self._serves():
                self.took = waited
                return
            time.sleep(POLL)

    def _serves(self) -> bool:
        if self._site.pid(self.victim) in (None, self._before):
            return False
        if self.victim == "postgres":
            return self._site.postgres.responds()
        if self.victim == "broker":
            return self._site.broker.responds()
        if self.victim.startswith("web"):
            return probes.status_of(port=self._site.port, path="/healthz")[0] == 200
        return self.victim not in UP or self._log.has_said(UP[self.victim])


class Tail:
    """What is written to a log from now on; as bytes, because its last line may be half written."""

    def __init__(self, path: Path) -> None:
        found = path.stat()
        self._path, self._file, self._place = path, found.st_ino, found.st_size
        self._rest = b""

    def has_said(self, word: bytes) -> bool:
        """Whether `word` was written since; a log that grew long is renamed, and goes on anew."""
        text = self._rest
        with suppress(FileNotFoundError), self._path.open("rb") as log:
            if (file := os.fstat(log.fileno()).st_ino) != self._file:
                text += self._read(self._path.with_suffix(".log.1"))
                self._file, self._place = file, 0
            text += self._read(self._path)
        self._rest = text[-len(word) :]
        return word in text

    def _read(self, path: Path) -> bytes:
        with path.open("rb") as log:
            log.seek(self._place)
            text = log.read()
        self._place += len(text)
        return text


def served_again(watches: Sequence[Watch]) -> dict[str, object]:
    """Victim -> median and longest time in seconds until it served again."""
    times: dict[str, list[float]] = defaultdict(list)
    for watch in watches:
        assert watch.took is not None, f"{watch.victim} did not serve again in {PATIENCE:.0f} s"
        times[watch.victim].append(watch.took)
    return {
        f"{victim} again after": f"{sorted(all_)[len(all_) // 2]:.1f} s, at most {max(all_):.1f} s"
        for victim, all_ in sorted(times.items())
    }
