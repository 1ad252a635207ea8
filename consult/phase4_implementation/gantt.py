"""The projects of a plan along time, as SVG coordinates: bars, milestones, what waits for what. Pure:
made of rows that the queries have read. A place is a whole number of pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.phase4_implementation.board import Board, Step
from plans.projects.queries import Row

LABELS, WIDTH, LINE, TOP = 240, 1000, 26, 34
RIGHT = 20
MONTHS, QUARTERS = 18, 84
BAR = 12


@dataclass(frozen=True, kw_only=True)
class Tick:
    """The beginning of a month, a quarter or a year."""

    x: int
    label: str
    is_year: bool


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A milestone; `first_x` is where it was first due, None where that did not move."""

    row: Row
    step: Step
    x: int
    y: int
    first_x: int | None
    state: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A project from its first to its last year; `done_width` is the part done."""

    board: Board
    x: int
    y: int
    width: int
    done_width: int
    state: str
    marks: list[Mark]


@dataclass(frozen=True, kw_only=True)
class Link:
    """From the milestone that comes first to the one that waits for it."""

    points: str
    name: str
    is_too_early: bool


@dataclass(frozen=True, kw_only=True)
class Chart:
    height: int
    ticks: list[Tick]
    today_x: int | None
    bars: list[Bar]
    links: list[Link]
    width: int = WIDTH
    labels: int = LABELS
    top: int = TOP


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Days as places on the axis."""

    first: date
    last: date

    def x(self, day: date) -> int:
        span = (self.last - self.first).days or 1
        share = (day - self.first).days / span
        return round(LABELS + share * (WIDTH - LABELS - RIGHT))


def state_of(board: Board) -> str:
    """What the lead, or else the first party that has reported, says of the project; "" if none."""
    said = [side.report.progress for side in board.sides if side.report]
    return said[0] if said else ""


def state_of_step(step: Step, *, today: date) -> str:
    """The responsible unit's own word; "overdue" where its date passed without a report of late or
    done, "" where nothing was said."""
    said = step.owners_report.progress if step.owners_report else ""
    if step.milestone.due_on < today and said not in ("done", "late"):
        return "overdue"
    return said


def draw(boards: Sequence[Board], rows: dict[int, list[Row]], *, today: date) -> Chart | None:
    """The chart of these projects in their order, with `rows` of their milestones; None without
    a project."""
    if not boards:
        return None
    scale = _scale(boards, rows)
    bars: list[Bar] = []
    y = TOP
    for board in boards:
        bar = _bar(board, rows.get(board.project.pk, []), scale, y, today)
        bars.append(bar)
        y += LINE * (1 + len(bar.marks))
    is_inside = scale.first <= today <= scale.last
    return Chart(
        height=y + 8,
        ticks=_ticks(scale),
        today_x=scale.x(today) if is_inside else None,
        bars=bars,
        links=_links(bars),
    )


def _scale(boards: Sequence[Board], rows: dict[int, list[Row]]) -> Scale:
    days = [date(one.project.year_from, 1, 1) for one in boards]
    days += [date(one.project.year_until, 12, 31) for one in boards]
    for board in boards:
        for row in rows.get(board.project.pk, []):
            days += [row.milestone.due_on, row.first_due_on]
    first, last = min(days), max(days)
    return Scale(first=date(first.year, 1, 1), last=date(last.year, 12, 31))


def _bar(board: Board, rows: Sequence[Row], scale: Scale, y: int, today: date) -> Bar:
    start = scale.x(date(board.project.year_from, 1, 1))
    width = scale.x(date(board.project.year_until, 12, 31)) - start
    steps = {step.milestone.pk: step for step in board.steps}
    marks = []
    for place, row in enumerate(rows, start=1):
        step = steps[row.milestone.pk]
        marks.append(
            Mark(
                row=row,
                step=step,
                x=scale.x(row.milestone.due_on),
                y=y + LINE * place + LINE // 2,
                first_x=scale.x(row.first_due_on) if row.slipped else None,
                state=state_of_step(step, today=today),
            )
        )
    return Bar(
        board=board,
        x=start,
        y=y + (LINE - BAR) // 2,
        width=width,
        done_width=int(width * (board.percent or 0) / 100),
        state=state_of(board),
        marks=marks,
    )


def _ticks(scale: Scale) -> list[Tick]:
    months = (scale.last.year - scale.first.year + 1) * 12
    step = 1 if months <= MONTHS else 3 if months <= QUARTERS else 12
    found = []
    for place in range(0, months, step):
        day = date(scale.first.year + place // 12, place % 12 + 1, 1)
        is_year = day.month == 1
        short = str(day.month) if step == 1 else f"Q{(day.month + 2) // 3}"
        label = str(day.year) if is_year else short
        found.append(Tick(x=scale.x(day), label=label, is_year=is_year))
    return found


def _links(bars: Sequence[Bar]) -> list[Link]:
    """Between milestones that are both drawn; the others stand in the table."""
    marks = {mark.row.milestone.pk: mark for bar in bars for mark in bar.marks}
    found = []
    for mark in marks.values():
        for need in mark.row.needs:
            first = marks.get(need.milestone.pk)
            if first is not None:
                bend = max(first.x, mark.x - 10) if mark.x > first.x else first.x + 12
                points = f"{first.x},{first.y} {bend},{first.y} {bend},{mark.y} {mark.x},{mark.y}"
                name = f"{need.name} → {mark.row.name}"
                found.append(Link(points=points, name=name, is_too_early=need.is_too_early))
    return found
