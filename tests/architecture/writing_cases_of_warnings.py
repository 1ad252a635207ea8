"""Acts on the case that a warning opened: answer, a neighbour's view, the step up, the close."""

from decimal import Decimal

from consult.matters.steps import Wording
from consult.phase4_implementation.actions import answer_case, report_reading
from consult.phase4_implementation.enums import CasePart
from consult.phase4_implementation.models import CaseParty
from consult.phase4_implementation.queries import CaseRow, open_cases
from consult.phase4_implementation.steps import AnswerText
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import DONE
from tests.architecture.writing_case import (
    LAST_CONTACT,
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    THEIR_CONTACT,
    Case,
    day,
)
from tests.world import JIASHAN, WUJIANG, World, in_days

PAGE, CALL = "implementation/cases/1/", "cases/1/"


def _row(world: World, plan: Plan) -> CaseRow:
    return open_cases(actor=world.coordinator(plan), plan=plan)[0]


def _answered(world: World, plan: Plan) -> None:
    said = AnswerText(
        cause=Wording(zh="低流量"), measure=Wording(zh="限排"), done_on=in_days(9).date()
    )
    actor = world.actor(WUJIANG, Role.CONTACT_POINT)
    answer_case(actor=actor, plan=plan, case=_row(world, plan), jurisdiction=WUJIANG, said=said)


def _told(world: World, plan: Plan) -> None:
    _answered(world, plan)
    case = _row(world, plan).case
    CaseParty.objects.create(case=case, jurisdiction_id=JIASHAN, part=CasePart.TOLD)


def _back(world: World, plan: Plan) -> None:
    _answered(world, plan)
    report_reading(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT),
        plan=plan,
        item="antimony",
        jurisdiction=WUJIANG,
        period="2025-04",
        value=Decimal("3.1"),
        evidence="监测",
    )


CASES_OF_WARNINGS: dict[str, Case] = {
    "case.answer": Case(
        who=THEIR_CONTACT,
        plan=DONE,
        page=f"{PAGE}answer/",
        call=f"{CALL}answers/",
        data={
            "jurisdiction": WUJIANG,
            "cause_zh": "低流量",
            "measure_zh": "限排",
            "done_on": day(9),
        },
        refused=OUR_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "case.view": Case(
        who=LAST_CONTACT,
        plan=DONE,
        page=f"{PAGE}view/",
        call=f"{CALL}views/",
        form={"accepts": "1"},
        body={"accepts": True},
        ready=_told,
        refused=OUR_PLANNER,
    ),
    "case.raise": Case(
        who=OFFICE,
        plan=DONE,
        page=f"{PAGE}raise/",
        call=f"{CALL}raise/",
        data={"note": "逾期"},
    ),
    "case.close": Case(
        who=OFFICE,
        plan=DONE,
        page=f"{PAGE}close/",
        call=f"{CALL}close/",
        data={"outcome": "measure"},
        ready=_back,
    ),
}
