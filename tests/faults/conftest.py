"""What the fault tests share: a mail server of their own, a site around it, a place to say counts."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.faults.sink import Sink
from tests.faults.site import Site

Say = Callable[[str, Mapping[str, object]], None]


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


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Print counts past the capture: they are what these tests are run for."""

    def out(title: str, counts: Mapping[str, object]) -> None:
        with capsys.disabled():
            told = ", ".join(f"{name} {count}" for name, count in counts.items())
            print(f"\n{title}: {told}", flush=True)  # noqa: T201

    return out
