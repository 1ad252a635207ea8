"""A worker killed in the middle of a step, in a process of its own on a database of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.databases import clone_database, drop_database, url_of

WORKER = Path(__file__).with_name("worker.py")
NAME = f"jointplan_killed_{os.getpid()}"
TOTAL, DIES_AT = 6, 3
Run = Callable[..., int]


@pytest.fixture
def url() -> Iterator[str]:
    address = clone_database(NAME)
    yield address
    drop_database(NAME)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """How a worker of its own ended; the process they come from is started once."""
    with subprocess.Popen(
        [sys.executable, str(WORKER)],
        env={**os.environ, "DATABASE_URL": url_of(NAME)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as workers:

        def started(*arguments: str) -> int:
            workers.stdin.write(" ".join(arguments) + "\n")
            return int(workers.stdout.readline())

        yield started


def ask(url: str, text: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(text)
        return cursor.fetchall() if cursor.description else []


def let_the_claim_run_out(url: str) -> None:
    ask(url, "UPDATE stakeholders_job SET claimed_until = now() - interval '1 second'")


JOB = "SELECT state, done, take_ups, result FROM stakeholders_job"
KEYS = "SELECT key FROM stakeholders_notice WHERE kind = 'round' ORDER BY key"


def test_a_killed_worker_is_followed_once_and_no_row_is_written_twice(
    url: str, run: Run, tmp_path: Path
) -> None:
    lives = tmp_path / "lives"
    lives.write_text("x", "utf-8")  # dies once
    assert run("start", str(lives), str(TOTAL), str(DIES_AT)) == 0
    assert run("work") == -signal.SIGKILL
    assert ask(url, JOB) == [("running", DIES_AT, 0, None)]
    assert len(ask(url, KEYS)) == DIES_AT  # nothing of the broken step
    assert run("work") == 0
    assert ask(url, JOB) == [("running", DIES_AT, 0, None)]  # still believed to be at work
    let_the_claim_run_out(url)
    assert run("work") == 0
    assert ask(url, JOB) == [("done", TOTAL, 0, {"sum": TOTAL, "mandate": None})]
    assert ask(url, KEYS) == [(f"count:{n}",) for n in range(TOTAL)]


def test_a_job_that_kills_every_worker_fails_after_the_second(
    url: str, run: Run, tmp_path: Path
) -> None:
    lives = tmp_path / "lives"
    lives.write_text("xxxxx", "utf-8")
    assert run("start", str(lives), str(TOTAL), str(DIES_AT)) == 0
    for _time in range(2):
        assert run("work") == -signal.SIGKILL
        let_the_claim_run_out(url)
    assert run("work") == 0
    assert ask(url, JOB) == [("failed", DIES_AT, 2, None)]
    assert len(ask(url, KEYS)) == DIES_AT
    assert len(lives.read_text("utf-8")) == 3  # no third worker was lost
