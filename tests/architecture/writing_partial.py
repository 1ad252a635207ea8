"""Cases of adopting first what has passed in a sign-off."""

from consult.phase3_identification.adopting import offer
from consult.phase3_identification.board import board
from consult.phase3_identification.queries import current_sign_off, frozen_of
from plans.register.models import Plan
from tests.architecture.rights_world import SIGNED
from tests.architecture.writing_case import OFFICE, Case
from tests.architecture.writing_identification import declared, under
from tests.world import World


def _passed(world: World, plan: Plan) -> None:
    under(world, plan, partial_adoption=True)
    declared(world, plan)


def _mark() -> dict[str, object]:
    """The state of the one item, as the page shows it."""
    plan = Plan.objects.get(key=SIGNED)
    sign_off = current_sign_off(plan)
    state = board(sign_off=sign_off, revision=frozen_of(plan))
    return {"mark": offer(plan=plan, sign_off=sign_off, state=state).by_key["aim"].mark}


PARTIAL: dict[str, Case] = {
    "sign_off.adopt_part": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/adoption/adopt/",
        shown_on="sign-off/adoption/",
        call="sign-off/adoption/",
        data={"reason": "先行实施"},
        form={"items": ["aim:{mark}"], "confirm": "1"},
        body={"items": [{"item": "aim", "state": "{mark}"}]},
        ready=_passed,
        late=_mark,
    ),
}
