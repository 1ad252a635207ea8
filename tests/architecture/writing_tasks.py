"""Cases of tasks, the yearly programme and supervision notes."""

from consult.tasks.actions.notes import issue_note, reply_to_note
from consult.tasks.actions.tasks import report_task
from consult.tasks.models import SupervisionReply, TaskReport
from consult.tasks.steps import ReportText, create_task
from consult.tasks.steps.notes import NoteText
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_party, set_in_force
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import DONE
from tests.architecture.writing_case import (
    LAST_CONTACT,
    OFFICE,
    THEIR_CONTACT,
    THEIR_PLANNER,
    Case,
    Who,
    day,
    newest,
)
from tests.consult.tasks.ground import in_days
from tests.world import JIASHAN, WUJIANG, World

SUZHOU = "320500"
ABOVE: Who = (SUZHOU, Role.CONTACT_POINT)
ABOVE_PLANNER: Who = (SUZHOU, Role.PLANNER)
WUJIANG_DEPUTY: Who = (WUJIANG, Role.DEPUTY)
SAID = NoteText(text_zh="请说明原因")


def _in_force(world: World, plan: Plan) -> None:
    set_in_force(plan=plan, revision=plan.revisions.order_by("number").last())


def _given(world: World, plan: Plan) -> None:
    create_task(
        plan=plan,
        actor=world.coordinator(plan),
        origin="resolution",
        origin_id="1",
        title_zh="提交名单",
        owner=WUJIANG,
        due_on=in_days(10),
        partners=[JIASHAN],
    )


def _done(world: World, plan: Plan) -> None:
    _given(world, plan)
    report_task(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT),
        plan=plan,
        number=1,
        said=ReportText(progress="done", evidence="吴环函1号"),
    )


def _above(world: World, plan: Plan) -> None:
    add_party(plan=plan, code=SUZHOU, role=PartyRole.UPPER, must_sign=False)


def _pressed(world: World, plan: Plan) -> None:
    _above(world, plan)
    issue_note(
        actor=world.actor(SUZHOU, Role.CONTACT_POINT),
        plan=plan,
        addressee=WUJIANG,
        subject="other",
        said=SAID,
        due_on=in_days(10),
    )


def _replied(world: World, plan: Plan) -> None:
    _pressed(world, plan)
    actor = world.actor(WUJIANG, Role.CONTACT_POINT)
    reply_to_note(actor=actor, plan=plan, number=1, said=SAID)


TASKS: dict[str, Case] = {
    "breakdown.issue": Case(
        who=OFFICE,
        refused=THEIR_CONTACT,
        plan=DONE,
        page="tasks/breakdown/",
        call="breakdown/",
        form={"owner-antimony": WUJIANG},
        body={
            "revision": 1,
            "lines": [
                {
                    "item": "antimony",
                    "owner": WUJIANG,
                    "due_on": day(90),
                    "title_zh": "断面锑浓度达标",
                }
            ],
        },
        ready=_in_force,
    ),
    "programme.issue": Case(
        who=OFFICE,
        refused=THEIR_CONTACT,
        plan=DONE,
        page="tasks/programmes/2027/edit/",
        call="programmes/2027/",
        form={"edition": 1, "take-1": "on"},
        body={"edition": 1, "lines": [{"task": 1}]},
        ready=_given,
    ),
    "task.report": Case(
        who=THEIR_CONTACT,
        plan=DONE,
        page="tasks/1/report/",
        call="tasks/1/reports/",
        data={"progress": "at_risk", "text_zh": "进展"},
        ready=_given,
    ),
    "task.change": Case(
        who=OFFICE,
        refused=THEIR_CONTACT,
        plan=DONE,
        page="tasks/1/change/",
        call="tasks/1/changes/",
        data={"owner": JIASHAN, "due_on": day(50), "reason": "职能调整"},
        ready=_given,
    ),
    "task.strike_off": Case(
        who=LAST_CONTACT,
        refused=THEIR_PLANNER,
        plan=DONE,
        page="tasks/1/strike-off/",
        call="tasks/1/strike-offs/",
        data={"report": "{report}"},
        form={"confirms": "1"},
        body={"confirms": True},
        late=lambda: {"report": newest(TaskReport)},
        ready=_done,
    ),
    "supervision.issue": Case(
        who=ABOVE,
        refused=ABOVE_PLANNER,
        plan=DONE,
        page="tasks/notes/new/",
        call="supervision-notes/",
        data={
            "addressee": WUJIANG,
            "subject": "other",
            "text_zh": "请说明原因",
            "due_on": day(10),
        },
        ready=_above,
    ),
    "supervision.reply": Case(
        who=THEIR_CONTACT,
        refused=WUJIANG_DEPUTY,
        plan=DONE,
        page="tasks/notes/1/reply/",
        call="supervision-notes/1/replies/",
        data={"text_zh": "已整改"},
        ready=_pressed,
    ),
    "supervision.judge": Case(
        who=ABOVE,
        refused=ABOVE_PLANNER,
        plan=DONE,
        page="tasks/notes/1/judge/",
        call="supervision-notes/1/verdicts/",
        data={"reply": "{reply}"},
        form={"accepts": "1"},
        body={"accepts": True},
        late=lambda: {"reply": newest(SupervisionReply)},
        ready=_replied,
    ),
}
