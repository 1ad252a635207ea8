"""One site, hit in small ways one after the other: the short sample of the long proofs.

`make test` kills its database, on which every other part hangs, and takes its changes and its disk
away; who is reminded and that mail goes once is told there by the desk and the outbox themselves,
`make prove` tells it of a whole site too, of which it kills every part, again and again.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import sql

from config.launch import processes
from config.troubles import FULL
from tests.faults.checks import (
    RECOVER_SECONDS,
    TITLES,
    TYPED,
    ask_without_room,
    chance,
    copies_allowed,
    kill_some,
    require_all_arrived,
    require_nothing_lost,
    require_told,
)
from tests.faults.sink import Sink
from tests.faults.site import Asked, Site
from tests.faults.users import Crowd
from tests.saying import Say

LIMIT = 1800  # seconds after which the site ends itself
PEOPLE = 20


class Stage:
    """The site, its mail server, and how many plans were opened so far."""

    def __init__(self) -> None:
        self.sink = Sink()
        self.site = Site(mail_port=self.sink.port, seconds=LIMIT, beat=2.0)
        self.plans = 0
        self._people: list[dict[str, Any]] = []

    def crowd(self) -> Crowd:
        """The people of two plans that are laid at the first call, ready to begin."""
        self._people = self._people or self.site.asked("lay_ground").answer()
        return Crowd(self._people, port=self.site.port, pause=0.2)

    def feed(self, *, plans: int, seconds: float) -> Asked:
        running = self.site.feed(first=self.plans, plans=plans, people=PEOPLE, seconds=seconds)
        self.plans += plans
        return running

    @property
    def due(self) -> int:
        return self.plans * PEOPLE


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    made = Stage()
    made.sink.open()
    try:
        made.site.start()
        yield made
    finally:
        made.site.end()
        made.sink.close()


@pytest.mark.parametrize(
    "victims",
    [
        pytest.param(["postgres"], id="one"),
        pytest.param(["web", "postgres", "broker"], id="three", marks=pytest.mark.prove),
    ],
)
def test_kills_lose_and_double_nothing(stage: Stage, victims: list[str], say: Say) -> None:
    seed, chances = chance()
    crowd = stage.crowd()
    crowd.begin()
    feeder = stage.feed(plans=1, seconds=1)
    killed = kill_some(stage.site, chances, victims=list(victims), pause=(0.1, 0.5))
    assert processes.wait_until(stage.site.is_whole, seconds=RECOVER_SECONDS), stage.site.log
    feeder.answer()
    require_nothing_lost(stage.site, crowd, say, title=f"forms under {len(victims)} x kill -9")
    title = f"{len(victims)} x kill -9, seed {seed}"
    require_all_arrived(stage.site, stage.sink, say, title=title, due=stage.due, before=killed)
    assert stage.sink.copies() <= copies_allowed(killed)


def test_a_database_that_takes_no_changes_says_so_and_takes_everything_afterwards(
    stage: Stage, say: Say
) -> None:
    crowd = stage.crowd()
    take_changes(stage.site, is_on=False)
    try:
        crowd.begin()
        told = processes.wait_until(
            lambda: all(one.answers[503] for one in crowd.people), seconds=RECOVER_SECONDS
        )
        assert told, crowd.refused()
        assert [one.taken for one in crowd.people] == [[]] * len(crowd.people)
    finally:
        take_changes(stage.site, is_on=True)
    assert processes.wait_until(
        lambda: all(one.taken for one in crowd.people), seconds=RECOVER_SECONDS
    )
    require_nothing_lost(stage.site, crowd, say, title="forms while the database was read-only")
    stage.site.asked("verify").answer()


def test_a_table_that_cannot_grow_says_so_and_keeps_what_was_typed(stage: Stage, say: Say) -> None:
    """A small case of a full disk: the server gets the kernel's own ENOSPC for one table."""
    typist = next(one for one in stage.crowd().people if one.kind == "typed")
    with without_room(stage.site, "consult_commentautosave"):
        for language in TITLES:
            status, page = ask_without_room(typist, language=language)
            assert status == 503, page
            require_told(page, language=language, trouble=FULL)
    typist.send_one(TYPED)
    assert (typist.taken, typist.refused) == ([TYPED], [])
    kept = stage.site.asked("kept").answer()["typed"]
    assert kept[typist.page.rpartition("=")[2]] == TYPED
    say("forms without room on the disk", {"languages": len(TITLES), "texts lost": 0})


