"""Killing parts of a site, and what has to hold of it afterwards."""

import os
import random
import time
from collections import Counter
from collections.abc import Mapping

from config.launch import processes
from tests.faults.serving import Watch, served_again
from tests.faults.sink import Sink
from tests.faults.site import Site
from tests.faults.users import CUT, Crowd
from tests.saying import Say

VICTIMS = ("web", "web child", "worker", "beat", "sweep", "broker", "postgres")
DRAIN_SECONDS = 90.0
RECOVER_SECONDS = 90.0


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
        assert processes.wait_until(
            lambda name=victim: site.pid(name) is not None, seconds=RECOVER_SECONDS
        ), f"{victim} was not started again:\n{site.log}"
        watch = Watch(site, victim)
        if not site.kill(victim):
            continue  # ended by itself meanwhile: its server had gone
        killed[f"kills of {victim}"] += 1
        watch.start()
        watches.append(watch)
        site.asked("verify", of="checker").answer()
    for watch in watches:
        watch.join()
    return {**killed, **served_again(watches)}


def require_nothing_lost(
    site: Site, crowd: Crowd, say: Say, *, title: str, seconds: float = RECOVER_SECONDS
) -> None:
    """Every form a person was told to be taken is there, once; no answer was a fault of ours."""
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
    assert {name: n for name, n in faults.items() if name.endswith(("lost", "twice")) and n} == {}
    assert min(n for name, n in faults.items() if name.endswith(("taken", "saved"))) > 0


def require_all_arrived(
    site: Site, sink: Sink, say: Say, *, title: str, due: int, before: Mapping[str, object]
) -> None:
    """Nothing lost, no key twice, all mail gone within 90 s from now, the record valid.

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
    lost = [row for row in site.asked("mails").answer() if tuple(row) not in taken]
    said = {
        "mails lost": len(lost),
        "copies at the mail server": sink.copies(),
        "drained after": f"{took:.0f} s",
    }
    say(title, {**before, **counts, **said})
    assert drained, site.log
    assert counts["reminders due"] == due
    assert (counts["reminders missing"], lost) == (0, [])
    assert (counts["reminder keys twice"], counts["mail keys twice"]) == (0, 0)
    site.asked("verify").answer()
