"""`python -m tests.faults.disk_drill`: a whole site on a disk that becomes full to the last byte.

Database, broker, files, logs and notes of the launcher lie on it. People write on meanwhile; one
asks in each language; the web is killed and has to come back without room. Then there is room again.
What was counted goes to standard output, a JSON object by title; any loss ends it with an error.
"""

import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.launch import probes, processes
from tests.faults import small_disk
from tests.faults.checks import (
    RECOVER_SECONDS,
    TITLES,
    ask_without_room,
    require_nothing_lost,
    require_told,
)
from tests.faults.sink import Sink
from tests.faults.site import Site
from tests.faults.small_disk import Ballast
from tests.faults.users import CUT, Crowd, Person

MEGABYTES = 256
NO_DISK = 77  # the exit status where no disk can be made
LIMIT = 1500  # seconds after which the site ends itself
PAUSE = 0.3


def main() -> None:
    with on_a_small_disk() as place:
        sink = Sink()
        sink.open()
        site = Site(mail_port=sink.port, seconds=LIMIT, beat=2.0, home=place)
        try:
            site.start()
            drill(site, Ballast(place))
        except BaseException:
            sys.stderr.write(site.log)
            raise
        finally:
            site.end()
            sink.close()
    json.dump(said, sys.stdout)


@contextmanager
def on_a_small_disk() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="jp-small-"))
    try:
        small_disk.mount(place, megabytes=MEGABYTES)
    except PermissionError as error:
        place.rmdir()
        sys.stderr.write(f"this machine lets us make no disk of our own: {error}")
        sys.exit(NO_DISK)
    try:
        yield place
    finally:
        small_disk.unmount(place)
        place.rmdir()


said: dict[str, Mapping[str, object]] = {}


def drill(site: Site, ballast: Ballast) -> None:
    """Fill the disk under people who write; hold what they are told and what is there at last."""
    people = site.asked("lay_ground").answer()
    crowd = Crowd(people, port=site.port, pause=PAUSE)
    crowd.begin()
    assert processes.wait_until(
        lambda: all(one.taken for one in crowd.people), seconds=RECOVER_SECONDS
    ), crowd.refused()
    asked = Person(port=site.port, **people[0])
    with full(ballast):
        told = processes.wait_until(
            lambda: all(one.answers[503] for one in crowd.people), seconds=RECOVER_SECONDS
        )
        assert told, (crowd.answers(), crowd.refused())
        for language in TITLES:
            require_told(refused(asked, language), language=language)
        web = site.pid("web")
        assert web is not None
        os.killpg(web, signal.SIGKILL)  # with its children: whoever answers then is new
        assert processes.wait_until(
            lambda: probes.status_of(port=site.port, path="/healthz")[0] == 200,
            seconds=RECOVER_SECONDS,
        ), "the web did not come back without room"
        refused(asked, "en")
    assert processes.wait_until(site.is_whole, seconds=RECOVER_SECONDS), site.log
    require_nothing_lost(site, crowd, said.__setitem__, title="forms on a full disk")
    site.asked("verify").answer()


def refused(person: Person, language: str) -> str:
    """The page that a form gets, once it is answered at all: 503."""
    found: list[tuple[int, str]] = []

    def is_told() -> bool:
        found.append(ask_without_room(person, language=language))
        assert found[-1][0] in (CUT, 503), found[-1]
        return found[-1][0] == 503

    assert processes.wait_until(is_told, seconds=RECOVER_SECONDS)
    return found[-1][1]


@contextmanager
def full(ballast: Ballast) -> Iterator[None]:
    """While the block lasts what becomes free on the disk is taken at once."""
    end = threading.Event()
    taken = [ballast.take_all()]

    def take() -> None:
        while not end.wait(0.1):
            taken.append(ballast.take_all())

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
        ballast.throw_off()
        said["full disk"] = {"disk": f"{MEGABYTES} MB", "ballast": f"{sum(taken) / 1e6:.0f} MB"}


if __name__ == "__main__":
    main()
