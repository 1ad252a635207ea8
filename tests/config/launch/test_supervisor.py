"""The whole launcher as a process, on a stub of the project: start, kill, recover, stop."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from config.launch import processes
from config.launch.broker import Broker
from config.launch.children import noted
from config.launch.control import down, status
from config.launch.paths import Checkout
from config.launch.postgres import Postgres
from config.launch.probes import free_port
from tests.config.launch.stub import calls, plant

STEPS = [
    "starting the database and the broker",
    "bringing the database up to date",
    "making sure of the demonstration plan",
    "starting web, worker, beat and sweep",
]
EVERYTHING = ("up", "postgres", "broker", "web", "worker", "beat", "sweep")


@pytest.fixture
def site(checkout: Checkout) -> Iterator[Checkout]:
    plant(checkout)
    yield checkout
    down(checkout=checkout)


def start(checkout: Checkout, *, port: int) -> "subprocess.Popen[str]":
    environment = {
        name: word
        for name, word in os.environ.items()
        if name not in {"DATABASE_URL", "BROKER_URL"}
    }
    return subprocess.Popen(
        [sys.executable, "-m", "config.launch", "up"],
        cwd=checkout.root,
        env=environment | {"PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lines(running: "subprocess.Popen[str]", count: int) -> list[str]:
    assert running.stdout is not None
    return [running.stdout.readline().rstrip("\n") for _ in range(count)]


def test_up_kill_up_down(site: Checkout) -> None:
    port = free_port()
    ready = [f"ready http://localhost:{port}", "accounts: chen@example.org"]

    first = start(site, port=port)
    assert lines(first, 2) == ready
    assert status(checkout=site) == dict.fromkeys(EVERYTHING, True)
    assert [call for call in calls(site) if "sweep" not in call] == [
        "collectstatic --noinput --verbosity 0 as owner",
        "load_demonstration --accounts as application",
        "load_demonstration --if-empty as application",
        "migrate --noinput --verbosity 0 --database owner as owner",
    ]

    second = start(site, port=free_port())
    out, errors = second.communicate()
    assert second.returncode == 1
    assert out == ""
    assert errors == f"make up already runs in this checkout (process {first.pid})\n"

    web = noted(checkout=site)["web"]
    os.kill(web, signal.SIGKILL)
    assert processes.wait_until(
        lambda: noted(checkout=site).get("web") not in {web, None}, seconds=10
    )

    database = Postgres(site)._recorded_pid()
    assert database is not None
    os.kill(database, signal.SIGKILL)
    os.kill(first.pid, signal.SIGKILL)
    assert first.communicate()[1].splitlines() == [*STEPS, "started again: web"]
    site.static.mkdir()
    again = start(site, port=port)
    assert lines(again, 2) == ready
    assert [call for call in calls(site) if "sweep" not in call] == [
        "load_demonstration --accounts as application",
        "migrate --noinput --verbosity 0 --database owner as owner",
    ], "later starts leave out what is done"

    again.send_signal(signal.SIGTERM)
    out, errors = again.communicate()
    assert (out, errors.splitlines()) == ("", [*STEPS, "stopping"])
    assert again.returncode == 0
    folders = (site.root, Postgres(site).data, Broker(site).data)
    assert [processes.running_in(folder) for folder in folders] == [[], [], []]
