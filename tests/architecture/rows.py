"""Many rows for every list, put in at once: no acts, no record, for measuring what reading costs."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from consult.demands.models import (
    DemandHandIn,
    DemandSorting,
    ListedDemand,
    SortingAnswer,
)
from consult.matters.models import Matter, MatterMove, Stand
from consult.phase1_organization.models import Charter, Invitation
from consult.phase2_preparation.models import (
    ChangeReason,
    Comment,
    CommentDraft,
    Reply,
    Round,
    RoundExtension,
    RoundInvitee,
    SheetImport,
)
from consult.phase4_implementation.models import Reading, StatusReport, ThresholdWarning
from plans.indicators.measure import Measure
from plans.indicators.models import Definition
from plans.projects.models import Milestone, Project
from plans.register.manifest import version_content
from plans.register.models import (
    Attachment,
    DraftSave,
    Item,
    ItemDraft,
    ItemVersion,
    Plan,
    PlanGrant,
    Revision,
    RevisionItem,
    TransmissionAnswer,
    UpperRequirement,
)
from plans.text.models import (
    Amendment,
    Chapter,
    ClaimConfirmation,
    DefinedTerm,
    EditorialClaim,
    InternalNote,
    NoteResolution,
    Provision,
    Standard,
    TextImport,
)
from stakeholders.access.models import Permission, RoleGroup
from stakeholders.files.models import StoredFile
from stakeholders.jobs.models import Job
from stakeholders.jurisdictions.models import (
    Adjacency,
    Delivery,
    FormerName,
    Jurisdiction,
    Region,
    RegionMember,
    Succession,
    WorkdayOverride,
)
from stakeholders.notices.models import Notice
from stakeholders.people.models import AccountInvitation, Mandate, Organization, SecondFactorReset
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from tests.architecture.rows_holders import HolderRows
from tests.architecture.rows_implementation import ImplementationRows
from tests.architecture.rows_preparation import PreparationRows
from tests.consult.phase4_implementation.ground import Ground
from tests.databases import analyze
from tests.plans.text.standards import SETBACK
from tests.world import QINGPU, WUJIANG, person

MEASURE = Measure(name_zh="锑", unit="μg/L", direction="down", aggregation="worst").content()


class Rows:
    """Adds rows numbered `numbers` to every list at once."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.plan, self.world = ground, ground.plan, ground.world
        self.mandate = ground.world.mandate(WUJIANG, Role.CONTACT_POINT)
        self.office = ground.world.mandate(QINGPU, Role.COORDINATOR, plan_key="QWJ")
        self.now = clock.now()

    def add(self, numbers: range) -> None:
        self.add_plans(numbers)
        self.add_units(numbers)
        self.add_past(numbers)
        self.add_people(numbers)
        self.add_items(numbers)
        self.add_drafting(numbers)
        self.add_files_of_the_plan(numbers)
        self.add_claims(numbers)
        self.add_revisions(numbers)
        self.add_projects(numbers)
        self.add_preparation(numbers)
        self.add_matters(numbers)
        PreparationRows(plan=self.plan, mandate=self.mandate, now=self.now).add(numbers)
        self.add_demands(numbers)
        self.add_reports(numbers)
        ImplementationRows(plan=self.plan, mandate=self.mandate, now=self.now).add(numbers)
        self.add_jobs(numbers)
        HolderRows(plan=self.plan, mandate=self.mandate, now=self.now).add(numbers)
        analyze()

    def add_jobs(self, numbers: Iterable[int]) -> None:
        texts = {"kind": "test", "title_zh": "任务", "title_en": "job", "arguments": "{}"}
        by = {"user_id": self.mandate.user_id, "created_at": self.now}
        jobs = Job.objects.bulk_create(Job(**texts, **by) for _n in numbers)
        kept = {"name": "t.csv", "size": 1, "sha256": "0", "media_type": "text/csv"}
        uploaded = {"uploaded_by_id": self.mandate.user_id, "uploaded_at": self.now}
        files = StoredFile.objects.bulk_create(StoredFile(**kept, **uploaded) for _job in jobs)
        Delivery.objects.bulk_create(
            Delivery(
                table="mandates",
                file=file,
                uploaded_by_id=self.mandate.user_id,
                uploaded_at=self.now,
                check_job=job,
            )
            for job, file in zip(jobs, files, strict=True)
        )

    def add_plans(self, numbers: Iterable[int]) -> None:
        values = {
            "kind": "detailed",
            "parent": self.plan,
            "horizon_from": 2026,
            "horizon_until": 2035,
        }
        made = Plan.objects.bulk_create(
            Plan(key=f"plan-{n}", title_zh="规划", short_zh="规划", created_at=self.now, **values)
            for n in numbers
        )
        group = RoleGroup.objects.get(holder=WUJIANG, role="contact_point").group
        view = Permission.objects.get(codename="view_plan", content_type__app_label="plans")
        PlanGrant.objects.bulk_create(
            PlanGrant(group=group, permission=view, content_object=plan) for plan in made
        )

    def add_drafting(self, numbers: Iterable[int]) -> None:
        """Notes and saves of one provision, each save by the same mandate."""
        item = self.plan.items.get(key="provision-0")
        by = {"at": self.now, "mandate_id": self.mandate.pk}
        notes = InternalNote.objects.bulk_create(
            InternalNote(item=item, holder=WUJIANG, text="备注", **by) for _n in numbers
        )
        NoteResolution.objects.bulk_create(NoteResolution(note=one, **by) for one in notes[::2])
        DraftSave.objects.bulk_create(
            DraftSave(
                item=item,
                edits=n + 2,
                content=item.draft.content,
                strength="binding",
                competence="county",
                is_given=False,
                concerned=[WUJIANG],
                is_removed=False,
                **by,
            )
            for n in numbers
        )

    def add_files_of_the_plan(self, numbers: Iterable[int]) -> None:
        """Attachments of the plan and of one provision, and files read for the text."""
        uploaded = {"uploaded_by_id": self.mandate.user_id, "uploaded_at": self.now}
        kept = {"name": "a.pdf", "size": 1, "sha256": "1", "media_type": "application/pdf"}
        files = StoredFile.objects.bulk_create(StoredFile(**kept, **uploaded) for _n in numbers)
        item = self.plan.items.get(key="provision-0")
        Attachment.objects.bulk_create(
            Attachment(
                plan=self.plan,
                item=one,
                purpose="attachment",
                title_zh="附件",
                file=file,
                added_mandate_id=self.mandate.pk,
                added_at=self.now,
            )
            for file in files
            for one in (None, item)
        )
        TextImport.objects.bulk_create(
            TextImport(
                plan=self.plan,
                file=file,
                user_id=self.mandate.user_id,
                created_at=self.now,
                parsed={"rows": [], "findings": [], "title_zh": "", "title_en": ""},
            )
            for file in files
        )

    def add_claims(self, numbers: Iterable[int]) -> None:
        """Editorial claims on provisions, each confirmed by another party; and defined terms."""
        keys = [f"provision-{n}" for n in numbers]
        drafts = ItemDraft.objects.filter(item__plan=self.plan, item__key__in=keys)
        drafts.update(change_claim="editorial")
        by = {"mandate": self.mandate, "at": self.now}
        versions = {v.item_id: v for v in ItemVersion.objects.filter(item__key__in=keys)}
        claims = EditorialClaim.objects.bulk_create(
            EditorialClaim(
                item=draft.item,
                base=versions[draft.item_id],
                hash=canonical.digest_of(version_content(draft)),
                jurisdiction_id=WUJIANG,
                **by,
            )
            for draft in drafts.select_related("item")
        )
        ClaimConfirmation.objects.bulk_create(
            ClaimConfirmation(claim=claim, jurisdiction_id=QINGPU, verdict="confirmed", **by)
            for claim in claims
        )
        DefinedTerm.objects.bulk_create(
            DefinedTerm(plan=self.plan, term_zh=f"术语{n}", definition_zh="含义", added_at=self.now)
            for n in numbers
        )

    def add_units(self, numbers: Iterable[int]) -> None:
        names = {"name_zh": "县", "name_en": "County", "short_zh": "县", "short_en": "County"}
        units = Jurisdiction.objects.bulk_create(
            Jurisdiction(
                code=f"9{n:05}",
                name_en_unique=f"County {n}",
                type_zh="县",
                type_en="County",
                level="county",
                parent_id="320500",
                path=f"100000/320000/320500/9{n:05}/",
                **names,
            )
            for n in numbers
        )
        Adjacency.objects.bulk_create(
            Adjacency(a_id=WUJIANG, b=unit, level="county", relation="border", source="test")
            for unit in units
        )
        regions = Region.objects.bulk_create(
            Region(
                key=f"R{n}",
                year=2000 + n % 20,
                name_zh="区",
                name_en="Region",
                kind="plan area",
                source="test",
            )
            for n in numbers
        )
        first = Region.objects.get(key="R0")
        RegionMember.objects.bulk_create(
            RegionMember(
                region=region, code=unit.code, jurisdiction=unit, role="member", source="test"
            )
            for region, unit in zip([first] * len(units), units, strict=True)
        )
        RegionMember.objects.bulk_create(
            RegionMember(
                region=region, code=WUJIANG, jurisdiction_id=WUJIANG, role="member", source="test"
            )
            for region in regions
        )

    def add_past(self, numbers: Iterable[int]) -> None:
        """Former names of the units of `add_units`, one succession each, and moved days."""
        day, names = date(2020, 1, 1), {"name_zh": "旧县", "name_en": "Old", "short_zh": "旧"}
        codes = [f"9{n:05}" for n in numbers]
        FormerName.objects.bulk_create(
            FormerName(jurisdiction_id=code, valid_until=day, document="x", **names)
            for code in codes
        )
        Succession.objects.bulk_create(
            Succession(
                predecessor_id=code, successor_id=WUJIANG, kind="merged", day=day, document="x"
            )
            for code in codes
        )
        WorkdayOverride.objects.bulk_create(
            WorkdayOverride(
                day=date(2026, 1, 1) + timedelta(days=n % 365),
                name_zh="休",
                effective_from=day,
                entered_at=self.now,
            )
            for n in numbers
        )

    def add_people(self, numbers: Iterable[int]) -> None:
        Notice.objects.bulk_create(
            Notice(
                user=self.mandate.user,
                kind="test",
                title_zh="通知",
                title_en="Notice",
                url="/",
                key=f"n{n}",
                plan_key="QWJ",
                created_at=self.now,
            )
            for n in numbers
        )
        StoredFile.objects.bulk_create(
            StoredFile(
                sha256=f"{n:064x}",
                name=f"file {n}.txt",
                media_type="text/plain",
                size=1,
                uploaded_by=self.mandate.user,
                uploaded_at=self.now,
            )
            for n in numbers
        )
        others = [person(f"other{n}@x.example", f"other {n}") for n in range(3)]
        Organization.objects.bulk_create(
            Organization(key=f"row-{i}", name_zh="机构", kind="government") for i in numbers
        )
        Mandate.objects.bulk_create(
            Mandate(
                user=others[n % 3],
                jurisdiction_id=WUJIANG,
                role="planner",
                document="test",
                valid_from=self.now - timedelta(days=1),
                granted_by=self.world.administrator,
            )
            for n in numbers
        )
        fresh = list(Mandate.objects.order_by("-pk")[: len(list(numbers))])
        AccountInvitation.objects.bulk_create(
            AccountInvitation(
                user_id=mandate.user_id,
                email="other@x.example",
                mandate=mandate,
                invited_by=self.world.administrator,
                created_at=self.now,
                expires_at=self.now + timedelta(days=1),
            )
            for mandate in fresh
        )
        SecondFactorReset.objects.bulk_create(
            SecondFactorReset(
                user=others[n % 3],
                reason="test",
                asked_by=self.world.administrator,
                asked_at=self.now,
            )
            for n in numbers
        )
        coordinator = self.world.mandate(QINGPU, Role.COORDINATOR, plan_key="QWJ")
        Invitation.objects.bulk_create(
            Invitation(
                plan=self.plan,
                jurisdiction_id=WUJIANG,
                role="neighbour",
                invited_at=self.now,
                answer_by=self.now,
                mandate=coordinator,
            )
            for _n in numbers
        )
        charter = self.plan.charters.get(number=1)
        Charter.objects.bulk_create(
            Charter(
                plan=self.plan,
                number=n + 2,
                text=charter.text,
                hash=f"sha256:{n}",
                mandate=coordinator,
                proposed_at=self.now,
            )
            for n in numbers
        )

    def add_items(self, numbers: Iterable[int]) -> None:
        chapters = Chapter.objects.bulk_create(
            Chapter(plan=self.plan, key=f"c{n}", position=n, title_zh="章", drafting=[WUJIANG])
            for n in numbers
        )
        content = {"title": {"zh": "题", "en": ""}, "text": {"zh": "文", "en": ""}}
        provisions = self.items("provision", content, numbers)
        Provision.objects.bulk_create(
            Provision(item=item, chapter=chapter, position=1)
            for item, chapter in zip(provisions, chapters, strict=True)
        )
        texts = {"title_zh": "题", "text_zh": "改", "reason": "因", "at": self.now}
        base = {"title_zh": "题", "title_en": "", "text_zh": "文", "text_en": ""}
        taken = Amendment.objects.filter(plan=self.plan).count()
        Amendment.objects.bulk_create(
            Amendment(
                plan=self.plan,
                number=taken + n,
                item=item,
                base=base,
                jurisdiction_id=WUJIANG,
                mandate=self.mandate,
                **texts,
            )
            for n, item in enumerate(provisions, start=1)
        )
        indicators = self.items("indicator", MEASURE, numbers)
        Definition.objects.bulk_create(
            Definition(item=item, position=n) for n, item in enumerate(indicators)
        )
        standards = self.items("standard", SETBACK.content(), numbers)
        Standard.objects.bulk_create(
            Standard(item=item, position=n) for n, item in enumerate(standards)
        )

    def items(self, kind: str, content: dict[str, object], numbers: Iterable[int]) -> list[Item]:
        made = Item.objects.bulk_create(
            Item(plan=self.plan, key=f"{kind}-{n}", kind=kind, created_at=self.now) for n in numbers
        )
        common = {"strength": "binding", "concerned": [WUJIANG]}
        ItemDraft.objects.bulk_create(
            ItemDraft(item=item, content=content, edited_at=self.now, **common) for item in made
        )
        versions = ItemVersion.objects.bulk_create(
            ItemVersion(
                item=item,
                content=json.dumps({"key": item.key, "kind": kind, "content": content, **common}),
                competence="county",
                hash=f"sha256:{item.pk}",
                created_at=self.now,
                **common,
            )
            for item in made
        )
        second = self.plan.revisions.get(number=2)
        RevisionItem.objects.bulk_create(
            RevisionItem(
                revision=second,
                item=version.item,
                version=version,
                position=version.item_id,
                number="1",
                change="text",
            )
            for version in versions
        )
        return made

    def add_revisions(self, numbers: Iterable[int]) -> None:
        first = self.plan.revisions.get(number=1)
        Revision.objects.bulk_create(
            Revision(
                plan=self.plan,
                number=n + 3,
                stage=first.stage,
                manifest=first.manifest,
                hash=f"sha256:{n}",
                published_at=self.now,
            )
            for n in numbers
        )

    def add_projects(self, numbers: Iterable[int]) -> None:
        Project.objects.bulk_create(
            Project(
                plan=self.plan,
                key=f"P{n}",
                name_zh="项目",
                theme="water",
                year_from=2026,
                year_until=2027,
                created_at=self.now,
            )
            for n in numbers
        )
        Milestone.objects.bulk_create(
            Milestone(
                project=self.ground.project,
                number=n + 100,
                title_zh="节点",
                owner_id=WUJIANG,
                due_on=self.now.date(),
                weight=Decimal("0.01"),
            )
            for n in numbers
        )

    def add_preparation(self, numbers: Iterable[int]) -> None:
        Round.objects.bulk_create(
            Round(
                plan=self.plan,
                revision=self.plan.revisions.get(number=2),
                number=n + 1,
                opens_at=self.now,
                closes_at=self.now + timedelta(days=9),
                closes_on=self.now.date(),
                closes_hour=self.now.time(),
                zone="Asia/Shanghai",
            )
            for n in numbers
        )
        one = self.plan.rounds.get(number=1)
        RoundInvitee.objects.get_or_create(round=one, jurisdiction_id=WUJIANG)
        SheetImport.objects.bulk_create(
            SheetImport(
                round=one,
                jurisdiction_id=WUJIANG,
                file=StoredFile.objects.filter(plan_key="").first(),
                user_id=self.mandate.user_id,
                created_at=self.now,
                parsed={},
            )
            for _n in numbers
        )
        version = self.plan.items.get(key="provision-0").versions.get()
        said = {"item": version.item, "type": "general", "text_zh": "意见"}
        CommentDraft.objects.bulk_create(
            CommentDraft(
                round=one,
                jurisdiction_id=WUJIANG,
                author=self.mandate,
                state=("shared", "cleared")[n % 2],
                edited_at=self.now,
                **said,
            )
            for n in numbers
        )
        RoundExtension.objects.bulk_create(
            RoundExtension(
                round=one,
                from_at=self.now,
                to_at=self.now + timedelta(days=n + 1),
                reason="延期",
                mandate=self.mandate,
                at=self.now,
            )
            for n in numbers
        )
        reply, _new = Reply.objects.get_or_create(
            round=one,
            jurisdiction_id=WUJIANG,
            defaults={"mandate": self.mandate, "nonce": "0", "at": self.now - timedelta(days=1)},
        )
        Comment.objects.bulk_create(
            Comment(
                reply=reply,
                plan=self.plan,
                number=n + 1,
                jurisdiction_id=WUJIANG,
                version=version,
                **said,
            )
            for n in numbers
        )
        ChangeReason.objects.bulk_create(
            ChangeReason(
                plan=self.plan, item=version.item, note="会议", mandate=self.mandate, at=self.now
            )
            for _n in numbers
        )

    def add_matters(self, numbers: Iterable[int]) -> None:
        made = Matter.objects.bulk_create(
            Matter(plan=plan, key=f"M{n}", title_zh="事项", opened_at=self.now)
            for n in numbers
            for plan in (self.plan, None)
        )
        through = Matter.jurisdictions.through
        through.objects.bulk_create(
            through(matter=matter, jurisdiction_id=code)
            for matter in made
            for code in (QINGPU, WUJIANG)
        )
        first = Matter.objects.get(plan=self.plan, key="M0")
        by = {"matter": first, "mandate": self.mandate, "at": self.now}
        Stand.objects.bulk_create(
            Stand(jurisdiction_id=WUJIANG, value="agree", **by) for _n in numbers
        )
        MatterMove.objects.bulk_create(
            MatterMove(kind="raise", level="working", **by) for _n in numbers
        )

    def add_demands(self, numbers: Iterable[int]) -> None:
        """Demands of one list, each sorted and answered; requirements of an upper plan, answered."""
        by = {"mandate": self.mandate, "at": self.now}
        given = DemandHandIn.objects.create(plan=self.plan, jurisdiction_id=WUJIANG, **by)
        demands = ListedDemand.objects.bulk_create(
            ListedDemand(
                plan=self.plan,
                jurisdiction_id=WUJIANG,
                number=n + 1,
                title_zh="诉求",
                kind="local",
                theme="water",
                hand_in=given,
                edited_at=self.now,
            )
            for n in numbers
        )
        sortings = DemandSorting.objects.bulk_create(
            DemandSorting(demand=one, sorted_as="not_here", reason="否", **by) for one in demands
        )
        SortingAnswer.objects.bulk_create(
            SortingAnswer(sorting=one, value="accepted", **by) for one in sortings
        )
        texts = {"title_zh": "耕地", "source": "文", "edited_at": self.now}
        required = UpperRequirement.objects.bulk_create(
            UpperRequirement(plan=self.plan, number=n + 1, **texts) for n in numbers
        )
        TransmissionAnswer.objects.bulk_create(
            TransmissionAnswer(
                plan=self.plan, requirement=one, wording=one.wording, value="adopted", **by
            )
            for one in required
        )

    def add_reports(self, numbers: Iterable[int]) -> None:
        by = {"jurisdiction_id": WUJIANG, "mandate": self.mandate, "at": self.now}
        StatusReport.objects.bulk_create(
            StatusReport(project=self.ground.project, progress="late", **by) for _n in numbers
        )
        readings = Reading.objects.bulk_create(
            Reading(
                item=self.plan.items.get(key="antimony"),
                period=f"{n + 1000}",
                value=Decimal("4.5"),
                evidence="test",
                **by,
            )
            for n in numbers
        )
        ThresholdWarning.objects.bulk_create(
            ThresholdWarning(reading=one, level="warning", threshold="4.0", at=self.now)
            for one in readings
        )
