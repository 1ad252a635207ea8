"""The processes of the site: started, watched, started again, ended."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.launch import processes
from config.launch.paths import Checkout
from config.launch.secrets import write_private

LOG_BYTES = 5_000_000
CALM_SECONDS = 60.0
"""A child that lived this long starts again at once; one that keeps dying waits ever longer."""
LONGEST_PAUSE = 30.0
STOP_SECONDS = 20.0


@dataclass
class Child:
    """One process of the site that must always run."""

    name: str
    command: Sequence[str]
    checkout: Checkout
    environment: Mapping[str, str]
    deaths: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    _started: float = 0.0
    _next: float = field(default=0.0)

    @property
    def log(self) -> Path:
        return self.checkout.log / f"{self.name}.out"

    def start(self) -> None:
        """Start it in a process group of its own, tied to our life."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".out.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.checkout.root,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.tied_to_us(),
            )
        self._started = time.monotonic()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def watch(self) -> bool:
        """Start it again when it has died and its pause is over; True when that happened."""
        if self.is_running():
            return False
        now = time.monotonic()
        if self.process is not None:
            self.deaths = 1 if now - self._started > CALM_SECONDS else self.deaths + 1
            self._next = now + min(LONGEST_PAUSE, 0.5 * 2 ** (self.deaths - 1))
            self.process = None
        if now < self._next:
            return False
        self.start()
        return True

    def last_words(self, lines: int = 20) -> str:
        """Return the end of its log."""
        try:
            return "\n".join(
                self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
            )
        except FileNotFoundError:
            return "(no log)"


def children_of(
    *, checkout: Checkout, environment: Mapping[str, str], binds: Sequence[str]
) -> list[Child]:
    """Return web, worker, beat and sweep; started as modules, because paths may be long."""
    python = sys.executable
    beat = checkout.run / "beat-schedule"
    web = [python, "-m", "gunicorn", "config.wsgi:application", "--preload", "--no-control-socket"]
    web += [
        "--worker-class",
        "gthread",
        "--workers",
        "2",
        "--threads",
        "4",
        "--graceful-timeout",
        "10",
    ]
    for bind in binds:
        web += ["--bind", bind]
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn makes a private file there
        web += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    celery = [python, "-m", "celery", "-A", "config"]
    commands = {
        "web": web,
        "worker": [
            *celery,
            "worker",
            "-c",
            "1",
            "--loglevel",
            "INFO",
            "--without-gossip",
            "--without-mingle",
        ],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", str(beat), "--pidfile="],
        "sweep": [python, "manage.py", "sweep", "--loop"],
    }
    return [
        Child(name=name, command=command, checkout=checkout, environment=environment)
        for name, command in commands.items()
    ]


def end(children: Sequence[Child], *, checkout: Checkout) -> None:
    """End children together: a request, some patience, then force, with all they have started."""
    groups = [child.process.pid for child in children if child.process is not None]
    processes.end_all(groups, first=signal.SIGTERM, seconds=STOP_SECONDS)
    for child in children:
        if child.process is not None:
            child.process.wait()
            child.process = None
    _end_groups(groups, checkout=checkout)


def note_down(children: Sequence[Child], *, checkout: Checkout) -> None:
    """Write which process groups are ours, for the launcher that comes after a sudden end."""
    write_private(path=_notes(checkout), text=json.dumps(groups_of(children)) + "\n")


def groups_of(children: Sequence[Child]) -> dict[str, int]:
    """The process groups that run, by name of the child."""
    return {child.name: child.process.pid for child in children if child.process is not None}


def end_leftovers(*, checkout: Checkout) -> None:
    """End what a killed launcher left of web, worker, beat and sweep."""
    _end_groups(noted(checkout=checkout).values(), checkout=checkout)
    _notes(checkout).unlink(missing_ok=True)


def noted(*, checkout: Checkout) -> dict[str, int]:
    """Return the process groups noted down, by name of the child."""
    try:
        return {
            str(name): int(group)
            for name, group in json.loads(_notes(checkout).read_text("utf-8")).items()
        }
    except (FileNotFoundError, ValueError):
        return {}


def _end_groups(groups: Collection[int], *, checkout: Checkout) -> None:
    if groups:
        processes.end_all(
            processes.of_groups(groups, folder=checkout.root), first=signal.SIGTERM, seconds=5
        )


def _notes(checkout: Checkout) -> Path:
    return checkout.run / "children.json"
