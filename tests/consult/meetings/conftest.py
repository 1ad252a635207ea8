import pytest

from tests.consult.meetings.scene import Scene, make
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    return make(world)
