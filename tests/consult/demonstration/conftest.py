"""The demonstration, loaded once a process into a database of its own; each module rolls back."""

import os
from collections.abc import Iterator

import pytest
import pytest_django
from django.db import connection, transaction

from consult.demonstration.actions import Loaded, load_demonstration
from stakeholders.terms.actor import SYSTEM
from tests.databases import clone_database, drop_database

_LOADED: dict[str, Loaded] = {}  # by the name of the database it was loaded into


class _Undo(Exception):
    """Leaves the block without keeping anything."""


@pytest.fixture(scope="module")
def loaded(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    worker_id: str,
) -> Iterator[Loaded]:
    """The open sign-off (S3) beside the copy in implementation (S4)."""
    name = f"jointplan_demonstration_{worker_id}_{os.getpid()}"
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        connection.close()
        if name not in _LOADED:
            clone_database(name)
            request.config.add_cleanup(lambda: drop_database(name))
            patch.setitem(connection.settings_dict, "NAME", name)
            _LOADED[name] = load_demonstration(actor=SYSTEM, checkpoint="S3")
        patch.setitem(connection.settings_dict, "NAME", name)
        try:
            with transaction.atomic():
                yield _LOADED[name]
                raise _Undo
        except _Undo:
            return
        finally:
            connection.close()


@pytest.fixture
def after_round_two(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Loaded]:
    """The end of preparation (S2)."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield load_demonstration(actor=SYSTEM, checkpoint="S2")
                raise _Undo
        except _Undo:
            return
