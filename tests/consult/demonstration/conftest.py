"""The demonstration as it was loaded once a process; each module rolls back."""

from collections.abc import Iterator

import pytest
import pytest_django
from django.db import connection, transaction

from consult.demonstration.actions import Loaded, load_demonstration
from stakeholders.terms.actor import SYSTEM
from tests.consult.demonstration.kept import LOADED, demonstration_database


class _Undo(Exception):
    """Leaves the block without keeping anything."""


@pytest.fixture(scope="module")
def loaded(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> Iterator[Loaded]:
    """The open sign-off (S3) beside the copy in implementation (S4)."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        name = demonstration_database(request.config)
        patch.setitem(connection.settings_dict, "NAME", name)
        try:
            with transaction.atomic():
                yield LOADED[name]
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
