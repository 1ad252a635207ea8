"""A joint project as the demonstration has it, for tests of several slices."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from plans.projects.actions import add_milestone, add_project
from plans.projects.models import Milestone, Project
from plans.projects.sheet import Share, Sheet
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from tests.world import JIASHAN, QINGPU, WUJIANG

D = Decimal


def share(code: str, role: str, cost: str | None, benefit: str | None) -> Share:
    return Share(
        code=code,
        role=role,
        cost_share=None if cost is None else D(cost),
        benefit_share=None if benefit is None else D(benefit),
    )


THIRDS = (
    share(QINGPU, "lead", "33.34", "33.34"),
    share(WUJIANG, "partner", "33.33", "33.33"),
    share(JIASHAN, "partner", "33.33", "33.33"),
)
SHEET = Sheet(
    name_zh="方厅水院",
    name_en="Square Hall and Water Academy",
    theme="culture",
    year_from=2026,
    year_until=2028,
    budget=D("95000"),
    parties=THIRDS,
)


def sheet(**changes: object) -> Sheet:
    return replace(SHEET, **changes)


def project(*, actor: Actor, plan: Plan, key: str = "PJ3", **changes: object) -> Project:
    return add_project(actor=actor, plan=plan, key=key, sheet=sheet(**changes))


def milestone(
    *,
    actor: Actor,
    project: Project,
    owner: str = QINGPU,
    weight: str = "40",
    due: str = "2026-06-30",
) -> Milestone:
    return add_milestone(
        actor=actor,
        project=project,
        title_zh="主体结构封顶",
        title_en="Structure topped out",
        owner=owner,
        due_on=date.fromisoformat(due),
        weight=D(weight),
    )
