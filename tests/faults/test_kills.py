"""kill -9 of worker, beat, broker, database and sweep, 30 times while 2,000 reminders go out."""

import pytest

from config.launch import processes
from tests.faults.checks import RECOVER_SECONDS, VICTIMS, chance, kill_some, require_all_arrived
from tests.faults.conftest import Say
from tests.faults.sink import Sink
from tests.faults.site import Site

KILLS, PLANS, PEOPLE = 30, 40, 50
PAUSE = (1.0, 6.0)


@pytest.mark.prove
def test_thirty_kills_lose_and_double_nothing(sink: Sink, sites: list[Site], say: Say) -> None:
    seed, chances = chance()
    site = Site(mail_port=sink.port, seconds=900)
    sites.append(site)
    site.start()
    feeder = site.feed(plans=PLANS, people=PEOPLE, seconds=KILLS * sum(PAUSE) / 2)
    victims = [VICTIMS[number % len(VICTIMS)] for number in range(KILLS)]
    killed = kill_some(site, chances, victims=victims, pause=PAUSE)
    assert processes.wait_until(site.is_whole, seconds=RECOVER_SECONDS), site.log
    feeder.answer()
    title = f"{KILLS} x kill -9, seed {seed}"
    require_all_arrived(site, sink, say, title=title, due=PLANS * PEOPLE, before=killed)
