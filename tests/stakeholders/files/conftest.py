"""Files are kept in a folder of the test."""

from pathlib import Path

import pytest
import pytest_django


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
