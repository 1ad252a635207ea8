"""Common statements, partial adoptions, the dossier, letters of the approval and the reply."""

from collections.abc import Iterator
from functools import partial

from consult.approval.models import (
    Acknowledgement,
    ApprovalLetter,
    DossierArrangement,
    DossierPaper,
    ReplyCondition,
)
from consult.archive.enums import PaperKind, Section, Words
from consult.archive.pieces import (
    Piece,
    State,
    Table,
    Write,
    day_of,
    instant,
    table_pieces,
    text_writer,
    upload_piece,
)
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.models import CommonStatement, PartialAdoption
from consult.phase3_identification.papers import (
    sheet_docx,
    sheet_pdf,
    statement_docx,
    statement_pdf,
)
from plans.register.models import Plan

STATEMENTS, SECTION = Section.STATEMENTS, Section.APPROVAL
PAPERS: tuple[tuple[str, Words, object], ...] = (
    ("statement.docx", ("Word文本", "Word"), statement_docx),
    ("statement.pdf", ("PDF文本", "PDF"), statement_pdf),
    ("sign-off-sheet.docx", ("会签单Word", "sign-off sheet, Word"), sheet_docx),
    ("sign-off-sheet.pdf", ("会签单PDF", "sign-off sheet, PDF"), sheet_pdf),
)


def statements(state: State) -> Iterator[Piece]:
    """Each statement as papers and as the bundle that verifies alone; partial adoptions."""
    found = CommonStatement.objects.filter(sign_off__plan=state.plan)
    found = found.select_related("revision", "numbered")
    for order, one in enumerate(found.order_by("pk"), start=1):
        name: Words = ("共同认定书", "Common statement")
        if one.is_part:
            name = ("共同认定书（部分先行）", "Common statement of a part adopted first")
        number = one.numbered.number if hasattr(one, "numbered") else ""
        parts: list[tuple[str, Words, Write]] = [
            (file, words, partial(_paper, state.plan, one, make)) for file, words, make in PAPERS
        ]
        bundle = text_writer(partial(bundle_text, plan=state.plan, statement=one))
        parts.append(("bundle.json", ("数据包", "bundle"), bundle))
        for file, words, writer in parts:
            yield Piece(
                section=STATEMENTS,
                path=f"{STATEMENTS}/statement-{order}/{file}",
                title=(f"{name[0]}{words[0]}", f"{name[1]}, {words[1]}"),
                kind=PaperKind.STATEMENT,
                day=day_of(one.at),
                number=number,
                write=writer,
                stamp=state.head,
            )
    yield from _parts(state)


def _paper(plan: Plan, one: CommonStatement, make: object, target: object) -> None:
    target.write(make(plan=plan, statement=one))  # type: ignore[attr-defined, operator]


def _parts(state: State) -> Iterator[Piece]:
    found = PartialAdoption.objects.filter(sign_off__plan=state.plan)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.select_related("revision", "statement").order_by("pk"):
            revision = one.revision
            yield (
                f"R{revision.number}",
                revision.hash,
                one.statement.hash,
                one.reason,
                instant(one.at),
            )

    if found.exists():
        yield from table_pieces(
            state=state,
            section=STATEMENTS,
            stem="partial-adoptions",
            title=("部分先行认定一览表", "Partial adoptions"),
            kind=PaperKind.STATEMENT,
            table=Table(
                headings=(
                    *("版本 revision", "版本哈希 hash", "认定书哈希 statement"),
                    *("理由 reason", "时间 at"),
                ),
                rows=rows,
            ),
        )


def approval(state: State) -> Iterator[Piece]:
    yield from _dossier(state)
    yield from _letters(state)
    yield from _conditions(state)
    yield from _acknowledged(state)


