"""What the fault tests share: a mail server of their own and a site around it."""

from collections.abc import Iterator

import pytest

from tests.faults.sink import Sink
from tests.faults.site import Site


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server that takes everything."""
    made = Sink()
    made.open()
    yield made
    made.close()


@pytest.fixture
def sites() -> Iterator[list[Site]]:
    """Sites put in here end with the test, whatever becomes of it."""
    made: list[Site] = []
    yield made
    for site in made:
        site.end()
