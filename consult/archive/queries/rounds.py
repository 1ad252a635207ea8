"""Papers of joint preparation: rounds with letters, comments, adoption tables; the checklist."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from django.db.models import Exists, OuterRef, Prefetch

from consult.archive.enums import PaperKind, Section
from consult.archive.pieces import (
    Piece,
    State,
    Table,
    day_of,
    instant,
    sealed_words,
    table_pieces,
    upload_piece,
)
from consult.archive.queries.checklist import checklist, opinions
from consult.phase2_preparation.adoption_table.asked import table_of
from consult.phase2_preparation.adoption_table.lines import Line, read_lines
from consult.phase2_preparation.adoption_table.table import write
from consult.phase2_preparation.display_sheet import sheet_paper
from consult.phase2_preparation.models import (
    Comment,
    CommentFile,
    DisplaySheet,
    PublicationLetter,
    Reply,
    Round,
)
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.queries import visible_comments, with_unit
from consult.phase2_preparation.queries.displays import counted
from consult.phase2_preparation.queries.dispositions import with_decisions
from stakeholders.terms.actor import SYSTEM

SECTION = Section.PREPARATION
PAGE = 1_000  # comments held at once


def preparation(state: State) -> Iterator[Piece]:
    """Everything of phase 2 that all parties see: nothing from inside one of them."""
    yield from _list_of_rounds(state)
    enclosed: dict[int, list[CommentFile]] = {}
    files = CommentFile.objects.filter(comment__plan=state.plan).order_by("pk")
    for row in files.select_related("file", "comment__reply"):
        enclosed.setdefault(row.comment.reply.round_id, []).append(row)
    for one in _rounds(state):
        yield from _round(state, one, enclosed.get(one.pk, []))
    yield from checklist(state)
    yield from opinions(state)
    for letter in PublicationLetter.objects.filter(plan=state.plan).select_related("file"):
        yield upload_piece(
            letter.file,
            section=SECTION,
            stem=f"dispositions/letter-{letter.pk}",
            title=(
                f"意见采纳情况公布函 {letter.note}".strip(),
                "Letter with published dispositions",
            ),
            kind=PaperKind.ROUND,
            day=day_of(letter.at),
        )


def _rounds(state: State) -> list[Any]:
    """With all that the catalogue names of them, in a fixed number of queries."""
    replies = Reply.objects.select_related(
        *("jurisdiction", "organization", "letter_file", "later_letter__file"),
        "expert_opinion__invitation",
    ).defer("jurisdiction__boundary")
    sheets = DisplaySheet.objects.filter(finish__isnull=False).select_related("finish", "file")
    said = Comment.objects.filter(reply__round=OuterRef("pk"))
    rounds = Round.objects.filter(plan=state.plan).select_related("revision")
    return list(
        rounds.annotate(has_comments=Exists(said))
        .prefetch_related(
            "invitees",
            Prefetch("replies", replies.order_by("pk")),
            Prefetch("display_sheets", sheets.order_by("number")),
        )
        .order_by("number")
    )


def shut_until(one: Round, *, at: datetime) -> datetime | None:
    """Until when the answers of a sealed round are kept from one of those who read the package."""
    if not one.is_sealed or one.recalled_at is not None:
        return None
    ends = [] if one.closed_at is not None else [one.closes_at]
    ends += [row.extended_until for row in one.invitees.all() if row.extended_until]
    last = max(ends, default=None)
    return last if last is not None and at < last else None


def _list_of_rounds(state: State) -> Iterator[Piece]:
    def rows() -> Iterator[tuple[str, ...]]:
        for one in Round.objects.filter(plan=state.plan).select_related("revision"):
            yield (
                str(one.number),
                one.get_kind_display(),
                f"R{one.revision.number}",
                instant(one.opens_at),
                instant(one.closes_at),
                "是" if one.is_sealed else "否",
                str(one.invitees.count()),
                instant(one.closed_at),
                instant(one.recalled_at),
                one.recall_reason,
                one.note,
            )

    headings = (
        *("轮次 round", "类型 kind", "版本 revision", "开始 opens", "截止 closes", "密封 sealed"),
        *("征求单位数 asked", "结束 closed", "撤回 recalled", "撤回理由 reason", "说明 note"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="rounds",
        title=("征求意见轮次一览表", "Comment rounds"),
        kind=PaperKind.ROUND,
        table=Table(headings=headings, rows=rows),
    )


def _round(state: State, one: Any, enclosed: list[CommentFile]) -> Iterator[Piece]:
    folder = f"rounds/{one.number}"
    until = shut_until(one, at=state.at)
    if until is not None:
        yield Piece(
            section=SECTION,
            path="",
            title=(f"第{one.number}轮复函与意见", f"Replies and comments of round {one.number}"),
            kind=PaperKind.ROUND,
            sealed_until=sealed_words(until),
        )
        return
    yield from _replies(state, one, folder)
    if one.has_comments:
        yield from _comments(state, one, folder, enclosed)
        yield from _adoption(state, one, folder)
    yield from _displays(state, one, folder)


def _speaker(reply: Reply) -> str:
    return reply.jurisdiction.name_zh if reply.jurisdiction else reply.speaker


def _replies(state: State, one: Round, folder: str) -> Iterator[Piece]:
    replies = list(one.replies.all())

    def rows() -> Iterator[tuple[str, ...]]:
        for row in replies:
            yield (
                str(row.jurisdiction_id or ""),
                _speaker(row),
                row.get_source_display(),
                "是" if row.is_nil else "否",
                row.text,
                row.letter_number,
                day_of(row.letter_on),
                row.issuer,
                "是" if row.is_late or row.is_admitted_late else "否",
                instant(row.at),
            )

    headings = (
        *("代码 code", "单位 by", "来源 source", "无意见 nil", "内容 text", "文号 letter"),
        *("成文日期 dated", "发文机关 issuer", "逾期 late", "收到 received"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem=f"{folder}/replies",
        title=(f"第{one.number}轮复函一览表", f"Replies of round {one.number}"),
        kind=PaperKind.ROUND,
        table=Table(headings=headings, rows=rows),
    )
    for row in replies:
        if row.letter_number or row.letter_file:
            yield upload_piece(
                row.letter_file,
                section=SECTION,
                stem=f"{folder}/letters/{row.pk}",
                title=(f"{_speaker(row)}第{one.number}轮复函", f"Reply in round {one.number}"),
                kind=PaperKind.ROUND,
                day=day_of(row.letter_on) or day_of(row.at),
                number=row.letter_number,
                author=row.issuer or _speaker(row),
            )
        letter = getattr(row, "later_letter", None)
        if letter is None:
            continue
        yield upload_piece(
            letter.file,
            section=SECTION,
            stem=f"{folder}/letters/{row.pk}-later",
            title=(f"{_speaker(row)}补送公函", "Letter that followed a reply"),
            kind=PaperKind.ROUND,
            day=day_of(letter.on),
            number=letter.number,
            author=letter.issuer,
        )


def _comments(
    state: State, one: Round, folder: str, enclosed: list[CommentFile]
) -> Iterator[Piece]:
    said = with_unit(visible_comments(actor=SYSTEM, plan=state.plan).filter(reply__round=one))

    def rows() -> Iterator[tuple[str, ...]]:
        for row in said.order_by("number").iterator(chunk_size=PAGE):
            yield (
                f"C{row.number}",
                str(row.jurisdiction_id or ""),
                _speaker(row.reply),
                str(getattr(row, "article", "") or ""),
                row.item.key if row.item else "",
                row.get_type_display(),
                row.text_zh,
                row.text_en,
                row.wording_zh,
                row.wording_en,
            )

    headings = (
        *("编号 number", "代码 code", "单位 by", "条款 article", "条款标识 item", "类型 type"),
        *("意见 comment", "comment (English)", "建议表述 wording", "wording (English)"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem=f"{folder}/comments",
        title=(f"第{one.number}轮意见原文", f"Comments of round {one.number} as written"),
        kind=PaperKind.COMMENT,
        table=Table(headings=headings, rows=rows),
    )
    for row in enclosed:
        yield upload_piece(
            row.file,
            section=SECTION,
            stem=f"{folder}/comments/C{row.comment.number}-{row.pk}",
            title=(f"意见C{row.comment.number}附件", f"File of comment C{row.comment.number}"),
            kind=PaperKind.COMMENT,
        )


def _adoption(state: State, one: Round, folder: str) -> Iterator[Piece]:
    for kind in ("xlsx", "docx"):
        yield Piece(
            section=SECTION,
            path=f"{SECTION}/{folder}/adoption-table.{kind}",
            title=(
                f"第{one.number}轮意见采纳情况表（{kind}）",
                f"Adoption table of round {one.number} ({kind})",
            ),
            kind=PaperKind.ROUND,
            write=partial(_adoption_file, state, one, kind),
            stamp=state.head,
        )


def _adoption_file(state: State, one: Round, kind: str, target: BinaryIO) -> None:
    """Published dispositions only: the same for every reader."""
    said = visible_comments(actor=SYSTEM, plan=state.plan).filter(reply__round=one)
    found = with_decisions(with_unit(said), undecided=False).order_by("number")

    def lines() -> Iterator[Line]:
        after = 0
        while piece := read_lines(found, plan=state.plan, after=after):
            yield from piece
            after = piece[-1].number

    write(table_of(state.plan, lines), kind=kind, target=target)


def _displays(state: State, one: Round, folder: str) -> Iterator[Piece]:
    """The issued result sheets; drafts of them are not kept."""
    for sheet in one.display_sheets.all():
        finish = sheet.finish
        for kind in ("docx", "pdf"):
            yield Piece(
                section=SECTION,
                path=f"{SECTION}/{folder}/display-result-{sheet.number}.{kind}",
                title=(f"公示情况说明（{kind}）", f"Result of the public display ({kind})"),
                kind=PaperKind.ROUND,
                day=day_of(finish.issued_on),
                number=finish.document_number,
                author=finish.issuer,
                openness="open",
                write=partial(_display_file, state, sheet, kind),
                stamp=state.head,
            )
        if sheet.file:
            yield upload_piece(
                sheet.file,
                section=SECTION,
                stem=f"{folder}/display-proof-{sheet.number}",
                title=("公示证明材料", "Proof of the public display"),
                kind=PaperKind.ROUND,
                day=day_of(finish.issued_on),
                author=finish.issuer,
            )


def _display_file(state: State, sheet: DisplaySheet, kind: str, target: BinaryIO) -> None:
    one = sheet.round
    said = visible_comments(actor=SYSTEM, plan=state.plan).filter(reply__round=one)
    counts = counted(with_decisions(said, undecided=False))
    paper = sheet_paper(plan=state.plan, one=one, sheet=sheet, finish=sheet.finish, counts=counts)
    if kind == "pdf":
        target.write(write_pdf(paper))
    else:
        write_docx(paper, target)
