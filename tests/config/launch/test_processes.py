import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.launch import processes

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def line(*, name: str, state: str) -> str:
    return f"4711 ({name}) {state} 1 4700 4700 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 98765 0 0 1"


def test_parse_stat_name_with_parentheses_and_spaces() -> None:
    found = processes.parse_stat(line(name="a) Z (b", state="S"))
    assert found == processes.Stat(pid=4711, state="S", group=4700, started=98765)
    assert not found.is_dead


@pytest.mark.parametrize("state", ["Z", "X", "x"])
def test_parse_stat_zombie_counts_as_dead(state: str) -> None:
    assert processes.parse_stat(line(name="postgres", state=state)).is_dead


def test_is_alive_zombie_of_ours_is_not() -> None:
    child = subprocess.Popen(SLEEP)
    assert processes.is_alive(child.pid)
    child.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert processes.stat(child.pid) is not None, "not collected yet"
    assert not processes.is_alive(child.pid)
    child.wait()
    assert processes.stat(child.pid) is None


def test_is_alive_reused_pid_is_another_process() -> None:
    own = processes.stat(os.getpid())
    assert own is not None
    assert processes.is_alive(own.pid, started=own.started)
    assert not processes.is_alive(own.pid, started=own.started + 1)


def test_running_in_finds_the_process_by_its_folder(tmp_path: Path) -> None:
    child = subprocess.Popen(SLEEP, cwd=tmp_path)
    try:
        assert processes.running_in(tmp_path) == [child.pid]
        assert processes.running_in(tmp_path.parent) == []
    finally:
        child.kill()
        child.wait()


def test_end_all_kills_what_does_not_listen() -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "print('deaf', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        processes.end_all([child.pid], first=signal.SIGTERM, seconds=0.2)
        assert child.wait() == -signal.SIGKILL


def test_tied_to_us_child_ends_when_the_parent_is_killed(tmp_path: Path) -> None:
    parent = (
        "import subprocess, sys, time; from config.launch import processes; "
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
        " cwd=sys.argv[1], preexec_fn=processes.tied_to_us()); "
        "print(child.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", parent, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        child = int(running.stdout.readline())
        assert processes.is_alive(child)
        running.kill()
    assert processes.wait_until(lambda: not processes.is_alive(child), seconds=3)


def test_wait_until_gives_up_in_time() -> None:
    start = time.monotonic()
    assert not processes.wait_until(lambda: False, seconds=0.1)
    assert time.monotonic() - start < 1
