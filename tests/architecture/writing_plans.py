"""Cases of the plan itself: register, text, indicators, projects."""

from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.register.actions import admit_body
from plans.register.models import Plan
from plans.text.actions import add_chapter, add_note
from plans.text.models import InternalNote
from stakeholders.people.models import Organization
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.writing_case import (
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    THEIR_PLANNER,
    WHY,
    Case,
)
from tests.consult.phase1_organization.scene import PARTIES
from tests.world import JIASHAN, QINGPU, WUJIANG, World


def _measured(world: World, plan: Plan) -> None:
    add_indicator(
        actor=world.coordinator(plan), plan=plan, key="water-share", measure=Measure(**MEASURE)
    )


def body() -> Organization:
    names = {"name_zh": "专家组", "name_en": "Expert group", "kind": "expert_committee"}
    return Organization.objects.get_or_create(key="EX", defaults=names)[0]


def _empty_chapter(world: World, plan: Plan) -> None:
    add_chapter(actor=world.coordinator(plan), plan=plan, key="empty", title_zh="空章")


def _noted(world: World, plan: Plan) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    add_note(actor=actor, plan=plan, key="first", text="待核")


def _admitted(world: World, plan: Plan) -> None:
    admit_body(actor=world.coordinator(plan), plan=plan, organization=body(), role=Role.EXPERT)


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
AMENDED = {"title_zh": "条", "text_zh": "改为此文。"}
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
PLANS: dict[str, Case] = {
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
    "chapter.edit": Case(
        who=OFFICE,
        page="text/chapters/first/edit/",
        call="chapters/first/",
        data={"title_zh": "章名", "drafting": [QINGPU]},
        refused=OUR_PLANNER,
    ),
    "chapter.move": Case(
        who=OFFICE,
        page="text/chapters/first/move/",
        shown_on="text/",
        call="chapters/first/move/",
        data={"position": 1},
        refused=OUR_PLANNER,
    ),
    "chapter.remove": Case(
        who=OFFICE,
        page="text/chapters/empty/remove/",
        shown_on="text/chapters/empty/edit/",
        call="chapters/empty/remove/",
        refused=OUR_PLANNER,
        ready=_empty_chapter,
    ),
    "note.add": Case(
        who=OUR_PLANNER,
        page="text/provisions/first/notes/",
        call="provisions/first/notes/",
        data={"text": "内部备注"},
    ),
    "note.resolve": Case(
        who=OUR_PLANNER,
        page="text/notes/{note}/resolve/",
        shown_on="text/provisions/first/notes/",
        call="notes/{note}/resolve/",
        ready=_noted,
        late=lambda: {"note": InternalNote.objects.latest("pk").pk},
    ),
    "provisions.move": Case(
        who=OUR_PLANNER,
        page="text/moves/",
        shown_on="text/",
        call="moves/",
        data={"keys": ["first"], "chapter": "first"},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
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
    "amendment.propose": Case(
        who=THEIR_PLANNER,
        page="text/provisions/first/amend/",
        call="amendments/",
        data={"reason": "更正"},
        form=AMENDED,
        body={"item": "first", "texts": AMENDED},
    ),
    "amendment.apply": Case(
        who=OUR_PLANNER,
        page="text/amendments/1/apply/",
        shown_on="text/amendments/1/",
        call="amendments/1/apply/",
        body={"edits": 1},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "amendment.decline": Case(
        who=OUR_PLANNER,
        page="text/amendments/1/decline/",
        shown_on="text/amendments/1/",
        call="amendments/1/decline/",
        data=WHY,
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "amendment.withdraw": Case(
        who=OUR_PLANNER,
        page="text/amendments/1/withdraw/",
        shown_on="text/amendments/1/",
        call="amendments/1/withdraw/",
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
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
}
