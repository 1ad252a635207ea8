"""Papers of the common implementation: tasks, closed cases, locked minutes, agreed health checks.

What is still under way is not archived: an open case, minutes not confirmed, a report not agreed.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from consult.archive.enums import PaperKind, Section
from consult.archive.pieces import (
    Piece,
    State,
    Table,
    day_of,
    instant,
    table_pieces,
    text_writer,
    upload_piece,
)
from consult.health.enums import CheckStage
from consult.health.models import CheckReport
from consult.health.queries import Whole, checks_of, units_of, wholes
from consult.health.report_paper import report_docx, report_pdf
from consult.meetings.board import Board, boards_of, whole
from consult.meetings.models import Meeting
from consult.meetings.papers import minutes_file
from consult.meetings.queries import papers_of
from consult.phase4_implementation.queries import CaseRow, cases_of, rows_of, thread_of_case
from consult.tasks.models import Task
from consult.tasks.queries import TaskState, states_of, with_story
from stakeholders.files.models import StoredFile
from stakeholders.templatetags.in_language import in_language

SECTION = Section.PROGRAMME


def implementation(state: State) -> Iterator[Piece]:
    """Everything of phase 4 besides what is reported, which stands in `programme`."""
    yield from _tasks(state)
    yield from _cases(state)
    yield from _minutes(state)
    yield from _checks(state)


def _tasks(state: State) -> Iterator[Piece]:
    found = Task.objects.filter(plan=state.plan).order_by("number")

    def rows() -> Iterator[tuple[str, ...]]:
        for one in states_of(state.plan, list(with_story(found))):
            yield _task(one)

    headings = (
        *("编号 number", "来源 origin", "条款 item", "任务 task", "task (English)"),
        *("责任单位 owner", "配合单位 partners", "期限 due", "依据 evidence"),
        *("进展 progress", "状态 state"),
    )
    if found.exists():
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="tasks",
            title=("任务分解与任务台账", "Task breakdown and tasks"),
            kind=PaperKind.PROGRAMME,
            table=Table(headings=headings, rows=rows),
        )


def _task(one: TaskState) -> tuple[str, ...]:
    """Without whether it is late: that is of the day it is read."""
    task = one.task
    return (
        str(task),
        " ".join(part for part in (task.get_origin_display(), task.origin_id) if part),
        task.item.key if task.item else "",
        task.title_zh,
        task.title_en,
        in_language(one.unit, "name"),
        "、".join(sorted(unit.name_zh for unit in one.partners)),
        day_of(one.due_on),
        task.evidence_zh,
        str(one.progress_label),
        one.stage.value,
    )


def _cases(state: State) -> Iterator[Piece]:
    closed = cases_of([state.plan]).filter(end__isnull=False).order_by("number")
    rows = rows_of(closed, state.plan)

    def lines() -> Iterator[tuple[str, ...]]:
        for row in rows:
            reading, end = row.reading, row.end
            yield (
                str(row.case),
                reading.item.key,
                str(reading.jurisdiction_id or ""),
                reading.period,
                reading.plain_value,
                row.case.warning.level,
                instant(row.case.at),
                instant(end.at) if end else "",
                end.get_outcome_display() if end else "",
                end.reason_zh if end else "",
            )

    headings = (
        *("编号 number", "指标标识 item", "单位 party", "时段 period", "监测值 value"),
        *("预警 warning", "开立 opened", "办结 closed", "结果 outcome", "理由 reason"),
    )
    if rows:
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="cases",
            title=("预警处置台账（已办结）", "Closed cases"),
            kind=PaperKind.PROGRAMME,
            table=Table(headings=headings, rows=lines),
        )
    for row in rows:
        yield from _case(state, row)


def _case(state: State, row: CaseRow) -> Iterator[Piece]:
    name, day = str(row.case), day_of(row.end.at if row.end else None)
    headings = ("时间 at", "单位 by", "情况 what", "内容 text", "text (English)")
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem=f"cases/{name}/thread",
        title=(f"{name} 预警处置过程", f"Case {name}: thread"),
        kind=PaperKind.PROGRAMME,
        table=Table(headings=headings, rows=partial(_events, state, row)),
        day=day,
    )
    said: list[tuple[str, StoredFile | None]] = [
        *((f"answer-{place}", one.file) for place, one in enumerate(row.answers, start=1)),
        *((f"view-{place}", one.file) for place, one in enumerate(row.views, start=1)),
        ("end", row.end.file if row.end else None),
    ]
    for stem, stored in said:
        if stored is not None:
            yield upload_piece(
                stored,
                section=SECTION,
                stem=f"cases/{name}/{stem}",
                title=(f"{name} 处置附件（{stem}）", f"Case {name}: enclosure ({stem})"),
                kind=PaperKind.PROGRAMME,
                day=day,
            )


def _events(state: State, row: CaseRow) -> Iterator[tuple[str, ...]]:
    for event in thread_of_case(row, plan=state.plan):
        yield (
            instant(event.at),
            event.unit.name_zh if event.unit else "",
            str(event.label),
            "；".join(f"{one.label}：{one.text_zh or day_of(one.day)}" for one in event.words),
            "; ".join(one.text_en for one in event.words if one.text_en),
        )


def _minutes(state: State) -> Iterator[Piece]:
    held = whole(Meeting.objects.filter(plan=state.plan, lock__isnull=False).order_by("number"))
    for board in boards_of(held):
        edition = board.edition
        if edition is None:
            continue
        stem, one = f"meetings/{board.meeting.number}", board.meeting
        writers = (
            ("docx", ("Word", "Word"), partial(_write_minutes, state, board, "docx")),
            ("pdf", ("PDF", "PDF"), partial(_write_minutes, state, board, "pdf")),
            ("json", ("数据", "data"), text_writer(partial(_text, edition.content))),
        )
        for suffix, words, write in writers:
            yield Piece(
                section=SECTION,
                path=f"{SECTION}/{stem}/minutes.{suffix}",
                title=(
                    f"会议纪要：{one.title_zh}（{words[0]}）",
                    f"Minutes: {one.title_en or one.title_zh} ({words[1]})",
                ),
                kind=PaperKind.MINUTES,
                day=day_of(one.starts_at),
                write=write,
                stamp=state.head,
            )
        for place, paper in enumerate(papers_of(one), start=1):
            yield upload_piece(
                paper.file,
                section=SECTION,
                stem=f"{stem}/paper-{place}",
                title=(f"会议材料{place}：{paper.title}", f"Paper {place}: {paper.title}"),
                kind=PaperKind.MINUTES,
                day=day_of(paper.at),
            )


def _write_minutes(state: State, board: Board, kind: str, target: BinaryIO) -> None:
    target.write(minutes_file(plan=state.plan, board=board, kind=kind))


def _text(content: str) -> str:
    return content


def _checks(state: State) -> Iterator[Piece]:
    found = wholes(checks_of(state.plan).order_by("year", "kind"))
    for one in found.values():
        if one.report and one.stage in (CheckStage.SIGNED, CheckStage.PUBLISHED):
            yield from _check(state, one, one.report)


def _check(state: State, found: Whole, report: CheckReport) -> Iterator[Piece]:
    one, units = found.check, units_of(state.plan)
    stem = f"health-checks/{one.year}-{one.kind}"

    def written(make: Callable[..., bytes], target: BinaryIO) -> None:
        target.write(make(report, units=units))

    writers = (
        ("docx", ("Word", "Word"), partial(written, report_docx)),
        ("pdf", ("PDF", "PDF"), partial(written, report_pdf)),
        ("json", ("数据", "data"), text_writer(partial(_text, report.content))),
    )
    for suffix, words, write in writers:
        yield Piece(
            section=SECTION,
            path=f"{SECTION}/{stem}/report.{suffix}",
            title=(
                f"{one.year}年{one.get_kind_display()}报告（{words[0]}）",
                f"Report of the health check {one.year} ({words[1]})",
            ),
            kind=PaperKind.HEALTH_CHECK,
            day=day_of(report.at),
            write=write,
            stamp=state.head,
        )
    if found.publication and found.publication.file:
        yield upload_piece(
            found.publication.file,
            section=SECTION,
            stem=f"{stem}/publication",
            title=(f"{one.year}年体检公布文件", f"Publication of the health check {one.year}"),
            kind=PaperKind.HEALTH_CHECK,
            day=day_of(found.publication.published_on),
            openness="open",
        )
