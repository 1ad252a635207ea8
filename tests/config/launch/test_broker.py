import os
import signal
import socket
import stat
from collections.abc import Iterator

import pytest

from config.launch import processes
from config.launch.broker import Broker, ask
from config.launch.paths import Checkout


@pytest.fixture
def broker(checkout: Checkout) -> Iterator[Broker]:
    made = Broker(checkout)
    made.start()
    yield made
    made.stop()


def say(broker: Broker, *command: str) -> bytes:
    return ask(port=broker.port, password=broker._password, command=command)


def test_start_refuses_a_stranger(broker: Broker) -> None:
    with pytest.raises(ConnectionRefusedError, match="WRONGPASS"):
        ask(port=broker.port, password="guess", command=("PING",))
    settings = broker.data / "broker.conf"
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert settings.stat().st_uid != 0


def test_start_after_kill_keeps_queue_and_port(broker: Broker) -> None:
    assert say(broker, "RPUSH", "celery", "a task") == b":1\r\n"
    assert broker.pid is not None
    assert processes.wait_until(
        lambda: any((broker.data / "appendonlydir").glob("*.incr.aof")), seconds=2
    )
    assert say(broker, "WAITAOF", "1", "0", "3000").startswith(b"*2\r\n:1")
    os.kill(broker.pid, signal.SIGKILL)
    assert processes.wait_until(lambda: not broker.is_running(), seconds=2)
    again = Broker(broker.checkout)
    assert again.start() is False
    assert again.url == broker.url
    assert say(again, "LRANGE", "celery", "0", "-1") == b"*1\r\n$6\r\na task\r\n"
    again.stop()


def test_start_adopts_one_left_behind_and_stops_it(broker: Broker) -> None:
    again = Broker(broker.checkout)
    assert again.start() is True
    assert again.pid == broker.pid
    again.stop()
    assert processes.running_in(broker.data) == []
    assert not broker.is_running()


def test_start_port_taken_meanwhile_takes_another(checkout: Checkout, broker: Broker) -> None:
    other = Broker(checkout)
    (checkout.run / "broker.port").write_text(f"{broker.port}\n", encoding="ascii")
    broker.stop()
    with socket.create_server(("127.0.0.1", broker.port)):
        other.start()
    assert other.port != broker.port
    assert other.responds()
    other.stop()
