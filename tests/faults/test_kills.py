"""kill -9 of every part of a site, 100 times, while people write and 1,000 reminders go out."""

import os

import pytest

from config.launch import processes
from tests.faults.checks import (
    RECOVER_SECONDS,
    VICTIMS,
    chance,
    copies_allowed,
    kill_some,
    require_all_arrived,
    require_nothing_lost,
)
from tests.faults.sink import Sink
from tests.faults.site import Site
from tests.faults.users import Crowd
from tests.saying import Say

KILLS = int(os.environ.get("FAULTS_KILLS") or 100)
PLANS, PEOPLE = 40, 25
PAUSE = (0.5, 3.0)


@pytest.mark.prove(minutes=10)
def test_a_hundred_kills_lose_and_double_nothing(sink: Sink, sites: list[Site], say: Say) -> None:
    seed, chances = chance()
    site = Site(mail_port=sink.port, seconds=9000)
    sites.append(site)
    site.start()
    crowd = Crowd(site.asked("lay_ground").answer(), port=site.port, pause=0.5)
    crowd.begin()
    feeder = site.feed(plans=PLANS, people=PEOPLE, seconds=KILLS * sum(PAUSE) / 2)
    victims = [VICTIMS[number % len(VICTIMS)] for number in range(KILLS)]
    killed = kill_some(site, chances, victims=victims, pause=PAUSE)
    assert processes.wait_until(site.is_whole, seconds=RECOVER_SECONDS), site.log
    require_nothing_lost(site, crowd, say, title=f"forms under {KILLS} x kill -9")
    feeder.answer()
    title = f"{KILLS} x kill -9, seed {seed}"
    require_all_arrived(site, sink, say, title=title, due=PLANS * PEOPLE, before=killed)
    assert sink.copies() <= copies_allowed(killed)
