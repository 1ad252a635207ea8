"""Cases of common identification and common implementation."""

from consult.phase3_identification.actions import (
    close_sign_off,
    declare,
    draft_position,
    end_without_result,
    hand_up_position,
)
from consult.phase3_identification.steps import Stand
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import DONE, SIGNED
from tests.architecture.writing_case import (
    OFFICE,
    SIGNATORY,
    THEIR_CONTACT,
    THEIR_PLANNER,
    WHY,
    Case,
)
from tests.consult.phase1_organization.scene import PARTIES
from tests.world import JIASHAN, WUJIANG, World


def _ended(world: World, plan: Plan) -> None:
    end_without_result(actor=world.coordinator(plan), plan=plan, reason="更正")


def _declared(world: World, plan: Plan) -> None:
    for code in PARTIES:
        declare(
            actor=world.actor(code, Role.SIGNATORY),
            plan=plan,
            revision_hash=plan.frozen.hash,
            general=Stand(value="agree"),
            exceptions=(),
        )


def _stated(world: World, plan: Plan) -> None:
    _declared(world, plan)
    close_sign_off(actor=world.coordinator(plan), plan=plan)


def _drafted(world: World, plan: Plan) -> None:
    actor = world.actor(WUJIANG, Role.CONTACT_POINT)
    draft_position(actor=actor, plan=plan, content={"value": "agree"})


def _handed_up(world: World, plan: Plan) -> None:
    _drafted(world, plan)
    hand_up_position(actor=world.actor(WUJIANG, Role.CONTACT_POINT), plan=plan, edits=1)


IDENTIFICATION: dict[str, Case] = {
    "sign_off.open": Case(
        who=OFFICE, plan=SIGNED, page="sign-off/open/", call="sign-off/", ready=_ended
    ),
    "sign_off.close": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/close/",
        call="sign-off/close/",
        ready=_declared,
    ),
    "sign_off.withdraw": Case(
        who=OFFICE, plan=SIGNED, page="sign-off/end/", call="sign-off/end/", data=WHY
    ),
    "position.take": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="sign-off/position/",
        data={
            "value": "agree",
            "former": "",
            "exceptions-TOTAL_FORMS": "0",
            "exceptions-INITIAL_FORMS": "0",
        },
        refused=THEIR_CONTACT,
    ),
    "position.draft": Case(
        who=THEIR_PLANNER,
        plan=SIGNED,
        page="sign-off/mine/draft/",
        call="sign-off/prepared/",
        data={"edits": "0", "advice": "建议同意", "value": "agree"},
        form={"exceptions-TOTAL_FORMS": "0"},
        refused=SIGNATORY,
    ),
    "position.hand_up": Case(
        who=THEIR_CONTACT,
        plan=SIGNED,
        page="sign-off/mine/hand-up/",
        shown_on="sign-off/mine/draft/",
        call="sign-off/prepared/hand-up/",
        data={"edits": "1"},
        refused=THEIR_PLANNER,
        ready=_drafted,
    ),
    "position.return": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="sign-off/mine/return/",
        shown_on="sign-off/mine/",
        call="sign-off/prepared/return/",
        data={"edits": "2", "reason": "再核"},
        refused=THEIR_CONTACT,
        ready=_handed_up,
    ),
    "statement.sign": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="statement/sign/",
        refused=THEIR_CONTACT,
        ready=_stated,
    ),
    "status.report": Case(
        who=THEIR_PLANNER,
        plan=DONE,
        page="implementation/projects/PJ3/report/",
        call="statuses/",
        data={"jurisdiction": JIASHAN, "progress": "on_time", "text_zh": "进展"},
        body={"project": "PJ3"},
    ),
    "reading.report": Case(
        who=THEIR_PLANNER,
        plan=DONE,
        page="implementation/readings/new/",
        call="readings/",
        data={
            "item": "antimony",
            "jurisdiction": JIASHAN,
            "period": "2027-04",
            "value": "3.5",
            "evidence": "监测",
        },
    ),
}
