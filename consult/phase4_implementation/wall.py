"""Projects by parties: each party's word as one cell, as SVG coordinates and as a table. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.phase4_implementation.models import StatusReport
from plans.projects.models import Project
from stakeholders.jurisdictions.models import Jurisdiction

LABELS, CELL, TOP = 240, 30, 100


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a party says of a project: its newest report, silence, or nothing as it is no party."""

    unit: Jurisdiction
    x: int
    y: int
    is_party: bool
    report: StatusReport | None

    @property
    def state(self) -> str:
        return self.report.progress if self.report else ""


@dataclass(frozen=True, kw_only=True)
class Line:
    project: Project
    y: int
    cells: list[Cell]

    @property
    def is_disputed(self) -> bool:
        return len({cell.state for cell in self.cells if cell.report}) > 1


@dataclass(frozen=True, kw_only=True)
class Column:
    unit: Jurisdiction
    x: int


@dataclass(frozen=True, kw_only=True)
class Wall:
    width: int
    height: int
    columns: list[Column]
    lines: list[Line]
    labels: int = LABELS
    top: int = TOP


def lay(
    projects: Sequence[Project],
    *,
    parties: dict[int, list[Jurisdiction]],
    reports: dict[tuple[int, str], StatusReport],
) -> Wall:
    """The wall of `projects` in their order; a column for every party of one of them."""
    units = {unit.pk: unit for held in parties.values() for unit in held}
    columns = [
        Column(unit=units[code], x=LABELS + CELL * place + CELL // 2)
        for place, code in enumerate(sorted(units))
    ]
    lines = []
    for place, project in enumerate(projects):
        y = TOP + CELL * place + CELL // 2
        held = {unit.pk for unit in parties.get(project.pk, [])}
        cells = [
            Cell(
                unit=one.unit,
                x=one.x,
                y=y,
                is_party=one.unit.pk in held,
                report=reports.get((project.pk, one.unit.pk)),
            )
            for one in columns
        ]
        lines.append(Line(project=project, y=y, cells=cells))
    width = LABELS + CELL * len(columns) + 40
    return Wall(width=width, height=TOP + CELL * len(lines) + 8, columns=columns, lines=lines)
