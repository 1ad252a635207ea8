"""What a page shows side by side: the parties' reports on a project.

Pure: made of rows that the queries have read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.rollup import rolled_up
from plans.projects.models import Milestone, Project
from stakeholders.jurisdictions.models import Jurisdiction

WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one party says; None: nothing yet."""

    jurisdiction: Jurisdiction
    report: StatusReport | None


def differ(sides: Sequence[Side]) -> bool:
    """Whether the parties' newest reports contradict each other."""
    return len({one.report.progress for one in sides if one.report}) > 1


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone with the reports on it."""

    milestone: Milestone
    sides: list[Side]

    @property
    def owners_report(self) -> StatusReport | None:
        """The report that counts for the roll-up: the responsible unit's own."""
        found = [s.report for s in self.sides if s.jurisdiction.pk == self.milestone.owner_id]
        return found[0] if found else None

    @property
    def share_done(self) -> Decimal:
        """Between 0 and 100."""
        report = self.owners_report
        if report is None:
            return Decimal(0)
        return WHOLE if report.progress == Progress.DONE else Decimal(report.percent or 0)

    @property
    def is_disputed(self) -> bool:
        return differ(self.sides)


@dataclass(frozen=True, kw_only=True)
class Board:
    """A project with its parties' reports, as a whole and by milestone."""

    project: Project
    sides: list[Side]
    steps: list[Step]

    @property
    def is_disputed(self) -> bool:
        return differ(self.sides)

    @property
    def percent(self) -> Decimal | None:
        """How much is done: milestones by weight, those in work by their reported part. None while
        the weights are not exactly 100 %."""
        return rolled_up((s.milestone.weight, s.share_done) for s in self.steps)

    @property
    def weight(self) -> Decimal:
        return sum((s.milestone.weight for s in self.steps), Decimal(0))

    @property
    def shown_percent(self) -> Decimal | None:
        """To one place, cut and not rounded, so that nothing unfinished reads 100."""
        found = self.percent
        return None if found is None else found.quantize(Decimal("0.1"), rounding=ROUND_DOWN)

    @property
    def blockages(self) -> list[StatusReport]:
        """The newest reports that name a blockage: on the project, then on its milestones."""
        sides = [*self.sides, *(side for step in self.steps for side in step.sides)]
        return [one.report for one in sides if one.report and one.report.is_blocked]

    @property
    def steps_done(self) -> int:
        return sum(step.share_done == WHOLE for step in self.steps)
