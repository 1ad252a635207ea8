"""Cases of indicators beyond defining them (`writing_plans`)."""

from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.register.models import Plan
from tests.architecture.writing_case import OUR_PLANNER, Case
from tests.world import World

MEASURE = {"name_zh": "水面率", "unit": "%", "direction": "up", "aggregation": "worst"}


def _measured(world: World, plan: Plan) -> None:
    add_indicator(
        actor=world.coordinator(plan), plan=plan, key="water-share", measure=Measure(**MEASURE)
    )


INDICATORS: dict[str, Case] = {
    "indicator.replace": Case(
        who=OUR_PLANNER,
        page="indicators/water-share/replace/",
        call="indicators/water-share/replace/",
        shown_on="indicators/water-share/edit/",
        form={**MEASURE, "unit": "‰", "edits": 1, "strength": "binding", "competence": "county"},
        body={"edits": 1, "measure": {**MEASURE, "unit": "‰"}},
        ready=_measured,
    ),
}
