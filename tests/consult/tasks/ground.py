"""A plan in phase 4 with two binding provisions, a guiding one and an indicator in force."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localtime

from consult.tasks.actions.breakdown import LineGiven, issue_breakdown
from consult.tasks.actions.tasks import report_task
from consult.tasks.models import Task, TaskReport
from consult.tasks.queries import TaskState, get_task
from consult.tasks.queries.breakdown import proposal_of
from consult.tasks.steps import ReportText, create_task
from plans.register.enums import PartyRole, Stage
from plans.register.models import Plan
from plans.register.steps import Place, add_party, create_item, publish_revision, set_phase
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Actor, Role
from tests.world import JIASHAN, QINGPU, WUJIANG, World

SUZHOU = "320500"
CONCERNED = [QINGPU, WUJIANG, JIASHAN]


def today() -> date:
    return localtime(clock.now()).date()


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def article(title: str, **more: object) -> dict[str, object]:
    return {"title": {"zh": title, "en": ""}, "text": {"zh": "应当办理。", "en": ""}, **more}


@dataclass
class Ground:
    world: World
    plan: Plan

    @property
    def office(self) -> Actor:
        return self.world.coordinator(self.plan)

    def contact(self, code: str) -> Actor:
        return self.world.actor(code, Role.CONTACT_POINT)

    def task(
        self, *, owner: str = WUJIANG, due: int = 10, partners: tuple[str, ...] = (JIASHAN,)
    ) -> Task:
        return create_task(
            plan=self.plan,
            actor=self.office,
            origin="resolution",
            origin_id="MM1/1",
            title_zh="提交企业名单",
            owner=owner,
            due_on=in_days(due),
            partners=partners,
        )

    def done(self, task: Task, *, code: str = WUJIANG) -> TaskReport:
        said = ReportText(progress="done", evidence="吴环函〔2027〕1号")
        actor = self.contact(code)
        return report_task(actor=actor, plan=self.plan, number=task.number, said=said)

    def state(self, task: Task) -> TaskState:
        return get_task(actor=SYSTEM, plan=self.plan, number=task.number)

    def line(self, key: str, **changes: object) -> LineGiven:
        """The line as it is proposed, with changes."""
        one = proposal_of(self.plan).line(key)
        assert one is not None
        values = {
            "item": one.key,
            "owner": one.owner or QINGPU,
            "due_on": one.due_on,
            "title_zh": one.title_zh,
            "partners": one.partners,
            "evidence_zh": one.evidence_zh,
        }
        return LineGiven(**(values | changes))

    def issue(self, *lines: LineGiven) -> list[Task]:
        revision = self.plan.in_force.number
        return issue_breakdown(
            actor=self.office, plan=self.plan, revision=revision, lines=list(lines)
        )


def lay(world: World) -> Ground:
    """Its record holds plan.create only."""
    plan = world.plan()
    add_party(plan=plan, code=SUZHOU, role=PartyRole.UPPER, must_sign=False)
    actor = world.coordinator(plan)
    contents = {
        "taipu": (
            "binding",
            article("太浦河限排", lead=WUJIANG, due="2028-06-30", evidence="名单"),
        ),
        "ladder": ("binding", article("分级协商", lead="某单位")),
        "greenway": ("guiding", article("绿道")),
    }
    places = []
    for number, (key, (strength, content)) in enumerate(contents.items(), start=1):
        item = create_item(
            plan=plan,
            key=key,
            kind="provision",
            content=content,
            strength=strength,
            concerned=CONCERNED,
            actor=actor,
        )
        places.append(Place(item=item, number=str(number)))
    publish(plan, actor, places)
    set_phase(plan=plan, phase=4)
    return Ground(world=world, plan=plan)


def publish(plan: Plan, actor: Actor, places: list[Place]) -> None:
    revision = publish_revision(
        plan=plan,
        actor=actor,
        stage=Stage.APPROVED,
        headings=[],
        places=places,
        changes={},
        charter_version="1",
    )
    plan.in_force = revision
    plan.save(update_fields=["in_force"])


def entries() -> list[tuple[str, str]]:
    """The record after the ground was laid."""
    return list(RecordEntry.objects.order_by("pk").values_list("act", "subject"))[1:]


def effects() -> dict[str, object]:
    return json.loads(RecordEntry.objects.order_by("-pk")[0].payload)["effects"]
