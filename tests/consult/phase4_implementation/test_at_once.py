"""Two reports that contradict each other at the same moment: real connections, both stay."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import pytest_django
from django.db import connection, connections

from consult.phase4_implementation.actions import report_status
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.queries import boards_of
from consult.phase4_implementation.steps import Said
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from tests.consult.phase4_implementation.ground import Ground, lay
from tests.databases import clone_database, drop_database
from tests.world import QINGPU, WUJIANG, build_world


@pytest.fixture
def shared(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Ground]:
    """A database of its own, so that what threads commit is dropped with it."""
    name = f"jointplan_reports_{os.getpid()}"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        clone_database(name)
        connection.settings_dict["NAME"] = name
        try:
            yield lay(build_world())
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def test_two_conflicting_reports_at_once_both_stay(shared: Ground) -> None:
    start = Barrier(2)

    def say(actor: Actor, code: str, progress: str) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            report_status(
                actor=actor,
                project=shared.project,
                jurisdiction=code,
                said=Said(progress=progress),
            )
        finally:
            connections.close_all()

    said = [(QINGPU, "late"), (WUJIANG, "on_time")]
    actors = {code: shared.world.actor(code, Role.PLANNER) for code, _progress in said}
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(say, actors[code], code, progress) for code, progress in said]:
            done.result()
    assert StatusReport.objects.count() == 2
    board = boards_of([shared.project])[0]
    words = {side.jurisdiction.pk: side.report.progress for side in board.sides if side.report}
    assert words == dict(said)
    assert board.is_disputed
    assert RecordEntry.objects.filter(act="status.report").count() == 2
