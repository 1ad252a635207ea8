import pytest

from tests.consult.phase2_preparation.stage import Scene, build
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    return build(world)
