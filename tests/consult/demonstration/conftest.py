"""The demonstration is loaded once for the module and rolled back after it."""

from collections.abc import Iterator

import pytest
import pytest_django
from django.db import transaction

from consult.demonstration.actions import Loaded, load_demonstration
from stakeholders.terms.actor import SYSTEM


class _Undo(Exception):
    """Leaves the block without keeping anything."""


def _loaded(blocker: pytest_django.DjangoDbBlocker, checkpoint: str) -> Iterator[Loaded]:
    with blocker.unblock():
        try:
            with transaction.atomic():
                yield load_demonstration(actor=SYSTEM, checkpoint=checkpoint)
                raise _Undo
        except _Undo:
            return


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Loaded]:
    """The open sign-off (S3) beside the copy in implementation (S4)."""
    yield from _loaded(django_db_blocker, "S3")


@pytest.fixture
def after_round_two(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Loaded]:
    """The end of preparation (S2)."""
    yield from _loaded(django_db_blocker, "S2")
