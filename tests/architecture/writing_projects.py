"""Cases of milestones changed, tied and taken out, and of a blockage taken up as a matter."""

from consult.phase4_implementation.actions import report_status
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.steps import Said
from plans.projects.models import Project
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import DONE
from tests.architecture.writing_case import OUR_CONTACT, OUR_PLANNER, THEIR_PLANNER, Case, newest
from tests.plans.projects.sheets import milestone
from tests.world import QINGPU, WUJIANG, World

STEP = "projects/PJ3/milestones/1/"
REPORT = "projects/PJ3/reports/{report}/matter/"


def _steps(world: World, plan: Plan) -> None:
    made = Project.objects.get(plan=plan, key="PJ3")
    for weight in ("40", "60"):
        milestone(actor=world.coordinator(plan), project=made, weight=weight)


def _blocked(world: World, plan: Plan) -> None:
    report_status(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT),
        project=Project.objects.get(plan=plan, key="PJ3"),
        jurisdiction=WUJIANG,
        said=Said(progress="late", blockage_zh="未签约"),
    )


PROJECTS: dict[str, Case] = {
    "milestone.edit": Case(
        who=OUR_PLANNER,
        page=f"{STEP}edit/",
        call=STEP,
        data={
            "title_zh": "封顶",
            "owner": QINGPU,
            "due_on": "2027-01-01",
            "weight": "40",
            "reason": "汛期",
            "changes": 0,
        },
        ready=_steps,
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "milestone.remove": Case(
        who=OUR_PLANNER,
        page=f"{STEP}remove/",
        call=f"{STEP}remove/",
        data={"reason": "并入"},
        ready=_steps,
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "milestone.link": Case(
        who=OUR_PLANNER,
        page=f"{STEP}needs/",
        call=f"{STEP}needs/",
        form={"needs": "PJ3.2"},
        body={"needs": ["PJ3.2"]},
        ready=_steps,
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "blockage.to_matter": Case(
        who=OUR_CONTACT,
        plan=DONE,
        page=f"implementation/{REPORT}",
        call=REPORT,
        data={"title_zh": "搬迁补偿"},
        ready=_blocked,
        late=lambda: {"report": newest(StatusReport)},
    ),
}
