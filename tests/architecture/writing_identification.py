"""Cases of common identification and common implementation."""

from dataclasses import replace
from unittest import mock

from consult.ballots.models import TwoPersonProposal
from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Charter
from consult.phase3_identification.actions import (
    ask_to_reopen,
    close_sign_off,
    declare,
    draft_position,
    end_without_result,
    hand_up_position,
    open_sign_off,
    prepare_close,
    prepare_override,
    prepare_position,
    report_condition,
)
from consult.phase3_identification.models import (
    Condition,
    ConditionReport,
    ReopeningRequest,
    Reservation,
)
from consult.phase3_identification.steps import Stand
from plans.register.enums import Stage
from plans.register.models import Plan
from plans.register.steps import Place, edit_draft, freeze, publish_revision
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.terms import canonical, clock
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
    newest,
)
from tests.consult.phase1_organization.scene import PARTIES
from tests.world import JIASHAN, WUJIANG, World, in_days, person


def _ended(world: World, plan: Plan) -> None:
    end_without_result(actor=world.coordinator(plan), plan=plan, reason="更正")


def declared(world: World, plan: Plan) -> None:
    for code in PARTIES:
        declare(
            actor=world.actor(code, Role.SIGNATORY),
            plan=plan,
            revision_hash=plan.frozen.hash,
            general=Stand(value="agree"),
            exceptions=(),
        )


def stated(world: World, plan: Plan) -> None:
    declared(world, plan)
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
    return {"condition": newest(Condition)}


def _report() -> dict[str, object]:
    return {**_condition(), "report": newest(ConditionReport)}


def _reservation() -> dict[str, object]:
    return {"reservation": newest(Reservation)}


def under(world: World, plan: Plan, *, hour: bool = False, **clauses: object) -> None:
    """The sign-off opened anew under a charter with other clauses, its adoption stood in for."""
    _ended(world, plan)
    office = world.coordinator(plan)
    text = canonical.canonical({"content": replace(default_content(), **clauses).as_dict()})
    charter = Charter.objects.create(
        plan=plan,
        number=9,
        text=text,
        hash=canonical.digest(text),
        mandate_id=office.mandate_id,
        proposed_at=clock.now(),
    )
    target = "consult.phase3_identification.actions.opening.charter_in_force"
    with mock.patch(target, return_value=charter):
        open_sign_off(actor=office, plan=plan, closes_at=in_days(1) if hour else None)


def _declared_early(world: World, plan: Plan) -> None:
    under(world, plan, hour=True)
    declared(world, plan)


def _by_two(world: World, plan: Plan) -> None:
    under(world, plan, two_person=("sign_off.close",))
    declared(world, plan)


def _prepared_by_another(world: World, plan: Plan) -> None:
    _by_two(world, plan)
    first = Mandate.objects.get(pk=world.coordinator(plan).mandate_id)
    another = Mandate.objects.create(
        user=person("another@joint.example", "another of the joint office"),
        jurisdiction=first.jurisdiction,
        organization=first.organization,
        role=first.role,
        plan_key=plan.key,
        document="test",
        valid_from=first.valid_from,
        granted_by=world.administrator,
    )
    prepare_close(actor=actor_of(another), plan=plan)


def _two_speak(world: World, plan: Plan) -> None:
    under(world, plan, two_person=("position.take",))


def _position_prepared(world: World, plan: Plan) -> None:
    _two_speak(world, plan)
    prepare_position(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT),
        plan=plan,
        revision_hash=plan.frozen.hash,
        general=Stand(value="agree"),
    )


def _position() -> dict[str, object]:
    return {"position": newest(TwoPersonProposal)}


def _may_ask(world: World, plan: Plan) -> None:
    under(world, plan, reopening_days=3)


def _asked(world: World, plan: Plan) -> None:
    _may_ask(world, plan)
    actor = world.actor(JIASHAN, Role.CONTACT_POINT)
    ask_to_reopen(actor=actor, plan=plan, items=["aim"], reason="数据有误")


def _failing(world: World, plan: Plan) -> None:
    """The one item guiding, objected to, and all have spoken under a charter with an override."""
    item = plan.items.get(key="aim")
    edit_draft(
        draft=item.draft,
        edits=item.draft.edits,
        actor=world.coordinator(plan),
        changes={"strength": "guiding"},
    )
    _ended(world, plan)
    revision = publish_revision(
        plan=plan,
        actor=world.coordinator(plan),
        stage=Stage.RECOGNITION,
        headings=[],
        places=[Place(item=item, number="1")],
        changes={"aim": "strength_or_concern"},
        charter_version="1",
    )
    freeze(plan=plan, revision=revision)
    open_sign_off(actor=world.coordinator(plan), plan=plan)
    under(world, plan, override="guiding")
    for code in PARTIES:
        declare(
            actor=world.actor(code, Role.SIGNATORY),
            plan=plan,
            revision_hash=revision.hash,
            general=Stand(value="object", text="困难", wording="改为"),
            exceptions=(),
        )


