"""What a page shows side by side: the parties' reports on a project, the readings of an indicator.

Pure: made of rows that the queries have read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from consult.phase4_implementation import sparkline
from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.models import Reading, StatusReport
from consult.phase4_implementation.thresholds import Thresholds
from plans.indicators.enums import Direction
from plans.projects.models import Milestone, Project
from stakeholders.jurisdictions.models import Jurisdiction

WHOLE = Decimal(100)
LAST_PERIODS = 12


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
    def percent(self) -> Decimal:
        """How much is done: milestones by weight, those in work by their reported part."""
        done = sum((s.milestone.weight * s.share_done for s in self.steps), Decimal(0))
        return round(done / WHOLE, 1)

    @property
    def steps_done(self) -> int:
        return sum(step.share_done == WHOLE for step in self.steps)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator as the text in force words it."""

    item_id: int
    key: str
    number: str
    name_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    concerned: tuple[str, ...]
    version_hash: str
    thresholds: Thresholds


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The readings of one unit (None: the whole area) by period; `None` where it gave none."""

    unit: Jurisdiction | None
    readings: list[Reading | None]

    @property
    def newest(self) -> Reading | None:
        return next((one for one in reversed(self.readings) if one), None)


@dataclass(frozen=True, kw_only=True)
class Series:
    """An indicator with its readings: periods across, units down."""

    indicator: Indicator
    periods: list[str]
    cells: list[Cell]

    @classmethod
    def of(
        cls,
        indicator: Indicator,
        *,
        readings: Sequence[Reading],
        units: Mapping[str, Jurisdiction],
    ) -> "Series":
        found = {(one.jurisdiction_id, one.period): one for one in readings}
        periods = sorted({one.period for one in readings})
        codes: list[str | None] = [*sorted(indicator.concerned), None]
        known = {one.jurisdiction_id: one.jurisdiction for one in readings}
        codes += sorted(c for c in known if c is not None and c not in indicator.concerned)
        return cls(
            indicator=indicator,
            periods=periods,
            cells=[
                Cell(
                    unit=units.get(code, known.get(code)) if code else None,
                    readings=[found.get((code, period)) for period in periods],
                )
                for code in codes
            ],
        )

    @property
    def line(self) -> list[tuple[str, Decimal]]:
        """Period and value that the thresholds are tested on: the whole area's reading, or else
        the worst of the parties where each of them is tested."""
        down = self.indicator.thresholds.direction is Direction.DOWN
        found = []
        for place, period in enumerate(self.periods):
            whole = [c.readings[place] for c in self.cells if c.unit is None]
            parties = [c.readings[place] for c in self.cells if c.unit is not None]
            values = [one.value for one in whole if one]
            if not values and self.indicator.thresholds.is_for_parties:
                values = [one.value for one in parties if one]
            if values:
                found.append((period, max(values) if down else min(values)))
        return found[-LAST_PERIODS:]

    @property
    def drawing(self) -> sparkline.Sparkline | None:
        return self._draw(width=120, height=32)

    @property
    def chart(self) -> sparkline.Sparkline | None:
        return self._draw(width=480, height=120)

    def _draw(self, *, width: int, height: int) -> sparkline.Sparkline | None:
        limits = self.indicator.thresholds
        return sparkline.draw(
            [value for _period, value in self.line],
            rules=[("warning", limits.warning), ("limit", limits.limit)],
            width=width,
            height=height,
        )

    @property
    def standing(self) -> list[Reading]:
        """The newest readings that lie beyond a threshold now."""
        newest = [cell.newest for cell in self.cells]
        return [one for one in newest if one is not None and hasattr(one, "warning")]
