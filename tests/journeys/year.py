"""A year of a plan in implementation: what people do, at which hour of Shanghai.

Three counties, two binding articles and a guiding one, land allotted by sum and antimony judged by
its worst section, a project, a charter with its ladder.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from consult.balance.actions import confirm_transfer, propose_transfer
from consult.balance.models import QuotaTransfer
from consult.balance.steps import TransferText
from consult.health import actions as health
from consult.health.models import HealthCheck
from consult.health.steps import Border, Found
from consult.matters.steps import Wording as Words
from consult.meetings import actions as meetings
from consult.meetings.actions.attending import Present
from consult.meetings.board import Board
from consult.meetings.queries import get_board
from consult.meetings.steps import Setting
from consult.phase4_implementation.actions import (
    Ending,
    answer_case,
    blockage_to_matter,
    close_case,
    import_readings,
    report_reading,
    report_status,
    view_case,
)
from consult.phase4_implementation.models import Case, StatusReport
from consult.phase4_implementation.queries import CaseRow, read_again, row_with_all
from consult.phase4_implementation.steps import AnswerText, Said
from consult.tasks.actions.breakdown import LineGiven, issue_breakdown
from consult.tasks.actions.programmes import issue_programme
from consult.tasks.actions.tasks import report_task, strike_off_task
from consult.tasks.models import TaskReport
from consult.tasks.queries.breakdown import proposal_of
from consult.tasks.steps import ReportText
from consult.tasks.steps.programmes import YearLine
from consult.workflow.actions import answer_text_change, enforce, open_text_change, publish
from consult.workflow.actions import put_forward as put_change_forward
from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.projects.actions import add_milestone
from plans.projects.models import Project
from plans.register.models import Plan
from plans.register.steps import set_phase
from plans.text.actions import add_chapter, add_provision, edit_provision
from plans.text.queries import get_provision
from plans.text.wording import Wording
from stakeholders.terms.actor import Actor, Role
from tests.consult.phase1_organization.scene import adopted
from tests.consult.phase4_implementation.ground import borders
from tests.consult.phase4_implementation.test_imports import line, stored, xlsx_of
from tests.plans.projects.sheets import project
from tests.world import JIASHAN, QINGPU, WUJIANG, World

ZONE = ZoneInfo("Asia/Shanghai")
PARTIES = (QINGPU, WUJIANG, JIASHAN)
YEAR = 2027
LAND = Measure(
    name_zh="规划建设用地总规模",
    unit="km2",
    direction="down",
    aggregation="sum",
    target="803.60",
    period="quarter",
    warning="815.00",
    limit="819.30",
    allocations={QINGPU: "270.40", WUJIANG: "382.60", JIASHAN: "150.60"},
    strength="binding",
    concerned=PARTIES,
)
ANTIMONY = Measure(
    name_zh="省界断面锑浓度（月均）",
    unit="微克/升",
    direction="down",
    aggregation="worst",
    target="3.0",
    period="month",
    warning="4.0",
    limit="5.0",
    strength="binding",
    concerned=PARTIES,
)
ARTICLES = {
    "lowflow": {
        "title_zh": "枯水限排",
        "text_zh": "按日减排不少于20%。",
        "strength": "binding",
        "lead": WUJIANG,
        "due": "2027-06-30",
        "evidence": "企业名单",
    },
    "greenway": {
        "title_zh": "绿道贯通",
        "text_zh": "绿道全线贯通。",
        "strength": "binding",
        "lead": JIASHAN,
        "due": "2027-10-29",
        "evidence": "验收报告",
    },
    "lake": {"title_zh": "湖荡保育", "text_zh": "水质按Ⅲ类控制。", "strength": "guiding"},
}
WIDTH = Border(
    title_zh="太浦河生态廊道宽度",
    unit_zh="米",
    owner=WUJIANG,
    reader=JIASHAN,
    tolerance=Decimal("0.5"),
)


def at(day: str, hour: int, minute: int = 0) -> datetime:
    """An hour of a day of the year ("03-02") in Shanghai."""
    month, number = day.split("-")
    return datetime(YEAR, int(month), int(number), hour, minute, tzinfo=ZONE)


@dataclass
class Year:
    """The state the steps of the year hand on."""

    world: World
    plan_id: int = 0
    notes: dict[str, object] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(pk=self.plan_id)

    @property
    def office(self) -> Actor:
        return self.world.coordinator(self.plan)

    def contact(self, code: str) -> Actor:
        return self.world.actor(code, Role.CONTACT_POINT)

    def planner(self, code: str) -> Actor:
        return self.world.actor(code, Role.PLANNER)

    def signatory(self, code: str) -> Actor:
        return self.world.actor(code, Role.SIGNATORY)

    @property
    def project(self) -> Project:
        return Project.objects.get(plan=self.plan_id)

    @property
    def check(self) -> HealthCheck:
        return HealthCheck.objects.get(plan=self.plan_id)

    def case(self, number: int) -> CaseRow:
        case = Case.objects.get(plan=self.plan_id, number=number)
        return read_again(row_with_all(case), plan=self.plan)

    def board(self, number: int) -> Board:
        return get_board(actor=self.office, plan=self.plan, number=number)


Step = Callable[[Year], object]


def lay(year: Year) -> None:
    plan = year.world.plan()
    year.plan_id = plan.pk
    adopted(year.world, plan)
    borders()
    office = year.office
    add_chapter(actor=office, plan=plan, key="water", title_zh="水环境", title_en="Water")
    for key, said in ARTICLES.items():
        wording = Wording(concerned=PARTIES, **said)  # type: ignore[arg-type]
        add_provision(actor=office, plan=plan, chapter="water", key=key, wording=wording)
    for key, measure in {"land": LAND, "antimony": ANTIMONY}.items():
        add_indicator(actor=office, plan=plan, key=key, measure=measure)
    publish(actor=office, plan=plan, stage="approved", freeze=True, accepts_gaps=True)
    set_phase(plan=year.plan, phase=4)
    made = project(actor=year.planner(QINGPU), plan=year.plan)
    for owner, due, weight in ((WUJIANG, "2027-06-30", 40), (QINGPU, "2028-01-20", 60)):
        add_milestone(
            actor=year.planner(QINGPU),
            project=made,
            title_zh="主体结构封顶",
            title_en="Structure topped out",
            owner=owner,
            due_on=date.fromisoformat(due),
            weight=Decimal(weight),
        )


def break_down(year: Year) -> None:
    proposal = proposal_of(year.plan)
    lines = [
        LineGiven(
            item=one.key,
            owner=one.owner or QINGPU,
            due_on=one.due_on if one.is_due_given else date(2028, 12, 29),
            title_zh=one.title_zh,
            partners=[code for code in PARTIES if code != (one.owner or QINGPU)],
            evidence_zh=one.evidence_zh,
        )
        for one in proposal.lines
    ]
    revision = proposal.revision
    assert revision is not None
    issue_breakdown(actor=year.office, plan=year.plan, revision=revision.number, lines=lines)


def programme(year: Year) -> None:
    lines = [YearLine(task=1, due_on=date(YEAR, 6, 30)), YearLine(task=2, text_zh="贯通")]
    issue_programme(actor=year.office, plan=year.plan, year=YEAR, edition=1, lines=lines)


def read(code: str, value: str, period: str, item: str = "antimony") -> Step:
    def step(year: Year) -> None:
        report_reading(
            actor=year.planner(code),
            plan=year.plan,
            item=item,
            jurisdiction=code,
            period=period,
            value=Decimal(value),
            evidence=f"联合监测 {period}",
        )

    return step


def take_table(code: str, value: str, period: str) -> Step:
    def step(year: Year) -> None:
        proposal = proposal_of(year.plan)
        number = next(o.reading.number for o in proposal.lines if o.key == "antimony")
        raw = xlsx_of(line(float(value), number=number, code=code, period=period))
        file = stored(year.planner(code), raw, name="readings.xlsx")
        import_readings(actor=year.planner(code), plan=year.plan, file=file)

    return step


def answer(number: int, code: str, done_on: date) -> Step:
    said = AnswerText(
        cause=Words(zh="连续12日低流量"), measure=Words(zh="减排10%"), done_on=done_on
    )

    def step(year: Year) -> None:
        answer_case(
            actor=year.contact(code),
            plan=year.plan,
            case=year.case(number),
            jurisdiction=code,
            said=said,
        )

    return step


def accept_measure(number: int, code: str) -> Step:
    return lambda year: view_case(
        actor=year.contact(code), plan=year.plan, case=year.case(number), accepts=True, text=Words()
    )


def close(number: int) -> Step:
    ending = Ending(outcome="measure", reason=Words())
    return lambda year: close_case(
        actor=year.office, plan=year.plan, case=year.case(number), ending=ending
    )


def done(number: int, code: str) -> Step:
    said = ReportText(progress="done", evidence="函〔2027〕1号")
    return lambda year: report_task(
        actor=year.planner(code), plan=year.plan, number=number, said=said
    )


def strike_off(number: int, code: str = "") -> Step:
    def step(year: Year) -> None:
        last = TaskReport.objects.filter(task__plan=year.plan_id, task__number=number).latest("pk")
        actor = year.contact(code) if code else year.office
        strike_off_task(actor=actor, plan=year.plan, number=number, report=last.pk, confirms=True)

    return step


def call(number: int, starts_at: datetime, title: str) -> Step:
    def step(year: Year) -> None:
        said = Setting(
            kind="joint",
            level="department",
            title=Words(zh=title),
            starts_at=starts_at,
            ends_at=starts_at.replace(hour=starts_at.hour + 3),
            place=Words(zh="青浦"),
            chair=QINGPU,
            guests=PARTIES,
        )
        meeting = meetings.plan_meeting(actor=year.office, plan=year.plan, said=said)
        given = {"actor": year.office, "plan": year.plan, "meeting": meeting}
        meetings.add_item(**given, title=Words(zh="限排"), text=Words(zh="同意限排方案"))
        meetings.call_meeting(**given)

    return step


def come(number: int, code: str) -> Step:
    return lambda year: meetings.answer_call(
        actor=year.contact(code),
        plan=year.plan,
        meeting=year.board(number).meeting,
        kind="attends",
    )


def meet(number: int) -> Step:
    lines = [Present(code=code, kind="attends") for code in sorted(PARTIES)]
    return lambda year: meetings.note_attendance(
        actor=year.office, plan=year.plan, meeting=year.board(number).meeting, lines=lines
    )


def decide(number: int, owner: str, due_on: date) -> Step:
    """By word; the resolution gives a task."""

    def step(year: Year) -> None:
        given = about(year, number)
        meetings.note_decision(actor=year.office, **given, outcome="agreed", text=Words(zh="同意"))
        assign(number, owner, due_on)(year)

    return step


def assign(number: int, owner: str, due_on: date) -> Step:
    return lambda year: meetings.assign_task(
        actor=year.office,
        **about(year, number),
        title=Words(zh="提交企业名单"),
        owner=owner,
        due_on=due_on,
    )


def about(year: Year, number: int) -> dict[str, object]:
    board = year.board(number)
    return {"plan": year.plan, "meeting": board.meeting, "item": board.points[0].item}


def ask_positions(number: int) -> Step:
    return lambda year: meetings.open_decision_ballot(actor=year.office, **about(year, number))


def position(number: int, code: str) -> Step:
    return lambda year: meetings.take_decision_position(
        actor=year.signatory(code), **about(year, number), value="agree"
    )


def close_positions(number: int) -> Step:
    return lambda year: meetings.close_decision_ballot(actor=year.office, **about(year, number))


def put_minutes(number: int, text: str) -> Step:
    def step(year: Year) -> None:
        board = year.board(number)
        given = {"actor": year.office, "plan": year.plan, "meeting": board.meeting}
        edits = board.draft.edits if board.draft else 0
        meetings.edit_minutes(**given, text=Words(zh=text), edits=edits)
        meetings.put_minutes_forward(**given)

    return step


def comment(number: int, code: str) -> Step:
    def step(year: Year) -> None:
        board = year.board(number)
        given = {"plan": year.plan, "meeting": board.meeting}
        said = {"text": "应写明起始日期。", "edition": board.edition.number}
        row = meetings.comment_minutes(actor=year.contact(code), **given, **said)
        meetings.reply_to_comment(actor=year.office, **given, comment=row, is_adopted=True)

    return step


def confirm(number: int, code: str) -> Step:
    def step(year: Year) -> None:
        board = year.board(number)
        meetings.confirm_minutes(
            actor=year.contact(code),
            plan=year.plan,
            meeting=board.meeting,
            edition=board.edition.number,
            confirms=True,
        )

    return step


def says(code: str, progress: str, *, milestone: int = 0, blockage: str = "") -> Step:
    def step(year: Year) -> None:
        step = year.project.milestones.get(number=milestone) if milestone else None
        said = Said(progress=progress, evidence="验收报告", blockage_zh=blockage)
        report_status(
            actor=year.planner(code),
            project=year.project,
            jurisdiction=code,
            milestone=step,
            said=said,
        )

    return step


def take_up(year: Year) -> None:
    report = StatusReport.objects.exclude(blockage_zh="").get()
    blockage_to_matter(
        actor=year.office, report=report, title=Words(zh="用地报批受阻"), description=Words()
    )


def transfer(year: Year) -> None:
    propose_transfer(
        actor=year.contact(JIASHAN),
        plan=year.plan,
        item="land",
        giver=JIASHAN,
        taker=WUJIANG,
        amount=Decimal("0.40"),
        text=TransferText(basis_zh="第二十九条"),
    )


def confirm_quota(year: Year) -> None:
    row = QuotaTransfer.objects.get(plan=year.plan_id)
    confirm_transfer(actor=year.contact(WUJIANG), plan=year.plan, transfer=row, confirms=True)


def change_text(year: Year) -> None:
    open_text_change(
        actor=year.office, plan=year.plan, way="adjustment", items=["lake"], reason_zh="湖荡划定"
    )
    draft = get_provision(year.plan, key="lake").item.draft
    words = ARTICLES["lake"] | {"text_zh": "水质按Ⅱ类控制。"}
    wording = Wording(concerned=PARTIES, **words)  # type: ignore[arg-type]
    edit_provision(
        actor=year.office, plan=year.plan, key="lake", edits=draft.edits, wording=wording
    )
    step = put_change_forward(actor=year.office, plan=year.plan, number=1)
    year.notes["wording"] = step.wording_hash


def confirm_change(code: str) -> Step:
    return lambda year: answer_text_change(
        actor=year.signatory(code),
        plan=year.plan,
        number=1,
        confirms=True,
        wording=str(year.notes["wording"]),
    )


def bring_in_force(year: Year) -> None:
    enforce(actor=year.office, plan=year.plan, number=1)


def examine(year: Year) -> None:
    check = health.open_check(
        actor=year.office,
        plan=year.plan,
        kind="yearly",
        year=YEAR,
        due_on=date(YEAR, 11, 30),
        sections={"conclusions": PARTIES},
    )
    health.add_border_item(actor=year.office, plan=year.plan, check=check, border=WIDTH)


def fill(code: str) -> Step:
    return lambda year: health.fill_section(
        actor=year.planner(code),
        plan=year.plan,
        check=year.check,
        number=1,
        jurisdiction=code,
        texts={"zh": "总体良好"},
    )


def measure(code: str, value: str) -> Step:
    return lambda year: health.state_figure(
        actor=year.planner(code),
        plan=year.plan,
        check=year.check,
        number=1,
        jurisdiction=code,
        value=Decimal(value),
        source="联合测量〔2027〕1号",
    )


def find(year: Year) -> None:
    said = Found(title_zh="廊道宽度不一致", codes=[WUJIANG, JIASHAN])
    given = {"actor": year.office, "plan": year.plan, "check": year.check}
    row = health.state_finding(**given, said=said, item=1)
    health.finding_to_matter(**given, number=row.number)


def put_report(year: Year) -> None:
    health.put_forward(
        actor=year.office, plan=year.plan, check=year.check, closes_at=at("12-03", 17)
    )


def sign(code: str) -> Step:
    return lambda year: health.take_report_position(
        actor=year.signatory(code), plan=year.plan, check=year.check, value="agree"
    )


def publish_report(year: Year) -> None:
    given = {"actor": year.office, "plan": year.plan, "check": year.check}
    health.close_report_ballot(**given)
    health.publish_check(**given, published_on=date(YEAR, 12, 2), place="三地政府网站")
