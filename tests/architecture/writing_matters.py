"""Cases of matters: options, linked commitments, agreements, the ladder, who takes part."""

from consult.matters import actions
from consult.matters.models import Commitment, Matter
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.writing_case import (
    LAST_CONTACT,
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    THEIR_CONTACT,
    Case,
    day,
)
from tests.world import JIASHAN, QINGPU, World, in_days

ONE = "matters/{matter}/"
NOTE = {"note": "说明"}
NOT_PARTY = {"refused": THEIR_CONTACT, "reason": Reason.NOT_YOURS}


def _matter(plan: Plan) -> Matter:
    return Matter.objects.get(plan=plan)


def _given(world: World, plan: Plan) -> None:
    ours, one = world.actor(QINGPU, Role.CONTACT_POINT), Commitment.objects.get(matter__plan=plan)
    actions.give_commitment(actor=ours, plan=plan, matter=_matter(plan), commitment=one)


def _in_force(world: World, plan: Plan) -> None:
    _given(world, plan)
    for code in (QINGPU, JIASHAN):
        actions.answer_agreement(
            actor=world.actor(code, Role.CONTACT_POINT),
            plan=plan,
            matter=_matter(plan),
            agreement=_matter(plan).agreements.get(),
            confirms=True,
        )


def _withdrawn(world: World, plan: Plan) -> None:
    office = world.coordinator(plan)
    actions.withdraw_matter(actor=office, plan=plan, matter=_matter(plan), note="已解决")


def _widened(world: World, plan: Plan) -> None:
    """A third party, and no draft on the table: what was drafted before a reopening is past."""
    _withdrawn(world, plan)
    office = world.coordinator(plan)
    actions.reopen_matter(actor=office, plan=plan, matter=_matter(plan), note="再议")
    theirs = world.actor(THEIR_CONTACT[0], Role.CONTACT_POINT)
    actions.join_matter(actor=theirs, plan=plan, matter=_matter(plan), note="上游")


MATTERS: dict[str, Case] = {
    "matter.reschedule": Case(
        who=OFFICE,
        page=f"{ONE}due/",
        call=f"{ONE}due/",
        data=NOTE,
        form={"due_on": day(30)},
        body={"due_at": in_days(30).isoformat()},
    ),
    "matter.fact": Case(
        who=OUR_CONTACT,
        page=f"{ONE}facts/new/",
        call=f"{ONE}facts/",
        data={"text_zh": "枯水期流量", "source": "水文年报"},
        **NOT_PARTY,
    ),
    "matter.link": Case(
        who=OFFICE,
        page=f"{ONE}provisions/",
        call=f"{ONE}provisions/",
        data={"items": ["aim"]},
        **NOT_PARTY,
    ),
    "matter.withdraw": Case(
        who=OFFICE,
        page=f"{ONE}withdraw/",
        call=f"{ONE}withdraw/",
        data=NOTE,
        **NOT_PARTY,
    ),
    "matter.object": Case(
        who=OUR_CONTACT,
        page=f"{ONE}object/",
        call=f"{ONE}object/",
        data=NOTE,
        ready=_withdrawn,
        **NOT_PARTY,
    ),
    "matter.ask_raise": Case(
        who=OUR_CONTACT,
        page=f"{ONE}ask-raise/",
        call=f"{ONE}ask-raise/",
        data=NOTE,
        **NOT_PARTY,
    ),
    "matter.join": Case(
        who=THEIR_CONTACT,
        page=f"{ONE}join/",
        call=f"{ONE}join/",
        data=NOTE,
        refused=OUR_PLANNER,
    ),
    "matter.leave": Case(
        who=LAST_CONTACT,
        page=f"{ONE}leave/",
        call=f"{ONE}leave/",
        data=NOTE,
        ready=_widened,
        refused=OUR_PLANNER,
    ),
    "option.propose": Case(
        who=OUR_CONTACT,
        page=f"{ONE}options/new/",
        call=f"{ONE}options/",
        data={"text_zh": "三级限排"},
        **NOT_PARTY,
    ),
    "option.revise": Case(
        who=OUR_CONTACT,
        page=f"{ONE}options/A/edit/",
        call=f"{ONE}options/A/edit/",
        data={"text_zh": "两级限排"},
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "option.answer": Case(
        who=LAST_CONTACT,
        page=f"{ONE}options/A/answer/",
        call=f"{ONE}options/A/answer/",
        data={"value": "acceptable", "version": 1},
        **NOT_PARTY,
    ),
    "option.withdraw": Case(
        who=OUR_CONTACT,
        page=f"{ONE}options/A/withdraw/",
        call=f"{ONE}options/A/withdraw/",
        form={"reason": "另议"},
        body={"note": "另议"},
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "commitment.propose": Case(
        who=OUR_CONTACT,
        page=f"{ONE}commitments/new/",
        call=f"{ONE}commitments/",
        data={"holder": QINGPU, "text_zh": "缴存补偿资金"},
        **NOT_PARTY,
    ),
    "commitment.give": Case(
        who=OUR_CONTACT,
        page=f"{ONE}commitments/1/give/",
        call=f"{ONE}commitments/1/give/",
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "commitment.take_back": Case(
        who=OUR_CONTACT,
        page=f"{ONE}commitments/1/take-back/",
        call=f"{ONE}commitments/1/take-back/",
        data=NOTE,
        ready=_given,
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "commitment.report": Case(
        who=OUR_CONTACT,
        page=f"{ONE}commitments/1/report/",
        call=f"{ONE}commitments/1/report/",
        data=NOTE,
        ready=_in_force,
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "commitment.confirm": Case(
        who=LAST_CONTACT,
        page=f"{ONE}commitments/1/confirm/",
        call=f"{ONE}commitments/1/confirm/",
        ready=_in_force,
        refused=OUR_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "agreement.propose": Case(
        who=OFFICE,
        page=f"{ONE}agreements/new/",
        call=f"{ONE}agreements/",
        data={"text_zh": "三级限排"},
        **NOT_PARTY,
    ),
    "agreement.answer": Case(
        who=OUR_CONTACT,
        page=f"{ONE}agreements/1/answer/",
        call=f"{ONE}agreements/1/answer/",
        form={"confirms": "yes"},
        body={"confirms": True},
        **NOT_PARTY,
    ),
}
