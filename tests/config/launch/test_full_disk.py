"""The launcher on a disk without room: it goes on watching, and catches up."""

import errno
import io
import sys
from pathlib import Path

import psycopg
import pytest

from config.launch import children, supervisor
from config.launch.broker import Broker
from config.launch.children import Child, end, groups_of, noted
from config.launch.paths import Checkout

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
NO_ROOM = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def made(tmp_path: Path) -> Checkout:
    checkout = Checkout(tmp_path)
    checkout.prepare()
    return checkout


def test_who_died_is_started_again_and_noted_once_there_is_room(
    made: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    child = Child("web", SLEEPS, made, {})  # never started, or died: it is to be started
    try:
        with monkeypatch.context() as patch:
            patch.setattr(children, "write_private", no_room)
            supervisor._watch_children([child], checkout=made)
            supervisor._watch_children([child], checkout=made)
            assert noted(checkout=made) == {}
        supervisor._watch_children([child], checkout=made)
        assert child.process is not None
        assert noted(checkout=made) == groups_of([child]) == {"web": child.process.pid}
    finally:
        end([child], checkout=made)
    assert capsys.readouterr().err.splitlines() == [
        "started again: web",
        f"cannot be noted down: {NO_ROOM}",
    ]


@pytest.mark.parametrize("error", [NO_ROOM, psycopg.errors.DiskFull("could not extend file")])
def test_a_server_that_finds_no_room_is_told_and_tried_again(
    made: Checkout,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def start(_server: Broker) -> bool:
        raise error

    monkeypatch.setattr(Broker, "start", start)
    supervisor._start_again(Broker(made))
    assert capsys.readouterr().err.splitlines() == [
        "Broker has ended; starting it again",
        str(error),
    ]


def test_words_that_find_no_room_end_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise NO_ROOM

    said = Full()
    monkeypatch.setattr(sys, "stderr", said)
    supervisor.tell("started again: web")
    assert said.getvalue() == "started again: web\n"


def no_room(**_arguments: object) -> None:
    raise NO_ROOM
