"""What stands in the plan of implementation beside its project and its warning: one of each kind."""

from datetime import timedelta

from consult.balance.models import Compensation, QuotaTransfer
from consult.health.enums import CheckKind
from consult.health.models import BorderItem, CheckSection, HealthCheck
from consult.matters.enums import Level
from consult.meetings.enums import MeetingKind, Source
from consult.meetings.models import AgendaItem, Meeting, MeetingGuest
from consult.tasks.enums import NoteSubject, Origin
from consult.tasks.models import SupervisionNote
from consult.tasks.steps import create_task
from consult.workflow.enums import ChangeStep, ChangeWay
from consult.workflow.models import TextChange
from consult.workflow.steps import write_step
from plans.register.models import Plan
from plans.register.queries import latest_revision
from plans.register.steps import set_in_force
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

YEAR = 2026
# Where none of them is laid: ids that are never there.
LAID_LATER: dict[str, object] = {"check": 0, "agenda": 0}


def lay_implementation(world: World, plan: Plan) -> dict[str, object]:
    """One task, meeting, check, transfer, compensation, note and change of the text; the values that
    fill the parts of their addresses. What is numbered has the number 1."""
    office = world.coordinator(plan)
    item = plan.items.get(key="antimony")
    by = {"mandate_id": office.mandate, "at": clock.now()}
    revision = latest_revision(plan)
    assert revision is not None
    set_in_force(plan=plan, revision=revision)
    create_task(
        plan=plan,
        actor=office,
        origin=Origin.BREAKDOWN,
        origin_id="antimony",
        title_zh="开展联合监测",
        owner=WUJIANG,
        due_on=in_days(40).date(),
        partners=[JIASHAN],
        item_id=item.pk,
    )
    pair = {"giver_id": WUJIANG, "taker_id": QINGPU}
    QuotaTransfer.objects.create(
        plan=plan, number=1, item=item, version_hash="", amount="0.4", **pair, **by
    )
    Compensation.objects.create(
        plan=plan,
        number=1,
        title_zh="横向补偿",
        payer_id=QINGPU,
        payee_id=WUJIANG,
        from_year=YEAR,
        until_year=YEAR + 1,
        **by,
    )
    SupervisionNote.objects.create(
        plan=plan,
        number=1,
        addressee_id=WUJIANG,
        subject=NoteSubject.OTHER,
        text_zh="请加快进度",
        due_at=in_days(9),
        **by,
    )
    change = TextChange.objects.create(
        plan=plan, number=1, way=ChangeWay.ADJUSTMENT, items=["antimony"], reason_zh="衔接", **by
    )
    write_step(change=change, actor=office, step=ChangeStep.OPENED)
    return {**_checked(plan, by), **_met(world, plan)}


def _checked(plan: Plan, by: dict[str, object]) -> dict[str, object]:
    check = HealthCheck.objects.create(
        plan=plan, kind=CheckKind.YEARLY, year=YEAR, due_at=in_days(20), **by
    )
    CheckSection.objects.create(
        health_check=check, number=1, title_zh="总体结论", jurisdictions=[QINGPU, WUJIANG]
    )
    BorderItem.objects.create(
        health_check=check, number=1, title_zh="界河水面", owner_id=WUJIANG, reader_id=JIASHAN
    )
    return {"check": check.pk}


def _met(world: World, plan: Plan) -> dict[str, object]:
    world.actor(WUJIANG, Role.CONTACT_POINT)
    meeting = Meeting.objects.create(
        plan=plan,
        number=1,
        kind=MeetingKind.JOINT,
        level=Level.WORKING,
        title_zh="第一次联席会议",
        starts_at=in_days(5),
        ends_at=in_days(5) + timedelta(hours=2),
        created_at=clock.now(),
    )
    for code in (QINGPU, WUJIANG):
        MeetingGuest.objects.create(meeting=meeting, jurisdiction_id=code)
    row = AgendaItem.objects.create(
        meeting=meeting, position=1, source=Source.OTHER, title_zh="年度安排"
    )
    return {"agenda": row.pk}
