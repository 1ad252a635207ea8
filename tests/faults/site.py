"""A whole site in a folder that is thrown away: started, hit, watched, ended."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from config.launch import control, processes, roles
from config.launch import site as launch_site
from config.launch.broker import Broker
from config.launch.children import noted
from config.launch.paths import Checkout
from config.launch.postgres import Postgres
from config.launch.probes import LOOPBACK, free_port
from config.launch.terms import SOURCE
from tests.faults.launch import SETTINGS
from tests.faults.premade import fill

LINKED = (
    "config",
    "consult",
    "locale",
    "manage.py",
    "plans",
    "stakeholders",
    "static",
    "templates",
    "tests",
)
CHILDREN = ("web", "worker", "beat", "sweep")
EVERYTHING = ("up", "postgres", "broker", *CHILDREN)


class Asked:
    """A question to the process inside a site, to be answered in its turn."""

    def __init__(self, process: "subprocess.Popen[str]", number: int) -> None:
        self._process, self._number = process, number

    def answer(self) -> Any:
        """What it answered; AssertionError with its words where it failed."""
        assert self._process.stdout is not None
        said = {"number": None}
        while said["number"] != self._number:  # answers nobody waited for come first
            line = self._process.stdout.readline()
            assert line, "the process inside the site has ended"
            said = json.loads(line)
        assert "error" not in said, said["error"]
        return said["answer"]


class Site:
    """Our launcher on the project's own code, with its own database, broker and mail port.

    It ends after `seconds` by itself, with this process, and at `end`. Its folder is made in
    `home`, else where temporary files are.
    """

    def __init__(
        self,
        *,
        mail_port: int,
        seconds: int,
        beat: float = 4.0,
        broker_url: str = "",
        home: Path | None = None,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="jp-faults-", dir=home))
        self.folder.chmod(0o711)
        self.checkout = Checkout(self.folder)
        self.checkout.prepare()
        for name in LINKED:
            (self.folder / name).symlink_to(SOURCE / name)
        self._nothing_to_collect()
        self.port = free_port()
        self.seconds = seconds
        self.postgres, self.broker = Postgres(self.checkout), Broker(self.checkout)
        kept = {
            name: word
            for name, word in os.environ.items()
            if name not in {"DATABASE_URL", "DATABASE_APPLICATION_URL", "BROKER_URL", "LOG_DIR"}
        }
        self.around = kept | {
            "EMAIL_HOST": LOOPBACK,
            "EMAIL_PORT": str(mail_port),
            "FAULTS_BEAT": str(beat),
            **({"BROKER_URL": broker_url} if broker_url else {}),
        }
        self.says_goodbye = True  # else it is killed, and what it left is ended from outside
        self._up: subprocess.Popen[bytes] | None = None
        self._inside: dict[str, subprocess.Popen[str]] = {}
        self._questions = 0

    def start(self) -> None:
        """Start the launcher; returns once the whole site says that it is ready."""
        fill(self.postgres, folder=self.folder)
        with (self.folder / "up.log").open("ab") as log:
            self._up = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.faults.launch",
                    str(self.folder),
                    str(self.port),
                    str(self.seconds),
                ],
                cwd=self.folder,
                env=self.around,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        ready = processes.wait_until(lambda: "ready http" in self.log or self._is_over, seconds=600)
        assert ready, self.log
        assert not self._is_over, self.log

    @property
    def log(self) -> str:
        """What the launcher said so far."""
        return (self.folder / "up.log").read_text(encoding="utf-8", errors="replace")

    @property
    def _is_over(self) -> bool:
        return self._up is None or self._up.poll() is not None

    def pid(self, name: str) -> int | None:
        """The process of one part of the site, or None while it is away."""
        if name == "postgres":
            return self.postgres._recorded_pid()
        if name == "broker":
            return next(iter(processes.running_in(self.broker.data)), None)
        group = noted(checkout=self.checkout).get("web" if name == "web child" else name)
        if name == "web child":
            found = processes.of_groups([group or 0], folder=self.folder)
            return max((pid for pid in found if pid != group), default=None)
        return group if group is not None and processes.is_alive(group) else None

    def kill(self, name: str) -> bool:
        """SIGKILL for one part of the site; whether there was one to kill."""
        pid = self.pid(name)
        if pid is not None:
            processes.send(pid, signal.SIGKILL)
        return pid is not None

    def is_whole(self) -> bool:
        """Whether every part runs and both servers answer."""
        found = control.status(checkout=self.checkout)
        return all(found.get(name) for name in EVERYTHING)

    def environment(self) -> dict[str, str]:
        """The environment of a further process of this site, as the application's role."""
        return self.around | {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": self.postgres.url(role=roles.APPLICATION),
            "BROKER_URL": self.around.get("BROKER_URL", self.broker.url),
            "SECRET_KEY": (self.checkout.secrets / "key").read_text(encoding="ascii").strip(),
            "SITE_URL": f"http://localhost:{self.port}",
            "MEDIA_ROOT": str(self.checkout.files),
            "LOG_DIR": str(self.checkout.log),
        }

    def run(self, *command: str) -> "subprocess.Popen[str]":
        """Start a further Python process of this site."""
        with (self.folder / "inside.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=self.folder,
                env=self.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                preexec_fn=processes.tied_to_us(),
            )

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of one statement; OperationalError while the database is away."""
        with psycopg.connect(self.postgres.url(), connect_timeout=5) as connection:
            return connection.execute(statement, values).fetchall()

    def asked(self, name: str, *, of: str = "", **arguments: object) -> "Asked":
        """Let the process `of` inside this site do a command; `.answer()` waits for it."""
        inside = self._inside.get(of)
        if inside is None or inside.poll() is not None:
            inside = self._inside[of] = self.run("-m", "tests.faults.inside")
        assert inside.stdin is not None
        self._questions += 1
        inside.stdin.write(json.dumps([self._questions, name, arguments]) + "\n")
        inside.stdin.flush()
        return Asked(inside, self._questions)

    def feed(self, *, first: int = 0, plans: int, people: int, seconds: float) -> "Asked":
        """Begin to open `plans` plans, each with `people` who owe an answer; see `inside`."""
        return self.asked("feed", first=first, plans=plans, people=people, seconds=seconds)

    def is_drained(self, *, due: int) -> bool:
        """Whether `due` reminders are written and no mail waits; not while the database is away."""
        try:
            ((told, waiting),) = self.ask(
                "SELECT (SELECT count(*) FROM stakeholders_notice WHERE kind = 'duty.reminder'),"
                " (SELECT count(*) FROM stakeholders_outboxmessage WHERE sent_at IS NULL)"
            )
        except psycopg.Error:
            return False
        return bool(told >= due and waiting == 0)

    def end(self) -> None:
        """End all processes of this site and remove its folder, whatever happened before."""
        for inside in self._inside.values():
            inside.kill()
            inside.communicate()
        if self._up is not None and self._up.poll() is None and self.says_goodbye:
            self._up.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._up.wait(timeout=60)
        if self._up is not None and self._up.poll() is None:
            self._up.kill()
            self._up.wait()
        self.postgres.stop()  # where a drill started it without the launcher
        control.down(checkout=self.checkout)
        data = (self.postgres.data, self.broker.data)
        left = {str(folder): processes.running_in(folder) for folder in (self.folder, *data)}
        for folder in (*data, self.folder):
            shutil.rmtree(folder, ignore_errors=True)
        assert not any(left.values()), left

    def _nothing_to_collect(self) -> None:
        """Let the launcher find its static files collected: no page of a fault test needs them."""
        self.checkout.static.mkdir()
        stamp = self.checkout.run / "static.stamp"
        stamp.write_text(launch_site._print_of_static(self.checkout), encoding="ascii")
