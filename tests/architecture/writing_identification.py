"""Cases of common identification and common implementation."""

from dataclasses import replace

from consult.phase3_identification.actions import (
    close_sign_off,
    declare,
    end_without_result,
    report_condition,
)
from consult.phase3_identification.models import Condition, Reservation
from consult.phase3_identification.steps import Stand
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import DONE, SIGNED
from tests.architecture.writing_case import (
    LAST_CONTACT,
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


def _say(world: World, plan: Plan, stand: Stand) -> None:
    """Wujiang agrees, and says `stand` of the first item."""
    entry = plan.frozen.entries.order_by("position")[0]
    declare(
        actor=world.actor(WUJIANG, Role.SIGNATORY),
        plan=plan,
        revision_hash=plan.frozen.hash,
        general=Stand(value="agree"),
        exceptions=[replace(stand, item=entry.item.key)],
    )


def _conditional(world: World, plan: Plan) -> None:
    _say(world, plan, Stand(value="agree_in_principle", text="补充断面编号"))


def _reported(world: World, plan: Plan) -> None:
    _conditional(world, plan)
    pk = Condition.objects.get().pk
    report_condition(actor=world.coordinator(plan), plan=plan, pk=pk, text="已补充")


def _reserved(world: World, plan: Plan) -> None:
    _say(world, plan, Stand(value="agree_reserved", text="保留"))


def _condition() -> dict[str, object]:
    return {"condition": Condition.objects.get().pk}


def _reservation() -> dict[str, object]:
    return {"reservation": Reservation.objects.get().pk}


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
    "condition.report": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/conditions/{condition}/report/",
        call="sign-off/conditions/{condition}/report/",
        data={"text": "已补充"},
        refused=THEIR_CONTACT,
        reason=Reason.NOT_YOURS,
        ready=_conditional,
        late=_condition,
    ),
    "condition.confirm": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="sign-off/conditions/{condition}/confirm/",
        data={"is_met": "yes"},
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
        ready=_reported,
        late=_condition,
    ),
    "reservation.lift": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="reservations/{reservation}/lift/",
        data={"reason": "办法已印发"},
        refused=THEIR_CONTACT,
        ready=_reserved,
        late=_reservation,
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
