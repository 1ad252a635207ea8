"""A section filled in at the very second the report is put forward, over real connections."""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import pytest_django
from django.db import connection, connections

from consult.health.models import CheckReport, SectionText
from stakeholders.terms.errors import Conflict
from tests.consult.health.scene import Scene, play
from tests.databases import clone_database, drop_database
from tests.world import QINGPU, build_world


@pytest.fixture
def scene(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Scene]:
    """A database of its own, so that what threads commit is dropped with it."""
    name = f"jointplan_health_{os.getpid()}"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        clone_database(name)
        connection.settings_dict["NAME"] = name
        try:
            yield play(build_world())
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def test_what_is_filled_in_meanwhile_is_in_the_edition_or_outdates_it(scene: Scene) -> None:
    scene.fill_all()
    together = Barrier(3)

    def at_once(act: Callable[[], object]) -> object:
        together.wait()
        try:
            return act()
        except Conflict:
            return "conflict"
        finally:
            connections.close_all()

    def fill() -> object:
        return scene.fill(QINGPU, text="同时提交")

    with ThreadPoolExecutor(max_workers=3) as pool:
        answers = list(pool.map(at_once, [fill, scene.put, scene.put]))
    assert answers[0] != "conflict"
    assert SectionText.objects.filter(text_zh="同时提交").count() == 1
    whole = scene.whole
    said = json.loads(whole.report.content)["sections"][0]["texts"][QINGPU]["zh"]
    assert (said == "同时提交") == (scene.stage == "put_forward")
    ended = [ballot for ballot in whole.ballots if hasattr(ballot, "end")]
    assert len(whole.ballots) - len(ended) == 1
    assert CheckReport.objects.count() == len(whole.ballots)