def _laid_before(world: World, plan: Plan) -> None:
    _failing(world, plan)
    actor = world.coordinator(plan)
    prepare_override(actor=actor, plan=plan, item="aim", reason="急需", signatory_of=WUJIANG)


def _proposal() -> dict[str, object]:
    newest_one = TwoPersonProposal.objects.order_by("-pk").first()
    return {"proposal": newest_one.hash if newest_one else ""}


def _request() -> dict[str, object]:
    return {"asked": newest(ReopeningRequest)}


def _drafted(world: World, plan: Plan) -> None:
    actor = world.actor(WUJIANG, Role.CONTACT_POINT)
    draft_position(actor=actor, plan=plan, content={"value": "agree"})


def _handed_up(world: World, plan: Plan) -> None:
    _drafted(world, plan)
    hand_up_position(actor=world.actor(WUJIANG, Role.CONTACT_POINT), plan=plan, edits=1)


IDENTIFICATION: dict[str, Case] = {
    "sign_off.recall": Case(
        who=OFFICE, plan=SIGNED, page="sign-off/recall/", call="sign-off/recall/", data=WHY
    ),
    "sign_off.close_early": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/close-early/",
        call="sign-off/close-early/",
        ready=_declared_early,
    ),
    "sign_off.prepare_close": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/close/prepare/",
        call="sign-off/close/prepare/",
        ready=_by_two,
    ),
    "sign_off.confirm_close": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/close/confirm/",
        call="sign-off/close/confirm/",
        data={"proposal": "{proposal}"},
        ready=_prepared_by_another,
        late=_proposal,
    ),
    "sign_off.refuse_close": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/close/refuse/",
        shown_on="sign-off/close/confirm/",
        call="sign-off/close/refuse/",
        data=WHY,
        ready=_prepared_by_another,
    ),
    "reopening.ask": Case(
        who=THEIR_CONTACT,
        plan=SIGNED,
        page="sign-off/reopening/ask/",
        call="sign-off/reopening/",
        data={**WHY, "items": ["aim"]},
        refused=THEIR_PLANNER,
        ready=_may_ask,
    ),
    "reopening.refuse": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/reopening/{asked}/refuse/",
        call="sign-off/reopening/{asked}/refuse/",
        data=WHY,
        ready=_asked,
        late=_request,
    ),
    "reopening.accept": Case(
        who=OFFICE,
        plan=SIGNED,
        page="reopen/{asked}/accept/",
        call="reopen/{asked}/accept/",
        ready=_asked,
        late=_request,
    ),
    "override.prepare": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/overrides/aim/",
        data={**WHY, "signatory_of": WUJIANG},
        ready=_failing,
    ),
    "override.confirm": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="sign-off/overrides/aim/confirm/",
        data={"proposal": "{proposal}"},
        refused=THEIR_CONTACT,
        ready=_laid_before,
        late=_proposal,
    ),
    "override.refuse": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="sign-off/overrides/aim/confirm/",
        data={**WHY, "refuse": "1"},
        refused=THEIR_CONTACT,
        ready=_laid_before,
    ),
    "sign_off.open": Case(
        who=OFFICE, plan=SIGNED, page="sign-off/open/", call="sign-off/", ready=_ended
    ),
    "sign_off.close": Case(
        who=OFFICE,
        plan=SIGNED,
        page="sign-off/close/",
        call="sign-off/close/",
        ready=declared,
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
    "position.prepare": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="sign-off/position/",
        data={
            "value": "agree",
            "former": "",
            "exceptions-TOTAL_FORMS": "0",
            "exceptions-INITIAL_FORMS": "0",
        },
        refused=THEIR_PLANNER,
        ready=_two_speak,
    ),
    "position.send_back": Case(
        who=SIGNATORY,
        plan=SIGNED,
        page="sign-off/position/send-back/",
        data={"proposal": "{position}", "reason": "再核"},
        refused=THEIR_PLANNER,
        ready=_position_prepared,
        late=_position,
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
        form={"seen": "{report}"},
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
        ready=_reported,
        late=_report,
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
        ready=stated,
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
            "period": "2025-04",
            "value": "3.5",
            "evidence": "监测",
        },
    ),
}
