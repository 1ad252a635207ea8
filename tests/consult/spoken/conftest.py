from pathlib import Path

import pytest
import pytest_django

from tests.consult.phase3_identification.story import use_charter


@pytest.fixture
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign-off opens under the story's charter, without one adopted in phase 1."""
    use_charter(monkeypatch)


@pytest.fixture
def media(tmp_path: Path, settings: pytest_django.Settings) -> Path:
    """Uploads of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
