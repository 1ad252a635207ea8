"""A plan in phase 4 with one project and the indicators of the demonstration."""

from dataclasses import dataclass
from decimal import Decimal

from consult.phase4_implementation.actions import report_reading, report_status
from consult.phase4_implementation.models import Reading, StatusReport
from consult.phase4_implementation.steps import Said
from plans.projects.models import Milestone, Project
from plans.register.enums import Stage
from plans.register.models import Plan
from plans.register.steps import Place, create_item, publish_revision, set_phase
from stakeholders.jurisdictions.models import Adjacency
from stakeholders.terms.actor import Actor, Role
from tests.laying import laid_once
from tests.plans.projects.sheets import milestone, project
from tests.world import JIASHAN, QINGPU, WUJIANG, World

ANTIMONY = {
    "name": {"zh": "省界断面锑浓度（月均）", "en": "Antimony at the provincial sections"},
    "unit": {"zh": "微克/升", "en": "ug/L"},
    "direction": "down",
    "aggregation": "worst",
    "thresholds": {"warning": "4.0", "limit": "5.0"},
}
SECTIONS = {
    "name": {"zh": "地表水优Ⅲ类断面比例", "en": "Sections at class III or better"},
    "unit": {"zh": "%", "en": "%"},
    "direction": "up",
    "aggregation": "weighted_mean",
    "thresholds": {"warning": "95", "limit": "90"},
}
CONCERNED = [QINGPU, WUJIANG, JIASHAN]


@dataclass
class Ground:
    world: World
    plan: Plan
    project: Project
    milestone: Milestone

    def says(
        self, actor: Actor, progress: str, *, code: str | None = None, **said: object
    ) -> StatusReport:
        on_milestone = said.pop("on_milestone", False)
        return report_status(
            actor=actor,
            project=self.project,
            jurisdiction=code or actor.jurisdiction,
            milestone=self.milestone if on_milestone else None,
            said=Said(progress=progress, **({"evidence": "验收报告"} | said)),
        )

    def reads(
        self,
        actor: Actor,
        value: str,
        *,
        item: str = "antimony",
        period: str = "2025-03",
        **changes: object,
    ) -> Reading:
        values = {"jurisdiction": actor.jurisdiction_code, "evidence": "联合监测〔2027〕3号"}
        return report_reading(
            actor=actor,
            plan=self.plan,
            item=item,
            period=period,
            value=Decimal(value),
            **(values | changes),
        )


@laid_once
def lay(world: World) -> Ground:
    """Before any report the plan's chain holds: plan.create, project.add, milestone.add."""
    plan = world.plan()
    actor = world.coordinator(plan)
    places = []
    for number, (key, content) in enumerate({"antimony": ANTIMONY, "sections": SECTIONS}.items()):
        item = create_item(
            plan=plan,
            key=key,
            kind="indicator",
            content=content,
            strength="binding",
            concerned=CONCERNED,
            actor=actor,
        )
        places.append(Place(item=item, number=f"I{number + 6}"))
    publish_revision(
        plan=plan,
        actor=actor,
        stage=Stage.APPROVED,
        headings=[],
        places=places,
        changes={},
        charter_version="1",
    )
    set_phase(plan=plan, phase=4)
    made = project(actor=world.actor(QINGPU, Role.PLANNER), plan=plan)
    step = milestone(actor=actor, project=made, owner=WUJIANG)
    return Ground(world=world, plan=plan, project=made, milestone=step)


def borders() -> None:
    """Wujiang lies between Qingpu and Jiashan."""
    for a, b in ((QINGPU, WUJIANG), (WUJIANG, JIASHAN)):
        first, second = sorted([a, b])
        Adjacency.objects.get_or_create(
            a_id=first, b_id=second, level="county", relation="border", source="test"
        )
