"""Indicators as the newest revision holds them, joint projects, what was reported on both."""

import json
from collections.abc import Iterator

from consult.archive.enums import PaperKind, Section
from consult.archive.pieces import Piece, State, Table, day_of, instant, table_pieces
from consult.phase4_implementation.models import Reading, StatusReport
from plans.projects.models import Milestone, Project
from plans.register.enums import ItemKind
from plans.register.queries import entries_of, latest_revision

SECTION = Section.PROGRAMME


def programme(state: State) -> Iterator[Piece]:
    yield from _indicators(state)
    if Project.objects.filter(plan=state.plan).exists():
        yield from _projects(state)
        yield from _milestones(state)
    yield from _reports(state)
    yield from _readings(state)


def _indicators(state: State) -> Iterator[Piece]:
    revision = latest_revision(state.plan)
    if revision is None:
        return
    found = entries_of(revision).filter(item__kind=ItemKind.INDICATOR)

    def rows() -> Iterator[tuple[str, ...]]:
        for entry in found:
            said = json.loads(entry.version.content)["content"]
            name, bounds = said.get("name") or {}, said.get("thresholds") or {}
            parts = said.get("allocations") or {}
            yield (
                entry.number,
                str(name.get("zh", "")),
                str(name.get("en", "")),
                str(said.get("unit", "")),
                str(said.get("target", "")),
                str(said.get("target_year") or ""),
                str(bounds.get("warning", "")),
                str(bounds.get("limit", "")),
                " ".join(f"{code}={value}" for code, value in sorted(parts.items())),
                str(said.get("source", "")),
            )

    if not found.exists():
        return
    headings = (
        *("编号 number", "指标 indicator", "indicator (English)", "单位 unit", "目标值 target"),
        *("目标年 year", "预警值 warning", "控制值 limit", "分解 shares", "来源 source"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="indicators",
        title=(f"规划指标表（第{revision.number}版）", f"Indicators of R{revision.number}"),
        kind=PaperKind.PROGRAMME,
        table=Table(headings=headings, rows=rows),
    )


def _projects(state: State) -> Iterator[Piece]:
    found = Project.objects.filter(plan=state.plan).select_related("lead_body")

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.prefetch_related("parties__jurisdiction").order_by("key"):
            parties = sorted(one.parties.all(), key=lambda row: (row.role, row.jurisdiction_id))
            said = [
                f"{row.jurisdiction.name_zh}（{row.get_role_display()}）"
                f" {_share(row.cost_share)}/{_share(row.benefit_share)}"
                for row in parties
            ]
            yield (
                one.key,
                one.name_zh,
                one.name_en,
                one.description_zh,
                str(one.budget if one.budget is not None else ""),
                f"{one.year_from}-{one.year_until}",
                one.lead_body.name_zh if one.lead_body else "",
                "；".join(said),
            )

    headings = (
        *("编号 key", "项目 project", "project (English)", "内容 description", "投资 budget"),
        *("年度 years", "牵头机构 lead body", "参与单位（成本/收益%） parties (cost/benefit %)"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="projects",
        title=("重点项目台账", "Joint projects"),
        kind=PaperKind.PROGRAMME,
        table=Table(headings=headings, rows=rows),
    )


def _share(value: object) -> str:
    return "-" if value is None else str(value)


def _milestones(state: State) -> Iterator[Piece]:
    def rows() -> Iterator[tuple[str, ...]]:
        found = Milestone.objects.filter(project__plan=state.plan).select_related("project")
        for one in found.order_by("project__key", "number"):
            yield (
                one.project.key,
                str(one.number),
                one.title_zh,
                one.title_en,
                str(one.owner_id or ""),
                day_of(one.due_on),
            )

    headings = ("项目 project", "序号 number", "节点 milestone", "milestone (English)")
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="milestones",
        title=("项目节点表", "Milestones"),
        kind=PaperKind.PROGRAMME,
        table=Table(headings=(*headings, "责任单位 owner", "期限 due"), rows=rows),
    )


def _reports(state: State) -> Iterator[Piece]:
    found = StatusReport.objects.filter(project__plan=state.plan)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.select_related("project", "milestone").order_by("pk").iterator():
            yield (
                one.project.key,
                str(one.milestone.number if one.milestone else ""),
                str(one.jurisdiction_id),
                one.get_progress_display(),
                str(one.percent if one.percent is not None else ""),
                one.text_zh,
                one.text_en,
                one.evidence,
                instant(one.at),
            )

    if found.exists():
        headings = (
            *("项目 project", "节点 milestone", "单位 party", "进展 progress", "完成% percent"),
            *("情况 text", "text (English)", "佐证文号 evidence", "时间 at"),
        )
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="status-reports",
            title=("项目进展报告", "Status reports"),
            kind=PaperKind.PROGRAMME,
            table=Table(headings=headings, rows=rows),
        )


def _readings(state: State) -> Iterator[Piece]:
    found = Reading.objects.filter(item__plan=state.plan)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.select_related("item", "warning").order_by("pk").iterator():
            warning = getattr(one, "warning", None)
            yield (
                one.item.key,
                str(one.jurisdiction_id or ""),
                one.period,
                format(one.value, "f"),
                one.evidence,
                warning.level if warning else "",
                instant(one.at),
            )

    if found.exists():
        headings = (
            *("指标标识 item", "单位 party", "时段 period", "监测值 value"),
            *("佐证文号 evidence", "预警 warning", "时间 at"),
        )
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="readings",
            title=("指标监测值", "Readings"),
            kind=PaperKind.PROGRAMME,
            table=Table(headings=headings, rows=rows),
        )
