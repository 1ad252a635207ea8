"""A plan in implementation with a text in force: two articles and a binding indicator."""

from consult.workflow.actions import publish
from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.register.models import Plan
from plans.register.steps import set_phase
from plans.text.actions import add_chapter, add_provision, edit_provision
from plans.text.queries import get_provision
from plans.text.wording import Wording
from tests.laying import laid_once
from tests.world import JIASHAN, QINGPU, WUJIANG, World

RULE = Wording(title_zh="太浦河", text_zh="水质按Ⅲ类控制。", strength="guiding")
BOTH = (QINGPU, WUJIANG)
MEASURE = Measure(
    name_zh="河湖水面率",
    unit="%",
    direction="up",
    aggregation="weighted_mean",
    target="20.60",
    strength="binding",
    concerned=(QINGPU, WUJIANG, JIASHAN),
)


@laid_once
def lay(world: World) -> Plan:
    plan = world.plan()
    office = world.coordinator(plan)
    add_chapter(actor=office, plan=plan, key="water", title_zh="水环境", title_en="Water")
    for key in ("taipu", "lake"):
        wording = Wording(
            title_zh="太浦河", text_zh="水质按Ⅲ类控制。", strength="guiding", concerned=BOTH
        )
        add_provision(actor=office, plan=plan, chapter="water", key=key, wording=wording)
    add_indicator(actor=office, plan=plan, key="surface", measure=MEASURE)
    publish(actor=office, plan=plan, stage="approved", freeze=True, accepts_gaps=True)
    plan.refresh_from_db()
    set_phase(plan=plan, phase=4)
    return plan


def word(world: World, plan: Plan, key: str, text: str, claim: str = "") -> None:
    """The joint office gives an article another text."""
    draft = get_provision(plan, key=key).item.draft
    wording = Wording(
        title_zh="太浦河",
        text_zh=text,
        strength="guiding",
        concerned=tuple(draft.concerned),
        change_claim=claim,
    )
    edit_provision(
        actor=world.coordinator(plan), plan=plan, key=key, edits=draft.edits, wording=wording
    )
