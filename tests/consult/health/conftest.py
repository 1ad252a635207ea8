from pathlib import Path

import pytest
import pytest_django

from tests.consult.health.scene import Scene, play
from tests.world import World


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def scene(world: World) -> Scene:
    return play(world)
