"""Matters of a plan: the register, and of each the whole thread with its files."""

from collections.abc import Iterator
from functools import partial

from consult.archive.enums import PaperKind, Section
from consult.archive.pieces import (
    Piece,
    State,
    Table,
    day_of,
    instant,
    table_pieces,
    upload_piece,
)
from consult.matters.models import Matter, MatterFact
from consult.matters.queries import thread_of

SECTION = Section.MATTERS


def matters(state: State) -> Iterator[Piece]:
    found = Matter.objects.filter(plan=state.plan).order_by("key")

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.prefetch_related("jurisdictions"):
            yield (
                one.key,
                one.title_zh,
                one.title_en,
                "、".join(sorted(unit.name_zh for unit in one.jurisdictions.all())),
                one.get_level_display(),
                instant(one.opened_at),
                instant(one.closed_at),
                one.get_outcome_display() if one.outcome else "",
                day_of(one.review_on),
            )

    headings = (
        *("编号 key", "事项 matter", "matter (English)", "相关单位 parties", "层级 level"),
        *("提出 opened", "办结 closed", "结果 outcome", "复议日期 review on"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="matters",
        title=("协调事项台账", "Register of matters"),
        kind=PaperKind.MATTER,
        table=Table(headings=headings, rows=rows),
    )
    facts = MatterFact.objects.filter(matter__plan=state.plan, file__isnull=False)
    enclosed: dict[int, list[MatterFact]] = {}
    for fact in facts.select_related("file").order_by("number"):
        enclosed.setdefault(fact.matter_id, []).append(fact)
    for one in found:
        yield from _thread(state, one, enclosed.get(one.pk, []))


def _thread(state: State, one: Matter, facts: list[MatterFact]) -> Iterator[Piece]:
    headings = (
        *("时间 at", "类别 kind", "单位 by", "情况 what", "内容 text", "text (English)"),
        *("说明 note", "来源 source", "作废 void"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem=f"{one.key}/thread",
        title=(f"{one.key} {one.title_zh}：协调过程", f"{one.key} {one.title_en}: thread"),
        kind=PaperKind.MATTER,
        table=Table(headings=headings, rows=partial(_rows, state, one)),
        day=day_of(one.closed_at or one.opened_at),
    )
    for fact in facts:
        yield upload_piece(
            fact.file,
            section=SECTION,
            stem=f"{one.key}/fact-{fact.number}",
            title=(f"{one.key} 事实材料{fact.number}", f"{one.key}: file of fact {fact.number}"),
            kind=PaperKind.MATTER,
            day=day_of(fact.at),
            author=str(fact.jurisdiction_id or ""),
        )


def _rows(state: State, one: Matter) -> Iterator[tuple[str, ...]]:
    for entry in thread_of(state.plan, one):
        yield (
            instant(entry.at),
            entry.kind,
            entry.unit.name_zh if entry.unit else "",
            str(entry.label),
            entry.text_zh,
            entry.text_en,
            entry.note,
            entry.source,
            "是" if entry.is_void else "",
        )
