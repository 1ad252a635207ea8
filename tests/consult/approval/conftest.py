import pytest

from consult.phase3_identification.actions import close_sign_off, sign_statement
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import Story, tell, use_charter
from tests.world import QINGPU, WUJIANG, World


@pytest.fixture(autouse=True)
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    use_charter(monkeypatch)


@pytest.fixture
def unsigned(world: World) -> Story:
    """Two parties agree on two items; the sign-off has passed, nobody has signed the statement."""
    story = tell(world, items=2, parties=(WUJIANG,))
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    story.plan.refresh_from_db()
    return story


@pytest.fixture
def story(unsigned: Story) -> Story:
    """And both have signed it."""
    for code in (QINGPU, WUJIANG):
        sign_statement(actor=unsigned.actor(code, Role.SIGNATORY), plan=unsigned.plan)
    return unsigned
