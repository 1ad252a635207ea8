"""`up`: everything of one site, in the right order, until somebody says stop."""

import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

import psycopg

from config.launch import environment, probes, site
from config.launch.broker import Broker
from config.launch.children import (
    Child,
    children_of,
    end,
    end_leftovers,
    groups_of,
    note_down,
    noted,
)
from config.launch.lock import only_one
from config.launch.paths import Checkout
from config.launch.postgres import Postgres
from config.launch.terms import LaunchError

READY_SECONDS = 90.0
PAUSE = 0.5
ENOUGH_DEATHS = 4
ACCOUNTS = ("load_demonstration", "--accounts")
WAY_IN = ("way_in",)


class StopRequested(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def up(*, checkout: Checkout, port: int, demonstration: bool) -> None:
    """Run the site on `port` until a signal asks to stop; leave no process behind.

    Raises LaunchError, with what to do, when something does not come up.
    """
    checkout.prepare()
    with only_one(path=checkout.run / "up.lock", doing="make up"), stopping_on_signals():
        end_leftovers(checkout=checkout)
        probes.require_free(port)
        servers = environment.Servers.of(checkout=checkout)
        children: list[Child] = []
        try:
            tell("starting the database and the broker")
            start_servers(servers)
            of_site = environment.of_site(checkout=checkout, servers=servers, port=port)
            owner = environment.of_owner(site=of_site, servers=servers)
            tell("bringing the database up to date")
            site.update(checkout=checkout, owner=owner)
            if demonstration:
                tell("making sure of the demonstration plan")
                site.load_demonstration(checkout=checkout, site=of_site, server=servers.postgres)
            tell("starting web, worker, beat and sweep")
            children += children_of(checkout=checkout, environment=of_site, binds=_binds(port))
            for child in children:
                child.start()
            note_down(children, checkout=checkout)
            who = site.manage(
                checkout=checkout,
                environment=of_site,
                arguments=ACCOUNTS if demonstration else WAY_IN,
            )
            wait_for_ready(children, checkout=checkout, port=port)
            said = site.finish(who)
            print(
                f"ready http://localhost:{port}",
                said.rstrip(),
                sep="\n" if said else "",
                flush=True,
            )
            _watch(checkout=checkout, servers=servers, children=children)
        except StopRequested:
            tell("stopping")
        finally:
            _ignore_signals()
            end(children, checkout=checkout)
            end_leftovers(checkout=checkout)
            stop_servers(servers)


def tell(words: object) -> None:
    """Say what happens; standard output is kept for the line `ready`. Where standard error goes to
    a disk without room nobody reads it, and the site runs on."""
    with suppress(OSError):
        print(words, file=sys.stderr, flush=True)


def start_servers(servers: environment.Servers) -> None:
    """Start PostgreSQL and the broker side by side."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        starts = [
            pool.submit(server.start)
            for server in (servers.postgres, servers.broker)
            if server is not None
        ]
        for start in starts:
            start.result()


def stop_servers(servers: environment.Servers) -> None:
    """Stop the broker, then PostgreSQL, which holds the truth."""
    if servers.broker is not None:
        servers.broker.stop()
    if servers.postgres is not None:
        servers.postgres.stop()


def wait_for_ready(children: list[Child], *, checkout: Checkout, port: int) -> None:
    """Wait until the site says that it is ready.

    Raises LaunchError when a child keeps dying or the time is over.
    """
    status, text = 0, ""
    end_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < end_at:
        status, text = probes.status_of(port=port, path="/readyz")
        if status == 200:
            return
        _watch_children(children, checkout=checkout)
        for child in children:
            if child.deaths >= ENOUGH_DEATHS:
                raise LaunchError(
                    f"{child.name} ends again and again, see {child.log}:\n{child.last_words()}"
                )
        time.sleep(0.1)
    raise LaunchError(
        f"the site is not ready after {READY_SECONDS:.0f} s; /readyz says {status}: {text}"
    )


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into StopRequested; later ones change nothing."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        _ignore_signals()
        raise StopRequested

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _ignore_signals() -> None:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _watch(*, checkout: Checkout, servers: environment.Servers, children: list[Child]) -> NoReturn:
    while True:
        for server in (servers.postgres, servers.broker):
            if server is not None and not server.is_running():
                _start_again(server)
        _watch_children(children, checkout=checkout)
        time.sleep(PAUSE)


def _watch_children(children: list[Child], *, checkout: Checkout) -> None:
    """Start again who died, and note it down: a disk without room gets the note once it has some."""
    started = [child.name for child in children if child.watch()]
    if started:
        tell(f"started again: {', '.join(started)}")
    if noted(checkout=checkout) == groups_of(children):
        return
    try:
        note_down(children, checkout=checkout)
    except OSError as error:
        if started:
            tell(f"cannot be noted down: {error}")


def _start_again(server: Postgres | Broker) -> None:
    """Bring a server back; while it refuses, the site says that it is not ready."""
    tell(f"{type(server).__name__} has ended; starting it again")
    try:
        server.start()
    except (LaunchError, OSError, psycopg.Error) as error:  # no room on the disk, for one
        tell(error)


def _binds(port: int) -> list[str]:
    return [f"{probes.LOOPBACK}:{port}", *([f"[::1]:{port}"] if probes.has_ipv6_loopback() else [])]
