import pytest

from tests.consult.phase3_identification.story import use_charter


@pytest.fixture(autouse=True)
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    use_charter(monkeypatch)
