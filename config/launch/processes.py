"""What runs: reading /proc, and ending processes that are ours."""

import ctypes
import os
import signal
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1
DEAD_STATES = frozenset("ZXx")
"""A zombie has ended; it only waits for its parent, in a container without init for ever."""

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Stat:
    """The fields of /proc/PID/stat that tell one process from another."""

    pid: int
    state: str
    group: int
    started: int

    @property
    def is_dead(self) -> bool:
        return self.state in DEAD_STATES


def parse_stat(text: str) -> Stat:
    """Read a line of /proc/PID/stat; the name in parentheses may hold spaces and parentheses."""
    head, _, tail = text.rpartition(")")
    fields = tail.split()
    return Stat(
        pid=int(head.split(" ", 1)[0]),
        state=fields[0],
        group=int(fields[2]),
        started=int(fields[19]),
    )


def stat(pid: int) -> Stat | None:
    """Return the state of process `pid`, or None when there is none."""
    try:
        return parse_stat((PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace"))
    except (FileNotFoundError, ProcessLookupError):
        return None


def is_alive(pid: int, *, started: int | None = None) -> bool:
    """Say whether `pid` runs; with `started`, whether it is still the same process."""
    found = stat(pid)
    if found is None or found.is_dead:
        return False
    return started is None or found.started == started


def running_in(folder: Path) -> list[int]:
    """Return the live processes whose working folder is `folder`: a server sits in its data."""
    wanted = os.path.realpath(folder)
    found = []
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            place = os.readlink(entry / "cwd")
        except OSError:
            continue
        if place == wanted and is_alive(int(entry.name)):
            found.append(int(entry.name))
    return sorted(found)


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Ask `condition` again and again for `seconds`; return its last answer."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= end:
            return condition()
        time.sleep(pause)
    return True


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal; a process that has ended meanwhile is no mistake."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def end_all(pids: Iterable[int], *, first: signal.Signals, seconds: float) -> None:
    """Ask processes to end by `first`, wait, then kill what is left."""
    known = {pid: found.started for pid in pids if (found := stat(pid)) is not None}

    def left() -> list[int]:
        return [pid for pid, started in known.items() if is_alive(pid, started=started)]

    for pid in left():
        send(pid, first)
    if wait_until(lambda: not left(), seconds=seconds):
        return
    for pid in left():
        send(pid, signal.SIGKILL)
    wait_until(lambda: not left(), seconds=5)


def of_groups(groups: Collection[int], *, folder: Path) -> list[int]:
    """Return the live processes of some process groups that work in `folder`."""
    return [
        pid
        for pid in running_in(folder)
        if (found := stat(pid)) is not None and found.group in groups
    ]


def with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send us `number` when our parent ends, however it ends."""
    _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def tied_to_us() -> Callable[[], None]:
    """Return what subprocess runs between fork and exec to make a child end with us."""
    parent = os.getpid()

    def tie() -> None:
        with_parent()
        if os.getppid() != parent:
            os._exit(1)

    return tie
