"""The plan at a glance: 41 jurisdictions, 60 indicators read over 15 years, 500 projects.

Its counts, all read at once with everything else of the page, against the counts of indicators and
projects alone by the usual loop, a query per indicator and per project, which must say the same.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.db import connection

from consult.dashboard.counts import worst
from consult.dashboard.queries import glance_of
from consult.phase4_implementation.models import Reading, StatusReport
from consult.phase4_implementation.queries import indicators_of
from consult.phase4_implementation.standings import standing_of
from plans.projects.models import Project, ProjectParty
from plans.register.enums import Stage
from plans.register.steps import Place, create_item, publish_revision
from stakeholders.people.queries import actor_of
from stakeholders.terms.actor import Actor
from tests.bench.harness import Result, compare
from tests.bench.matrix import Bench

INDICATORS, YEARS, PROJECTS, PARTIES = 60, range(2021, 2036), 500, 41
WORDS = ("on_time", "at_risk", "late", "done")
ROUNDS = 7


class Plans:
    """The matrix's plan with its parties, brought to phase 4."""

    def __init__(self, indicators: int = INDICATORS, projects: int = PROJECTS) -> None:
        self.indicators, self.projects = indicators, projects
        self.bench = Bench(items=200 * projects // PROJECTS, parties=PARTIES)
        self.plan = self.bench.plan
        self.actor: Actor = actor_of(self.bench.mandate)
        self._indicators()
        self._projects()
        self.plan.phase = 4
        self.plan.save()
        self.plan.refresh_from_db()

    def _indicators(self) -> None:
        shares = dict.fromkeys(self.bench.codes, "10.00")
        content = {
            "name": {"zh": "耕地保有量", "en": "Farmland"},
            "unit": "km2",
            "direction": "up",
            "aggregation": "sum",
            "target": "410.00",
            "thresholds": {"warning": "405.00", "limit": "400.00"},
            "allocations": shares,
        }
        items = [
            create_item(
                plan=self.plan,
                key=f"indicator-{number}",
                kind="indicator",
                content=content,
                strength="binding",
                concerned=self.bench.codes,
                actor=self.actor,
            )
            for number in range(self.indicators)
        ]
        publish_revision(
            plan=self.plan,
            actor=self.actor,
            stage=Stage.APPROVED,
            headings=[],
            places=[Place(item=one, number=f"I{n}") for n, one in enumerate(items, 1)],
            changes={},
            charter_version="1",
        )
        Reading.objects.bulk_create(
            (
                Reading(
                    item=item,
                    jurisdiction_id=code,
                    period=str(year),
                    value=Decimal(self.bench.chance.randrange(960, 1040)) / 100,
                    evidence="变更调查",
                    mandate=self.bench.mandate,
                    at=self.bench.now,
                )
                for item in items
                for code in self.bench.codes
                for year in YEARS
            ),
            batch_size=5_000,
        )

    def _projects(self) -> None:
        chance, codes = self.bench.chance, self.bench.codes
        projects = Project.objects.bulk_create(
            Project(
                plan=self.plan,
                key=f"PJ{number:03}",
                name_zh="项目",
                theme="transport",
                year_from=2026,
                year_until=2030,
                created_at=self.bench.now,
            )
            for number in range(self.projects)
        )
        sides = [(one, code) for one in projects for code in chance.sample(codes, 3)]
        ProjectParty.objects.bulk_create(
            ProjectParty(project=one, jurisdiction_id=code, role="partner") for one, code in sides
        )
        StatusReport.objects.bulk_create(
            StatusReport(
                project=one,
                jurisdiction_id=code,
                progress=chance.choice(WORDS),
                mandate=self.bench.mandate,
                at=self.bench.now,
            )
            for one, code in sides * 4
        )

    def at_once(self) -> object:
        found = glance_of(actor=self.actor, plan=self.plan)
        return sorted(found.indicators.items()), sorted(found.projects.items())

    def one_by_one(self) -> object:
        indicators: Counter[str] = Counter()
        for one in indicators_of(self.plan):
            newest = {}
            for row in Reading.objects.filter(item=one.item_id).order_by("period", "pk"):
                newest[row.jurisdiction_id] = (row.jurisdiction_id, row.period, row.value)
            indicators[standing_of(one, rows=list(newest.values()), units={}).state] += 1
        projects: Counter[str | None] = Counter()
        for project in Project.objects.filter(plan=self.plan):
            said = {
                one.jurisdiction_id: one.progress
                for one in project.reports.filter(milestone=None).order_by("pk")
            }
            projects[worst(said.values())] += 1
        return sorted(indicators.items()), sorted(projects.items())


def run() -> Iterator[Result]:
    for share in (10, 1):
        plans = Plans(INDICATORS // share, PROJECTS // share)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        ways = {"at once": plans.at_once, "one by one": plans.one_by_one}
        size = plans.indicators * PARTIES * len(YEARS)
        yield compare(case="plan at a glance", size=size, ways=ways, rounds=ROUNDS)
