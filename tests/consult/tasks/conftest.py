import pytest

from tests.consult.tasks.ground import Ground, lay
from tests.world import World


@pytest.fixture
def ground(world: World) -> Ground:
    return lay(world)
