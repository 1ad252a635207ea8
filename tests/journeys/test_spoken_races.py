"""Two who confirm at once, or at the second of the lapse: one word counts, or none."""

from collections import Counter
from collections.abc import Callable

from consult.matters.models import Matter
from consult.matters.steps import Wording, open_matter
from consult.spoken import actions
from consult.spoken.models import EnteredAct, EnteredActWord
from stakeholders.record.queries import check_chains
from stakeholders.terms import clock
from tests.consult.phase2_preparation.stage import Scene, build
from tests.consult.spoken.scene import STAND, enter
from tests.journeys.test_races import own, race  # noqa: F401 - the fixture `own`
from tests.world import QINGPU, WUJIANG, World


def entered(world: World) -> tuple[Scene, Matter, EnteredAct]:
    scene = build(world)
    matter = open_matter(
        plan=scene.plan,
        actor=scene.office,
        title=Wording(zh="太浦河"),
        description=Wording(zh="说明"),
        codes=[QINGPU, WUJIANG],
    )
    return scene, matter, enter(scene.world, scene.plan, "stand", matter, STAND)


def confirming(scene: Scene, act: EnteredAct) -> Callable[[], object]:
    actor = scene.actor(WUJIANG)
    return lambda: actions.confirm(actor=actor, act=act)


def test_confirmed_twice_at_once_counts_once(own: World) -> None:  # noqa: F811
    scene, matter, act = entered(own)
    assert race(*[confirming(scene, act)] * 4) == Counter(done=1, Conflict=3)
    assert (EnteredActWord.objects.count(), matter.stands.count()) == (1, 1)
    assert {check.fault for check in check_chains()} == {""}


def test_confirmed_and_refused_at_once_has_one_word(own: World) -> None:  # noqa: F811
    scene, matter, act = entered(own)
    actor = scene.actor(WUJIANG)

    def refuse() -> object:
        return actions.refuse(actor=actor, act=act, reason="未作此表示")

    assert race(confirming(scene, act), refuse) == Counter(done=1, Conflict=1)
    word = EnteredActWord.objects.get()
    assert matter.stands.count() == int(word.agrees)


def test_confirmed_at_the_second_of_the_lapse_counts_for_none(own: World) -> None:  # noqa: F811
    scene, matter, act = entered(own)

    def late() -> object:
        with clock.stated(act.confirm_by):
            return confirming(scene, act)()

    assert race(late, late) == Counter(Conflict=2)
    assert (EnteredActWord.objects.count(), matter.stands.count()) == (0, 0)
