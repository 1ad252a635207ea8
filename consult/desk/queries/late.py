"""Who is late on a plan: holders by the parts of the work, filtered and sorted, with sums."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from consult.desk.kinds import DutyGroup, group_of, label_of
from consult.desk.lines import Line
from consult.desk.queries.reminded import Reminded
from consult.desk.queries.standings import Standing, standings_of
from plans.register.models import Plan
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.workdays import next_workday


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What of the table is wanted; empty is all. `sort`: `unit`, `open` or `overdue`, `-` falling."""

    unit: str = ""
    group: str = ""
    kind: str = ""
    is_overdue: bool = False
    sort: str = "unit"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How much is open, and overdue, of one part of the work."""

    group: str
    label: Text
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, kw_only=True)
class LateLine:
    """One duty of the table, and when its holder was last reminded of it."""

    line: Line
    reminded: Reminded | None = None

    @property
    def kind(self) -> Text:
        return label_of(self.line.duty.kind)

    @property
    def is_nudged(self) -> bool:
        """Whether it was reminded of by hand on this working day."""
        at = self.reminded.nudged_at if self.reminded else None
        return at is not None and self._workday(at) == self._workday(self.line.now)

    @property
    def can_nudge(self) -> bool:
        """Whether it can be reminded of by hand now: a secret one never, as that is on record."""
        return self.line.duty.secret_of is None and not self.is_nudged

    def _workday(self, at: datetime) -> date:
        return next_workday(timezone.localtime(at).date(), self.line.calendar)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One holder with its cells, in the order of the columns, and its lines."""

    standing: Standing
    cells: Sequence[Cell]
    lines: Sequence[LateLine]

    @property
    def to_nudge(self) -> int:
        """How many overdue duties can be reminded of now; of one's own office none."""
        if self.standing.is_office:
            return 0
        return sum(one.line.is_overdue and one.can_nudge for one in self.lines)


@dataclass(frozen=True, kw_only=True)
class LateTable:
    """The holders that fit; `columns` are the sums of each part of the work.

    `units` and `kinds` are what can be asked for: every holder, and the kinds that are open.
    """

    rows: Sequence[Row] = ()
    columns: Sequence[Cell] = ()
    units: Sequence[Standing] = ()
    kinds: Sequence[str] = ()

    @property
    def open(self) -> int:
        return sum(cell.open for cell in self.columns)

    @property
    def overdue(self) -> int:
        return sum(cell.overdue for cell in self.columns)

    def etag(self, *, also: Iterable[object] = ()) -> str:
        """Changes when anything that the table shows changes; `also` is what it depends on besides."""
        shown = [
            [row.standing.code, str(row.standing.unit), *[_seen(one) for one in row.lines]]
            for row in self.rows
        ]
        return f'"{canonical.digest_of([shown, [str(one) for one in also]])}"'


def late_table(*, plan: Plan, actor: Actor, now: datetime, asked: Asked) -> LateTable:
    """The holders of a plan with what they owe, as `asked`. A constant number of queries.

    Without what the actor may not learn of. The caller has asked `require_oversight`.
    """
    every = standings_of(plan=plan, actor=actor, now=now, with_reminders=True)
    fitting = [_fitting(standing, asked) for standing in every]
    is_narrow = bool(asked.group or asked.kind or asked.is_overdue)
    chosen = [
        one for one in fitting if asked.unit in ("", one.code) and (one.lines or not is_narrow)
    ]
    shown = _groups_of(chosen)
    return LateTable(
        rows=[_row(one, shown) for one in _sorted(chosen, asked)],
        columns=_cells([line for one in chosen for line in one.lines], shown),
        units=every,
        kinds=sorted({line.duty.kind for one in every for line in one.lines}),
    )


def _fitting(standing: Standing, asked: Asked) -> Standing:
    lines = [
        line
        for line in standing.lines
        if asked.group in ("", group_of(line.duty.kind))
        and asked.kind in ("", line.duty.kind)
        and (line.is_overdue or not asked.is_overdue)
    ]
    return replace(standing, lines=lines)


def _groups_of(standings: Iterable[Standing]) -> list[DutyGroup]:
    """The parts of the work in which something is open, in their order."""
    found = {group_of(line.duty.kind) for one in standings for line in one.lines}
    return [group for group in DutyGroup if group in found]


def _cells(lines: Iterable[Line], groups: Iterable[DutyGroup]) -> list[Cell]:
    opened: Counter[DutyGroup] = Counter()
    overdue: Counter[DutyGroup] = Counter()
    for line in lines:
        group = group_of(line.duty.kind)
        opened[group] += 1
        overdue[group] += line.is_overdue
    return [
        Cell(group=one, label=one.label, open=opened[one], overdue=overdue[one]) for one in groups
    ]


def _sorted(standings: Sequence[Standing], asked: Asked) -> list[Standing]:
    """By code as they come; by figures the same order breaks ties."""
    name = asked.sort.removeprefix("-")
    is_falling = asked.sort.startswith("-")
    if name == "unit":
        return list(reversed(standings)) if is_falling else list(standings)
    sign = -1 if is_falling else 1
    return sorted(
        standings, key=lambda one: sign * (one.overdue if name == "overdue" else one.open)
    )


def _row(standing: Standing, groups: Iterable[DutyGroup]) -> Row:
    lines = [
        LateLine(line=line, reminded=standing.reminded.get(line.duty.key))
        for line in standing.lines
    ]
    return Row(standing=standing, cells=_cells(standing.lines, groups), lines=lines)


def _seen(one: LateLine) -> list[object]:
    """What the reader sees of a line."""
    line, reminded = one.line, one.reminded
    told = [reminded.last_at, reminded.nudged_at, reminded.step] if reminded else []
    figures = [line.days_left, line.days_overdue, one.is_nudged]
    return [line.duty.key, str(line.title), line.due_label, *figures, *told]
