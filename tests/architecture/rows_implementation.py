"""Rows for the lists of common implementation: many of each, put in at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from consult.balance.models import (
    Compensation,
    CompensationAnswer,
    QuotaTransfer,
    QuotaTransferAnswer,
    Settlement,
    SettlementAnswer,
)
from consult.health.models import (
    BorderFigure,
    BorderItem,
    CheckReport,
    CheckSection,
    Finding,
    HealthCheck,
    SectionText,
)
from consult.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    MeetingCall,
    MeetingGuest,
    MeetingPaper,
    MinutesComment,
    MinutesConfirmation,
    MinutesEdition,
)
from consult.phase4_implementation.models import (
    Case,
    CaseAnswer,
    CaseEnd,
    CaseMove,
    CaseParty,
    CaseView,
    Reading,
    StatusReport,
    ThresholdWarning,
)
from consult.tasks.models import (
    Programme,
    ProgrammeLine,
    StrikeOff,
    SupervisionNote,
    SupervisionReply,
    SupervisionVerdict,
    Task,
    TaskChange,
    TaskPartner,
    TaskReport,
)
from consult.workflow.models import TextChange, TextChangeStep
from plans.projects.models import (
    KnownProject,
    Milestone,
    MilestoneChange,
    MilestoneNeed,
    Project,
    ProjectParty,
)
from plans.register.models import Item, ItemVersion, Plan
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate
from tests.world import JIASHAN, QINGPU, WUJIANG

DAY = date(2026, 12, 1)
YEAR = 2026


class ImplementationRows:
    """Adds rows numbered `numbers` beside the projects, readings and matters of `Rows`."""

    def __init__(self, *, plan: Plan, mandate: Mandate, now: Any) -> None:
        self.plan, self.mandate, self.now = plan, mandate, now
        self.by = {"mandate": mandate, "at": now}
        self.said = {"jurisdiction_id": WUJIANG, **self.by}

    def add(self, numbers: Sequence[int]) -> None:
        self.files = list(StoredFile.objects.filter(name="a.pdf").order_by("-pk")[: len(numbers)])
        self.add_projects(numbers)
        self.add_readings(numbers)
        self.add_cases(numbers)
        self.add_tasks(numbers)
        self.add_programmes(numbers)
        self.add_notes(numbers)
        self.add_transfers(numbers)
        self.add_compensations(numbers)
        self.add_checks(numbers)
        self.add_meetings(numbers)
        self.add_changes(numbers)

    def add_projects(self, numbers: Sequence[int]) -> None:
        """The projects `P…` with two sides, two milestones, one after the other and moved, and
        words on all of them; half of them blocked."""
        projects = list(Project.objects.filter(plan=self.plan, key__in=[f"P{n}" for n in numbers]))
        KnownProject.objects.bulk_create(
            KnownProject(key=f"K{n}", name_zh="项目", theme="water") for n in numbers
        )
        ProjectParty.objects.bulk_create(
            ProjectParty(project=one, jurisdiction_id=code, role=role)
            for one in projects
            for code, role in ((QINGPU, "lead"), (WUJIANG, "partner"))
        )
        named = {"title_zh": "节点", "owner_id": WUJIANG, "weight": 50}
        steps = Milestone.objects.bulk_create(
            Milestone(project=one, number=number, due_on=DAY, **named)
            for one in projects
            for number in (1, 2)
        )
        MilestoneNeed.objects.bulk_create(
            MilestoneNeed(milestone=later, needs=first)
            for first, later in zip(steps[::2], steps[1::2], strict=True)
        )
        MilestoneChange.objects.bulk_create(
            MilestoneChange(
                milestone=one, due_on=DAY - timedelta(days=9), reason="迟", **named, **self.by
            )
            for one in steps
        )
        StatusReport.objects.bulk_create(
            StatusReport(
                project=step.project,
                milestone=subject,
                progress="late",
                blockage_zh="阻" if place % 4 else "",
                **self.said,
            )
            for place, step in enumerate(steps)
            for subject in (step, None)
        )

    def add_readings(self, numbers: Sequence[int]) -> None:
        """A correction of the first period each time, and a reading of each indicator."""
        first = self.plan.items.get(key="indicator-0")
        read = {"evidence": "文", "value": Decimal("3.5"), **self.said}
        Reading.objects.bulk_create(
            Reading(item=first, period="2025-01", reason="误", **read) for _n in numbers
        )
        items = Item.objects.filter(plan=self.plan, key__in=[f"indicator-{n}" for n in numbers])
        Reading.objects.bulk_create(Reading(item=one, period="2025", **read) for one in items)

    def add_cases(self, numbers: Sequence[int]) -> None:
        """A case of every warning of `Rows`: answered, seen, raised; every other one ended."""
        warnings = ThresholdWarning.objects.filter(case=None).order_by("pk")
        cases = Case.objects.bulk_create(
            Case(plan=self.plan, number=n + 1, warning=one, due_at=self.now, at=self.now)
            for n, one in zip(numbers, warnings, strict=False)
        )
        CaseParty.objects.bulk_create(
            CaseParty(case=one, jurisdiction_id=code, part=part)
            for one in cases
            for code, part in ((WUJIANG, "answers"), (JIASHAN, "answers"), (QINGPU, "told"))
        )
        CaseAnswer.objects.bulk_create(
            CaseAnswer(case=one, cause_zh="因", measure_zh="措", **self.said) for one in cases
        )
        CaseView.objects.bulk_create(
            CaseView(case=one, accepts=False, jurisdiction_id=QINGPU, **self.by) for one in cases
        )
        CaseMove.objects.bulk_create(
            CaseMove(case=one, level="department", **self.by) for one in cases
        )
        CaseEnd.objects.bulk_create(
            CaseEnd(case=one, outcome="measure", **self.by) for one in cases[1::2]
        )

    def add_tasks(self, numbers: Sequence[int]) -> None:
        """Tasks of provisions, changed, reported done; every other word is answered."""
        item = self.plan.items.get(key="provision-0")
        self.tasks = Task.objects.bulk_create(
            Task(
                plan=self.plan,
                number=n + 1,
                origin=("breakdown", "resolution", "case", "finding")[n % 4],
                origin_id="1",
                item=item,
                title_zh="任务",
                owner_id=WUJIANG,
                due_on=DAY,
                **self.by,
            )
            for n in numbers
        )
        TaskPartner.objects.bulk_create(
            TaskPartner(task=one, jurisdiction_id=JIASHAN) for one in self.tasks
        )
        TaskChange.objects.bulk_create(
            TaskChange(task=one, owner_id=WUJIANG, due_on=DAY, reason="迟", **self.by)
            for one in self.tasks
        )
        reports = TaskReport.objects.bulk_create(
            TaskReport(task=one, progress="done", **self.said) for one in self.tasks
        )
        StrikeOff.objects.bulk_create(
            StrikeOff(report=one, jurisdiction_id=QINGPU, confirms=bool(place % 2), **self.by)
            for place, one in enumerate(reports[::2])
        )

    def add_programmes(self, numbers: Sequence[int]) -> None:
        """Editions of this year's programme; its newest holds every task so far."""
        made = Programme.objects.bulk_create(
            Programme(plan=self.plan, year=YEAR, edition=n + 1, **self.by) for n in numbers
        )
        ProgrammeLine.objects.bulk_create(
            ProgrammeLine(programme=made[-1], task=one, due_on=DAY)
            for one in Task.objects.filter(plan=self.plan)
        )

    def add_notes(self, numbers: Sequence[int]) -> None:
        notes = SupervisionNote.objects.bulk_create(
            SupervisionNote(
                plan=self.plan,
                number=n + 1,
                issuer_id="320500",
                addressee_id=WUJIANG,
                subject="task",
                subject_id="1",
                text_zh="督",
                due_at=self.now,
                **self.by,
            )
            for n in numbers
        )
        replies = SupervisionReply.objects.bulk_create(
            SupervisionReply(note=one, text_zh="复", **self.by) for one in notes
        )
        SupervisionVerdict.objects.bulk_create(
            SupervisionVerdict(reply=one, accepts=False, due_at=self.now, **self.by)
            for one in replies[::2]
        )

    def add_transfers(self, numbers: Sequence[int]) -> None:
        """Transfers confirmed by both, settled, the settlement answered."""
        version = ItemVersion.objects.filter(item__key="antimony", item__plan=self.plan).latest(
            "pk"
        )
        made = QuotaTransfer.objects.bulk_create(
            QuotaTransfer(
                plan=self.plan,
                number=n + 1,
                item=version.item,
                version_hash=version.hash,
                giver_id=WUJIANG,
                taker_id=JIASHAN,
                amount=1,
                price=1,
                **self.by,
            )
            for n in numbers
        )
        QuotaTransferAnswer.objects.bulk_create(
            QuotaTransferAnswer(transfer=one, jurisdiction_id=code, confirms=True, **self.by)
            for one in made
            for code in (WUJIANG, JIASHAN)
        )
        self._settle([{"transfer": one} for one in made])

    def add_compensations(self, numbers: Sequence[int]) -> None:
        made = Compensation.objects.bulk_create(
            Compensation(
                plan=self.plan,
                number=n + 1,
                title_zh="补偿",
                payer_id=WUJIANG,
                payee_id=JIASHAN,
                yearly_amount=1,
                from_year=YEAR,
                until_year=YEAR + 1,
                **self.by,
            )
            for n in numbers
        )
        CompensationAnswer.objects.bulk_create(
            CompensationAnswer(compensation=one, jurisdiction_id=code, confirms=True, **self.by)
            for one in made
            for code in (WUJIANG, JIASHAN)
        )
        self._settle([{"compensation": one} for one in made])

    def _settle(self, subjects: Sequence[dict[str, Any]]) -> None:
        paid = {"year": YEAR, "amount_due": 1, "amount_paid": 1, **self.by}
        made = Settlement.objects.bulk_create(Settlement(**one, **paid) for one in subjects)
        SettlementAnswer.objects.bulk_create(
            SettlementAnswer(settlement=one, confirms=True, **self.by) for one in made[::2]
        )

    def add_checks(self, numbers: Sequence[int]) -> None:
        """Checks of many years; the first one with many sections, figures, findings, reports."""
        made = HealthCheck.objects.bulk_create(
            HealthCheck(
                pk=n + 1,
                plan=self.plan,
                kind="yearly",
                year=n + 2000,
                due_at=self.now,
                **self.by,
            )
            for n in numbers
        )
        first = self.plan.health_checks.get(year=2000)
        counted = [(one, 1) for one in made if one != first]
        counted += [(first, n + 1) for n in numbers]
        sections = CheckSection.objects.bulk_create(
            CheckSection(health_check=one, number=n, title_zh="节", jurisdictions=[WUJIANG])
            for one, n in counted
        )
        SectionText.objects.bulk_create(
            SectionText(section=one, text_zh="文", **self.said) for one in sections
        )
        items = BorderItem.objects.bulk_create(
            BorderItem(
                health_check=one, number=n, title_zh="界", owner_id=WUJIANG, reader_id=JIASHAN
            )
            for one, n in counted
        )
        BorderFigure.objects.bulk_create(
            BorderFigure(item=one, jurisdiction_id=code, value="1", **self.by)
            for one in items
            for code in (WUJIANG, JIASHAN)
        )
        Finding.objects.bulk_create(
            Finding(health_check=one, number=n, title_zh="题", jurisdictions=[WUJIANG], **self.by)
            for one, n in counted
        )
        CheckReport.objects.bulk_create(
            CheckReport(
                health_check=one, number=n, content='{"parts": ""}', hash="sha256:1", **self.by
            )
            for one, n in counted
        )

    def add_meetings(self, numbers: Sequence[int]) -> None:
        """Meetings called and answered; the first with a long agenda, papers and minutes."""
        made = Meeting.objects.bulk_create(
            Meeting(
                plan=self.plan,
                number=n + 1,
                kind="joint",
                level="working",
                title_zh="会",
                starts_at=self.now - timedelta(hours=n + 1),
                ends_at=self.now,
                chair_id=QINGPU,
                created_at=self.now,
            )
            for n in numbers
        )
        MeetingGuest.objects.bulk_create(
            MeetingGuest(meeting=one, jurisdiction_id=code)
            for one in made
            for code in (QINGPU, WUJIANG)
        )
        first = self.plan.meetings.get(number=1)
        counted = [(one, 1) for one in made if one != first]
        counted += [(first, n + 1) for n in numbers]
        MeetingCall.objects.bulk_create(
            MeetingCall(meeting=one, number=1, content="{}", hash="sha256:1", **self.by)
            for one in made
        )
        Attendance.objects.bulk_create(
            Attendance(meeting=one, kind="attends", speaker=self.mandate, **self.said)
            for one, _n in counted
        )
        agenda = AgendaItem.objects.bulk_create(
            AgendaItem(meeting=one, position=n, source="other", title_zh="题", reporter_id=WUJIANG)
            for one, n in counted
        )
        Decision.objects.bulk_create(
            Decision(agenda_item=one, outcome="agreed", text_zh="定", **self.by) for one in agenda
        )
        MeetingPaper.objects.bulk_create(
            MeetingPaper(meeting=first, agenda_item=item, title="件", file=file, **self.by)
            for item, file in zip(agenda[-len(numbers) :], self.files, strict=False)
        )
        self._write_minutes(counted)

    def _write_minutes(self, counted: Sequence[tuple[Meeting, int]]) -> None:
        editions = MinutesEdition.objects.bulk_create(
            MinutesEdition(
                meeting=one, number=n, content='{"asked": []}', hash="sha256:1", **self.by
            )
            for one, n in counted
        )
        MinutesComment.objects.bulk_create(
            MinutesComment(edition=one, text="改", **self.said) for one in editions
        )
        MinutesConfirmation.objects.bulk_create(
            MinutesConfirmation(edition=one, confirms=True, **self.said) for one in editions
        )

    def add_changes(self, numbers: Sequence[int]) -> None:
        """Changes of the text in force, put to the parties and confirmed by one of them."""
        made = TextChange.objects.bulk_create(
            TextChange(
                plan=self.plan,
                number=n + 1,
                way=("correction", "adjustment", "amendment")[n % 3],
                items=[f"provision-{n}"],
                reason_zh="误",
                **self.said,
            )
            for n in numbers
        )
        TextChangeStep.objects.bulk_create(
            TextChangeStep(change=one, step=step, **self.said)
            for one in made
            for step in ("opened", "put_forward", "confirmed")
        )
