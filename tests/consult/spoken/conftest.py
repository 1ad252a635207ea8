import pytest

from tests.consult.phase3_identification.story import use_charter


@pytest.fixture
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign-off opens under the story's charter, without one adopted in phase 1."""
    use_charter(monkeypatch)
