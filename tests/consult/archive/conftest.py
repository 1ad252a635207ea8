from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.consult.phase3_identification.story import use_charter


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> Path:
    """Files of a test lie in its own folder."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture(autouse=True)
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    use_charter(monkeypatch)