def _dossier(state: State) -> Iterator[Piece]:
    arranged = DossierArrangement.objects.filter(plan=state.plan)
    for one in arranged.order_by("pk"):
        yield Piece(
            section=SECTION,
            path=f"{SECTION}/dossier/arrangement-{one.pk}.json",
            title=("送审材料目录安排", "Arrangement of the dossier"),
            kind=PaperKind.APPROVAL,
            day=day_of(one.at),
            write=text_writer(partial(str, one.lines)),
            stamp=one.lines,
        )
    papers = DossierPaper.objects.filter(plan=state.plan).select_related("file")
    for row in papers.order_by("pk"):
        yield upload_piece(
            row.file,
            section=SECTION,
            stem=f"dossier/{row.line}-{row.pk}",
            title=(f"送审材料：{row.line}", f"Paper of the dossier: {row.line}"),
            kind=PaperKind.APPROVAL,
            day=day_of(row.issued_on),
            number=row.document_number,
            author=row.issuer,
        )


def _letters(state: State) -> Iterator[Piece]:
    letters = ApprovalLetter.objects.filter(plan=state.plan).select_related(
        "file", "reply", "corrected_by"
    )

    def rows() -> Iterator[tuple[str, ...]]:
        for one in letters.order_by("pk"):
            reply = getattr(one, "reply", None)
            yield (
                str(one.pk),
                one.get_kind_display(),
                " ".join(map(str, one.senders)),
                " ".join(map(str, one.addressees)),
                one.number,
                day_of(one.dated_on),
                day_of(one.due_on),
                one.text,
                one.place,
                reply.get_outcome_display() if reply else "",
                str(one.answers_id or ""),
                str(one.corrects_id or ""),
                one.reason,
                instant(one.at),
            )

    if not letters.exists():
        return
    headings = (
        *("编号 id", "类别 kind", "发文 from", "收文 to", "文号 number", "成文日期 dated"),
        *("期限 due", "内容 text", "公布载体 place", "批复结果 outcome", "答复 answers"),
        *("更正 corrects", "更正理由 reason", "登记 at"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="letters",
        title=("报批往来文函一览表", "Letters of the approval"),
        kind=PaperKind.APPROVAL,
        table=Table(headings=headings, rows=rows),
    )
    for one in letters.order_by("pk"):
        void = "（已更正）" if hasattr(one, "corrected_by") else ""
        yield upload_piece(
            one.file,
            section=SECTION,
            stem=f"letters/{one.kind}-{one.pk}",
            title=(f"{one.get_kind_display()}{void}", f"Letter: {one.kind}"),
            kind=PaperKind.APPROVAL,
            day=day_of(one.dated_on),
            number=one.number,
            author=" ".join(map(str, one.senders)),
            openness="open" if one.kind == "publication" else "internal",
        )


def _conditions(state: State) -> Iterator[Piece]:
    found = ReplyCondition.objects.filter(reply__letter__plan=state.plan)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.select_related("reply__letter", "item", "version").order_by("pk"):
            yield (
                one.reply.letter.number,
                str(one.number),
                one.item.key if one.item else "",
                one.version.hash if one.version else "",
                one.text_zh,
                one.text_en,
            )

    if found.exists():
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="reply-conditions",
            title=("批复要求一览表", "Conditions of the reply"),
            kind=PaperKind.APPROVAL,
            table=Table(
                headings=(
                    *("批复文号 reply", "序号 number", "条款标识 item", "表述哈希 wording"),
                    *("要求 condition", "condition (English)"),
                ),
                rows=rows,
            ),
        )


def _acknowledged(state: State) -> Iterator[Piece]:
    found = Acknowledgement.objects.filter(reply__letter__plan=state.plan)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.select_related("jurisdiction", "revision").order_by("pk"):
            yield (
                str(one.jurisdiction_id),
                one.jurisdiction.name_zh,
                f"R{one.revision.number}",
                one.letter_number,
                day_of(one.letter_on),
                instant(one.at),
            )

    if found.exists():
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="acknowledgements",
            title=("批复修改知悉情况", "Acknowledgements of the text as the reply changed it"),
            kind=PaperKind.APPROVAL,
            table=Table(
                headings=(
                    *("代码 code", "单位 party", "版本 revision", "文号 letter"),
                    *("成文日期 dated", "时间 at"),
                ),
                rows=rows,
            ),
        )
