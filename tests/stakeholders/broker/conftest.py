"""Brokers that are of no use, and the site's own Celery application pointed at them."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from celery import Celery

from stakeholders.broker import connecting, waking

HOST = "127.0.0.1"
Serving = Callable[[int], list[int]]


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Serving:
    """`serving(port)`: this process serves the site, its broker is at `port`.

    Answers a list that grows by one with each attempt to connect there.
    """

    def serve(port: int) -> list[int]:
        app = Celery("jointplan", set_as_current=False, broker=f"redis://:word@{HOST}:{port}/0")
        app.conf.broker_transport_options = {"visibility_timeout": 300, "socket_connect_timeout": 1}
        monkeypatch.setattr(waking, "current_app", app)
        monkeypatch.setattr(connecting, "current_app", app)
        monkeypatch.setattr(waking, "_silent_until", 0.0)
        monkeypatch.setattr(connecting, "SECONDS", 0.2)
        attempts: list[int] = []
        connect = socket.socket.connect

        def counted(self: socket.socket, address: object) -> None:
            if isinstance(address, tuple) and address[1] == port:
                attempts.append(port)
            connect(self, address)  # type: ignore[arg-type]

        monkeypatch.setattr(socket.socket, "connect", counted)
        return attempts

    return serve


@pytest.fixture
def nobody() -> int:
    """A port where every connection is refused."""
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def swallowing() -> Iterator[int]:
    """A port where every connection is taken and nothing is ever answered."""
    with socket.create_server((HOST, 0)) as server:
        held: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield int(server.getsockname()[1])
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=2)
        for one in held:
            one.close()


@pytest.fixture
def full() -> Iterator[int]:
    """A port whose packets are swallowed: its queue is full, nobody takes a connection from it."""
    with socket.socket() as server:
        server.bind((HOST, 0))
        server.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        yield int(server.getsockname()[1])
        for one in waiting:
            one.close()
