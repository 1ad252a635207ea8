"""Killing parts of a site, and what has to hold of it afterwards."""

import os
import random
import time
import uuid
from collections import Counter
from collections.abc import Mapping

from django.utils import translation

from config.launch import processes
from config.troubles import Trouble
from tests.faults.serving import Watch, served_again
from tests.faults.sink import Sink
from tests.faults.site import Site
from tests.faults.users import CUT, FIELDS, NAMED_BY, TOKEN, Crowd, Person
from tests.saying import Say

VICTIMS = ("web", "web child", "worker", "beat", "sweep", "broker", "postgres")
DRAIN_SECONDS = 240.0
RECOVER_SECONDS = 240.0  # patience, not a promise: other tests run beside
TITLES = {"zh-hans": "暂时无法办理", "en": "Not possible at the moment"}
TYPED = "元荡岸线 the shore of the lake"


def ask_without_room(person: Person, *, language: str) -> tuple[int, str]:
    """Send a form with `TYPED` in it; (status, page)."""
    form = {**FIELDS[person.kind], "key": str(uuid.uuid4()), NAMED_BY[person.kind]: TYPED}
    return person.ask(
        "POST", person.page, {**form, "csrfmiddlewaretoken": TOKEN}, language=language
    )


def require_told(page: str, *, language: str, trouble: Trouble | None = None) -> None:
    """The page says that it cannot be now, and why, and keeps what was typed."""
    assert TITLES[language] in page, page
    assert f"readonly>{TYPED}</textarea>" in page, page
    if trouble is not None:
        with translation.override(language):
            assert str(trouble.text) in page, page


def chance() -> tuple[int, random.Random]:
    """A seed and its chances; FAULTS_SEED in the environment gives the same moments again."""
    seed = int(os.environ.get("FAULTS_SEED") or random.randrange(10**6))  # noqa: S311
    return seed, random.Random(seed)  # noqa: S311 - moments and victims


def kill_some(
    site: Site, chances: random.Random, *, victims: list[str], pause: tuple[float, float]
) -> dict[str, object]:
    """SIGKILL for each of `victims`, in an order and at moments of chance; how often each, and how
    long it took until it served again. The record is verified after every one."""
    chances.shuffle(victims)
    killed: Counter[str] = Counter()
    watches: list[Watch] = []
    for victim in victims:
        time.sleep(chances.uniform(*pause))
        watch = _kill_one(site, victim)
        killed[f"kills of {victim}"] += 1
        watch.start()
        watches.append(watch)
        site.asked("verify", of="checker").answer()
    for watch in watches:
        watch.join()
    return {**killed, **served_again(watches)}


def _kill_one(site: Site, victim: str) -> Watch:
    """Kill `victim`, once it runs: it may have ended by itself, where its server had gone."""
    while True:
        assert processes.wait_until(
            lambda: site.pid(victim) is not None, seconds=RECOVER_SECONDS
        ), f"{victim} was not started again:\n{site.log}"
        watch = Watch(site, victim)
        if site.kill(victim):
            return watch


def copies_allowed(killed: Mapping[str, object]) -> int:
    """How many mails may have come twice: one for each sender that died between the mail server's
    250 and our mark. With the database die the senders of that moment: the sweep, a worker, and
    what a killed worker left."""
    times = {"worker": 1, "sweep": 1, "postgres": 3}
    return sum(n * int(str(killed.get(f"kills of {name}", 0))) for name, n in times.items())


def require_nothing_lost(
    site: Site, crowd: Crowd, say: Say, *, title: str, seconds: float = RECOVER_SECONDS
) -> None:
    """Every form a person was told to be taken is there, once; no answer was a fault of ours."""
    # Who began late, or pauses long, gets to a form of its own: else it would have shown nothing.
    processes.wait_until(crowd.has_all_answered, seconds=seconds)
    finished = crowd.finish(seconds=seconds)
    answers = crowd.answers()
    faults = crowd.faults(site.asked("kept", of="checker").answer())
    kinds = {
        "requests": answers.total(),
        "answered 503": answers[503],
        "cut": answers[CUT],
        "answered 500": answers[500],
    }
    say(title, {**kinds, **faults})
    assert crowd.refused() == []
    assert finished, site.log
    good = ("taken", "saved")
    assert {name: n for name, n in faults.items() if n and not name.endswith(good)} == {}
    assert min(n for name, n in faults.items() if name.endswith(good)) > 0


def require_all_arrived(
    site: Site, sink: Sink, say: Say, *, title: str, due: int, before: Mapping[str, object]
) -> None:
    """Nothing lost, no key twice, all mail gone, the record valid.

    A copy of a mail, with its Message-ID, is counted and printed: between the mail server's 250
    and our commit lies a moment that no program can close.
    """
    start = time.monotonic()
    drained = processes.wait_until(
        lambda: site.is_drained(due=due), seconds=DRAIN_SECONDS, pause=0.5
    )
    took = time.monotonic() - start
    counts = site.asked("count").answer()
    taken = {(one.message_id, one.recipient) for one in sink.taken}
    written = {tuple(row) for row in site.asked("mails").answer()}
    said = {
        "mails lost": len(written - taken),
        "mails nobody wrote": len(taken - written),
        "copies at the mail server": sink.copies(),
        "drained after": f"{took:.0f} s",
    }
    say(title, {**before, **counts, **said})
    assert drained, site.log
    assert counts["reminders due"] == due
    assert (counts["reminders missing"], taken ^ written) == (0, set())
    assert (counts["reminder keys twice"], counts["mail keys twice"]) == (0, 0)
    site.asked("verify").answer()
