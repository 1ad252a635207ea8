"""One case for every writing act: who does it, by which form and operation, and who is refused.

A case without `form` or `api` in its data is filled from the page: the fields as they stand there.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.timezone import localtime

from consult.matters.actions import close_matter
from consult.matters.models import Matter
from consult.phase1_organization.content import default_content
from consult.phase2_preparation.actions import decide_disposition, submit_reply
from consult.phase2_preparation.models import Comment, Disposition
from consult.phase2_preparation.steps import Letter
from consult.phase3_identification.actions import close_sign_off, declare, end_without_result
from consult.phase3_identification.steps import Stand
from consult.workflow import gates
from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.register.actions import admit_body
from plans.register.models import Plan
from stakeholders.people.models import Organization
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import DONE, JIAXING, PREPARED, SIGNED
from tests.consult.phase1_organization.scene import PARTIES, proposed, put_to_parties, speak
from tests.world import JIASHAN, QINGPU, SHANGHAI, WUJIANG, World, in_days

Who = tuple[str, Role]
Data = Mapping[str, object]
OFFICE: Who = (QINGPU, Role.COORDINATOR)
OUR_CONTACT: Who = (QINGPU, Role.CONTACT_POINT)
OUR_PLANNER: Who = (QINGPU, Role.PLANNER)
OUR_SIGNATORY: Who = (QINGPU, Role.SIGNATORY)
THEIR_CONTACT: Who = (WUJIANG, Role.CONTACT_POINT)
THEIR_PLANNER: Who = (JIASHAN, Role.PLANNER)
SIGNATORY: Who = (WUJIANG, Role.SIGNATORY)
LAST_CONTACT: Who = (JIASHAN, Role.CONTACT_POINT)
KEY = str(uuid.uuid4())
CHARTER = "organization/charters/"


@dataclass(frozen=True, kw_only=True)
class Case:
    """`page` and `call` are paths below the plan's, or whole ones from the root.

    `shown_on` is the page with the form, where it is not `page` itself. `data` goes into both;
    `form` and `body` add to it; what the page's form holds already is sent as it stands. `ready`
    brings the plan to where the act is due.
    """

    who: Who
    page: str = ""
    call: str = ""
    shown_on: str = ""
    plan: str = PREPARED
    data: Data = field(default_factory=dict)
    form: Data = field(default_factory=dict)
    body: Data = field(default_factory=dict)
    refused: Who = SIGNATORY
    reason: Reason = Reason.WRONG_ROLE
    ready: Callable[[World, Plan], object] | None = None


def _day(days: int) -> str:
    return localtime(in_days(days)).date().isoformat()


def _put(world: World, plan: Plan) -> None:
    put_to_parties(world, proposed(world, plan))


def _agreed(world: World, plan: Plan) -> None:
    charter = proposed(world, plan)
    put_to_parties(world, charter)
    for code in PARTIES:
        speak(world, charter, code)


def _closed_matter(world: World, plan: Plan) -> None:
    matter = Matter.objects.get(plan=plan)
    office = world.coordinator(plan)
    close_matter(actor=office, plan=plan, matter=matter, outcome="agreed", note="已议定")


def _answered(world: World, plan: Plan) -> None:
    one = plan.rounds.get(number=2)
    for code in one.invitees.exclude(jurisdiction=WUJIANG).values_list("jurisdiction", flat=True):
        contact = world.actor(code, Role.CONTACT_POINT)
        submit_reply(actor=contact, plan=plan, one=one, letter=Letter(number="1"), is_nil=True)


def _decided(world: World, plan: Plan) -> None:
    decide_disposition(
        actor=world.coordinator(plan),
        plan=plan,
        comment=Comment.objects.get(plan=plan, number=1),
        outcome="adopted",
        reason_zh="采纳",
    )


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


def _open_gate(world: World, plan: Plan) -> None:
    gates.GATES[plan.phase] = lambda *, plan: []


def _measured(world: World, plan: Plan) -> None:
    add_indicator(
        actor=world.coordinator(plan), plan=plan, key="water-share", measure=Measure(**MEASURE)
    )


def body() -> Organization:
    names = {"name_zh": "专家组", "name_en": "Expert group", "kind": "expert_committee"}
    return Organization.objects.get_or_create(key="EX", defaults=names)[0]


def _admitted(world: World, plan: Plan) -> None:
    admit_body(actor=world.coordinator(plan), plan=plan, organization=body(), role=Role.EXPERT)


def _shown_disposition() -> int:
    return Disposition.objects.get(comment__plan__key=PREPARED).pk


NEW_PLAN = {
    "title_zh": "规划",
    "short_zh": "规划",
    "key": "new-one",
    "kind": "detailed",
    "horizon_from": 2026,
    "horizon_until": 2035,
    "coordinator": f"planner@{WUJIANG}.example",
    "coordinator_document": "文",
}
PROVISION = {"title_zh": "条", "text_zh": "条文。", "function": "rule", "lead": QINGPU}
MEASURE = {"name_zh": "水面率", "unit": "%", "direction": "up", "aggregation": "worst"}
PROJECT = {"name_zh": "蓝环", "theme": "ecology", "year_from": 2026, "year_until": 2027}
PROJECT_FORM = {
    f"role_{QINGPU}": "lead",
    f"cost_{QINGPU}": "60",
    f"role_{WUJIANG}": "partner",
    f"cost_{WUJIANG}": "40",
    f"cost_{JIASHAN}": "",
    f"role_{JIASHAN}": "",
    **{f"benefit_{code}": "" for code in PARTIES},
}
PROJECT_BODY = {
    "parties": [
        {"code": QINGPU, "role": "lead", "cost_share": "60"},
        {"code": WUJIANG, "role": "partner", "cost_share": "40"},
    ]
}
REMARK = {"type": "general", "text_zh": "意见"}
WHY = {"reason": "更正"}
DRAFT = "rounds/2/drafts/{draft}/"

CASES: dict[str, Case] = {
    "plan.create": Case(
        who=OUR_CONTACT,
        page="/plans/new/",
        call="/api/v1/plans/",
        data=NEW_PLAN,
        refused=OUR_PLANNER,
    ),
    "body.admit": Case(
        who=OFFICE,
        page="bodies/",
        call="bodies/",
        data={"role": "expert"},
        body={"organization": "EX"},
    ),
    "body.dismiss": Case(
        who=OFFICE,
        page="bodies/EX/expert/dismiss/",
        call="bodies/dismiss/",
        data=WHY,
        body={"organization": "EX", "role": "expert"},
        ready=_admitted,
    ),
    "chapter.add": Case(
        who=OFFICE,
        page="text/chapters/new/",
        call="chapters/",
        data={"key": "second", "title_zh": "章"},
        refused=OUR_PLANNER,
    ),
    "provision.add": Case(
        who=OUR_PLANNER,
        page="text/chapters/first/new/",
        call="provisions/",
        form={**PROVISION, "key": "another"},
        body={"key": "another", "chapter": "first", "wording": PROVISION},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "provision.edit": Case(
        who=OUR_PLANNER,
        page="text/provisions/first/",
        call="provisions/first/",
        form={**PROVISION, "text_zh": "改。"},
        body={"edits": 1, "wording": {**PROVISION, "text_zh": "改。"}},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "provision.move": Case(
        who=OFFICE,
        page="text/provisions/first/move/",
        call="provisions/first/move/",
        data={"chapter": "first", "position": 1},
    ),
    "provision.remove": Case(
        who=OFFICE,
        page="text/provisions/first/remove/",
        call="provisions/first/remove/",
        data={"edits": 1},
    ),
    "indicator.add": Case(
        who=OUR_PLANNER,
        page="indicators/new/",
        call="indicators/",
        form={**MEASURE, "key": "water-share"},
        body={"key": "water-share", "measure": MEASURE},
    ),
    "indicator.edit": Case(
        who=OUR_PLANNER,
        page="indicators/water-share/",
        call="indicators/water-share/",
        form={"unit": "%"},
        body={"edits": 1, "measure": MEASURE},
        ready=_measured,
    ),
    "indicator.remove": Case(
        who=OUR_PLANNER,
        page="indicators/water-share/remove/",
        call="indicators/water-share/remove/",
        data={"edits": 1},
        ready=_measured,
    ),
    "project.add": Case(
        who=OUR_PLANNER,
        page="projects/new/",
        call="projects/",
        data={**PROJECT, "key": "PJ9"},
        form=PROJECT_FORM,
        body=PROJECT_BODY,
    ),
    "project.edit": Case(
        who=OUR_PLANNER,
        page="projects/PJ3/edit/",
        call="projects/PJ3/",
        data=PROJECT,
        form=PROJECT_FORM,
        body={**PROJECT_BODY, "edits": 1},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "milestone.add": Case(
        who=OUR_PLANNER,
        page="projects/PJ3/milestones/new/",
        call="projects/PJ3/milestones/",
        data={"title_zh": "方案", "owner": WUJIANG, "due_on": "2027-01-01", "weight": "20"},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "invitation.send": Case(
        who=OFFICE,
        page="organization/invite/",
        call="invitations/",
        form={
            "others": SHANGHAI,
            "role": "upper",
            "answer_by": _day(9),
            "suggested": [],
            "must_sign": "",
        },
        body={
            "invitations": [
                {"jurisdiction": SHANGHAI, "role": "upper", "answer_by": in_days(9).isoformat()}
            ]
        },
    ),
    "invitation.answer": Case(
        who=(JIAXING, Role.CONTACT_POINT),
        page="/invitations/{invitation}/",
        call="/api/v1/invitations/{invitation}/answers/",
        data={"answer": "accept"},
        refused=(JIAXING, Role.PLANNER),
    ),
    "charter.propose": Case(
        who=OFFICE,
        page=f"{CHARTER}new/",
        call="charters/",
        form={"clause-TOTAL_FORMS": "0", "clause-INITIAL_FORMS": "0"},
        body={"content": default_content().as_dict()},
    ),
    "charter.open_ballot": Case(
        who=OFFICE,
        page=f"{CHARTER}2/open-ballot/",
        call="charters/2/ballots/",
        form={"closes_on": _day(9)},
        body={"closes_at": in_days(9).isoformat()},
        ready=proposed,
    ),
    "charter.take_position": Case(
        who=SIGNATORY,
        page=f"{CHARTER}2/position/",
        data={"value": "agree"},
        refused=THEIR_CONTACT,
        ready=_put,
    ),
    "charter.close_ballot": Case(
        who=OFFICE,
        page=f"{CHARTER}2/close/",
        call="charters/2/ballots/close/",
        ready=_agreed,
    ),
    "charter.close_without_result": Case(
        who=OFFICE,
        page=f"{CHARTER}2/close-without-result/",
        call="charters/2/ballots/close-without-result/",
        data=WHY,
        ready=_put,
    ),
    "charter.recall_ballot": Case(
        who=OFFICE,
        page=f"{CHARTER}2/recall/",
        call="charters/2/ballots/recall/",
        data=WHY,
        ready=_put,
    ),
    "matter.open": Case(
        who=OUR_CONTACT,
        page="matters/new/",
        call="matters/",
        data={"title_zh": "事项", "description_zh": "说明", "codes": [QINGPU, WUJIANG]},
    ),
    "matter.stand": Case(
        who=LAST_CONTACT,
        page="matters/{matter}/stand/",
        call="matters/{matter}/stands/",
        data={"value": "agree", "text_zh": "同意"},
        refused=THEIR_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "matter.raise": Case(
        who=OFFICE, page="matters/{matter}/raise/", call="matters/{matter}/raise/"
    ),
    "matter.close": Case(
        who=OFFICE,
        page="matters/{matter}/close/",
        call="matters/{matter}/close/",
        data={"outcome": "agreed", "note": "已议定"},
    ),
    "matter.reopen": Case(
        who=OFFICE,
        page="matters/{matter}/reopen/",
        call="matters/{matter}/reopen/",
        data={"note": "新情况"},
        ready=_closed_matter,
    ),
    "round.open": Case(
        who=OFFICE,
        page="rounds/new/",
        call="rounds/",
        data={"kind": "consultation", "codes": [QINGPU, WUJIANG]},
    ),
    "round.extend": Case(
        who=OFFICE,
        page="rounds/2/extend/",
        call="rounds/2/extend/",
        data={"closes_on": _day(200), **WHY},
    ),
    "round.close": Case(
        who=OFFICE,
        page="rounds/2/close/",
        call="rounds/2/close/",
        ready=_answered,
        refused=THEIR_CONTACT,
    ),
    "round.enter_opinion": Case(
        who=OFFICE,
        page="rounds/2/opinions/new/",
        call="rounds/2/opinions/",
        data={"source": "public"},
        form=REMARK,
        body={"opinions": [REMARK]},
    ),
    "comment.draft": Case(
        who=THEIR_PLANNER,
        page="rounds/1/comments/new/",
        call="rounds/1/drafts/",
        data={**REMARK, "key": KEY},
    ),
    "comment.edit": Case(
        who=OUR_PLANNER,
        page=DRAFT,
        call=DRAFT,
        data={**REMARK, "text_zh": "改"},
        refused=OUR_SIGNATORY,
    ),
    "comment.delete": Case(
        who=OUR_PLANNER, page=f"{DRAFT}delete/", call=DRAFT, refused=OUR_SIGNATORY
    ),
    "comment.clear": Case(
        who=OUR_CONTACT, page=f"{DRAFT}clear/", call=f"{DRAFT}clear/", refused=OUR_PLANNER
    ),
    "comment.send_back": Case(
        who=OUR_CONTACT,
        page=f"{DRAFT}send-back/",
        call=f"{DRAFT}send-back/",
        data=WHY,
        refused=OUR_PLANNER,
    ),
    "reply.submit": Case(
        who=LAST_CONTACT,
        page="rounds/2/reply/",
        call="rounds/2/reply/",
        data={"is_nil": "True"},
        refused=(JIASHAN, Role.PLANNER),
    ),
    "disposition.decide": Case(
        who=OFFICE,
        page="comments/1/decide/",
        shown_on="comments/1/",
        call="comments/1/disposition/",
        data={"outcome": "adopted"},
        refused=THEIR_CONTACT,
    ),
    "disposition.publish": Case(
        who=OFFICE,
        page="dispositions/publish/",
        call="dispositions/publish/",
        ready=_decided,
        refused=THEIR_CONTACT,
    ),
    "disposition.answer": Case(
        who=THEIR_CONTACT,
        page="comments/1/answer/",
        shown_on="comments/1/",
        call="comments/1/answer/",
        form={"accepts": "yes"},
        body={"accepts": True},
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "change.explain": Case(
        who=OUR_PLANNER,
        page="changes/aim/",
        call="changes/",
        data={"note": "会议纪要"},
        body={"item": "aim"},
    ),
    "revision.publish": Case(
        who=OFFICE, page="publish/", call="publish/", data={"stage": "consultation"}
    ),
    "phase.advance": Case(who=OFFICE, page="advance/", call="advance/", ready=_open_gate),
    "phase.reopen": Case(
        who=OFFICE, plan=SIGNED, page="reopen/", call="reopen/", data=WHY, form={"items": []}
    ),
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
