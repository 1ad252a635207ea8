"""Cases of the dossier: a document filed, the order changed."""

from consult.approval.queries.arrangements import arranged_lines
from plans.register.enums import PlanKind
from plans.register.models import Plan
from plans.register.steps import set_phase
from tests.architecture.writing_case import OFFICE, THEIR_CONTACT, Case
from tests.architecture.writing_papers import ISSUE
from tests.world import World

LINES = [one.as_dict() for one in arranged_lines(PlanKind.SPECIAL_TOPIC, None)]


def _identified(world: World, plan: Plan) -> None:
    set_phase(plan=plan, phase=3)


DOSSIER: dict[str, Case] = {
    "dossier.file": Case(
        who=OFFICE,
        page="approval/dossier/lines/work-plan/file/",
        call="approval/dossier/lines/work-plan/file/",
        data=ISSUE,
        ready=_identified,
        refused=THEIR_CONTACT,
    ),
    "dossier.arrange": Case(
        who=OFFICE,
        page="approval/dossier/arrange/",
        call="approval/dossier/arrange/",
        form={"new_zh": "审批机关要求的说明"},
        body={
            "base": 0,
            "lines": [
                *({"key": one["key"], "name_zh": one["zh"]} for one in LINES),
                {"name_zh": "审批机关要求的说明"},
            ],
        },
        ready=_identified,
        refused=THEIR_CONTACT,
    ),
}
