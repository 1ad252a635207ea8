"""What waits for a party's confirmation is marked where its position will stand."""

import pytest

from consult.phase3_identification.queries import frozen_of
from consult.spoken.models import EnteredAct
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.phase3_identification.test_views import signed_in
from tests.consult.spoken.scene import confirm, enter
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

PAGES = ("sign-off/", "matrix/", "matrix/article-2/320509/", "sign-off/parties/320509/")


@pytest.fixture
def story(world: World, charter: None) -> Story:
    story = tell(world, items=3, parties=(WUJIANG, JIASHAN))
    story.open(closes_at=in_days(3))
    return story


def test_a_waiting_entry_is_marked_for_its_party_and_for_nobody_else(story: Story) -> None:
    said = {"value": "agree", "text": "", "decided_by": "", "exceptions": []}
    said["revision"] = frozen_of(story.plan).hash
    enter(story.world, story.plan, "position", story.sign_off, said)
    act = EnteredAct.objects.get()
    link = f"/plans/{story.plan.key}/entered/{act.pk}/"
    own, other = signed_in(story, WUJIANG), signed_in(story, QINGPU)
    base = f"/plans/{story.plan.key}/"
    for page in (*PAGES, "sign-off/mine/"):
        assert link in own.get(base + page).content.decode(), page
        assert link not in other.get(base + page).content.decode(), page
    confirm(story.world, act, Role.SIGNATORY)
    cell = own.get(base + PAGES[2]).content.decode()
    assert link not in cell