@contextmanager
def without_room(site: Site, table: str) -> Iterator[None]:
    """Empty `table`; while the block lasts its file is /dev/full, on which no byte finds room."""
    with site.postgres.superuser(database="jointplan") as connection:
        connection.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table)))
        row = connection.execute("SELECT pg_relation_filepath(%s)", [table]).fetchone()
    assert row is not None
    file = site.postgres.data / str(row[0])
    file.unlink()
    file.symlink_to("/dev/full")
    try:
        yield
    finally:
        file.unlink()
        file.touch(mode=0o600)
        site.postgres.account.give(file)
        end_sessions(site)


def take_changes(site: Site, *, is_on: bool) -> None:
    """Let the site's database take changes, or none; at once, because all sessions begin anew."""
    with site.postgres.superuser() as connection:
        connection.execute(
            f"ALTER DATABASE jointplan SET default_transaction_read_only = {'off' if is_on else 'on'}"
        )
    end_sessions(site)


def end_sessions(site: Site) -> None:
    with site.postgres.superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'jointplan'"
        )


@pytest.mark.prove
def test_two_beats_and_many_sweeps_double_nothing(stage: Stage, say: Say) -> None:
    copies = stage.sink.copies()
    schedule = str(stage.site.checkout.run / "second-beat")
    beat = stage.site.run("-m", "celery", "-A", "config", "beat", "-s", schedule, "--pidfile=")
    try:
        feeder = stage.feed(plans=2, seconds=2)
        feeder.answer()
        swept = stage.site.asked("sweep", threads=3).answer()
        said = {"of 3 sweeps at one moment swept": swept}
        title = "two beats, a loop and 3 sweeps"
        require_all_arrived(stage.site, stage.sink, say, title=title, due=stage.due, before=said)
        assert stage.sink.copies() == copies
        assert beat.poll() is None
    finally:
        beat.terminate()
        beat.communicate(timeout=30)


@pytest.mark.prove
def test_a_mail_server_that_comes_back_gets_everything_once(stage: Stage, say: Say) -> None:
    copies, taken = stage.sink.copies(), len(stage.sink.taken)
    stage.sink.close()
    stage.feed(plans=1, seconds=0).answer()
    (waiting,) = stage.site.ask(
        "SELECT count(*) FROM stakeholders_outboxmessage WHERE sent_at IS NULL"
    )[0]
    assert waiting >= PEOPLE
    time.sleep(2)
    assert len(stage.sink.taken) == taken
    stage.sink.open()
    title = "mail server away and back"
    before = {"waiting": waiting}
    require_all_arrived(stage.site, stage.sink, say, title=title, due=stage.due, before=before)
    assert stage.sink.copies() == copies


@pytest.mark.prove
def test_without_a_broker_the_loop_reminds_and_sends(stage: Stage, say: Say) -> None:
    """The last test of this site: its broker is gone for good, its port swallows what comes."""
    port = stage.site.broker.port
    assert stage.site.kill("broker")
    swallowing = None

    def take_the_port() -> bool:
        nonlocal swallowing
        try:
            swallowing = socket.create_server(("127.0.0.1", port))
        except OSError:
            return False
        return True

    assert processes.wait_until(take_the_port, seconds=5, pause=0.005)
    try:
        stage.feed(plans=1, seconds=0).answer()
        title = "no broker at all"
        require_all_arrived(stage.site, stage.sink, say, title=title, due=stage.due, before={})
    finally:
        stage.site.says_goodbye = False  # a worker hangs on a broker that says nothing
        swallowing.close()
