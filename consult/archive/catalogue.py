"""The catalogue of an archive package (归档目录): its lines, and they as csv and as a paper. Pure.

The columns are those of DA/T 22-2015 (rules of arranging archived documents): number, letter
number, who is responsible, title, date, openness, pages, remarks; besides retention, size, hash.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from consult.archive.enums import (
    LOST,
    OPENNESS,
    RETENTIONS,
    SECTIONS,
    STANDINGS,
    Retention,
    Section,
    Standing,
)
from consult.archive.pieces import Piece, State
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.papers.shape import Block, Grid, Heading, Paper, Paragraph, plain
from stakeholders.files.tables import stream_csv

# Typesetting holds the whole paper; a longer catalogue is csv and Word only, and says so.
PDF_LINES = 3_000
HEADINGS = (
    *("件号 no.", "文号 letter no.", "责任者 by", "题名 title", "title (English)", "日期 date"),
    *("公开属性 openness", "保管期限 retention", "页数 pages", "字节 bytes", "备注 remarks"),
    *("文件 file", "SHA-256"),
)
RULE = (
    "保管期限依据：机关文件材料归档范围和文书档案保管期限规定（国家档案局令第8号，2006年）。",
    "Retention after Order 8 of the State Archives Administration (2006).",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One paper in the catalogue. `number` is its part and its place in it: 05-0012."""

    number: str
    piece: Piece
    retention: Retention
    standing: Standing
    size: int | None = None
    pages: int | None = None
    sha256: str = ""

    @property
    def remarks(self) -> str:
        """Why the package does not hold it, in both languages; empty when it does."""
        zh, en = self.remark_zh, self.remark_en
        return f"{zh} / {en}" if zh else ""

    @property
    def remark_zh(self) -> str:
        if self.standing is Standing.SEALED:
            return f"密封至{self.piece.sealed_until}"
        return "" if self.standing is Standing.HELD else STANDINGS[self.standing][0]

    @property
    def remark_en(self) -> str:
        if self.standing is Standing.SEALED:
            return f"sealed until {self.piece.sealed_until}"
        return "" if self.standing is Standing.HELD else STANDINGS[self.standing][1]

    @property
    def title_zh(self) -> str:
        return plain(self.piece.title[0])

    @property
    def title_en(self) -> str:
        return plain(self.piece.title[1])

    @property
    def kept_zh(self) -> str:
        return RETENTIONS[self.retention][0]

    @property
    def kept_en(self) -> str:
        return RETENTIONS[self.retention][1]

    @property
    def openness_zh(self) -> str:
        return OPENNESS.get(self.piece.openness, (self.piece.openness,) * 2)[0]

    @property
    def openness_en(self) -> str:
        return OPENNESS.get(self.piece.openness, (self.piece.openness,) * 2)[1]

    @property
    def named(self) -> str:
        """The name people gave an upload; empty for what is made here."""
        return plain(self.piece.stored.name) if self.piece.stored else ""

    def cells(self) -> tuple[str, ...]:
        """The line as HEADINGS name its columns."""
        piece = self.piece
        remarks = [self.remarks, f"原文件名 {self.named}" if self.named else ""]
        return tuple(
            plain(cell)
            for cell in (
                self.number,
                piece.number,
                piece.author,
                *piece.title,
                piece.day,
                f"{self.openness_zh} {self.openness_en}",
                f"{self.kept_zh} {self.kept_en}",
                "" if self.pages is None else str(self.pages),
                "" if self.size is None else str(self.size),
                "；".join(filter(None, remarks)),
                piece.path if self.standing is Standing.HELD else "",
                self.sha256,
            )
        )


@dataclass(frozen=True, kw_only=True)
class Count:
    """A part of the package: how many papers it names, and how many of them it does not hold."""

    section: Section
    papers: int
    sealed: int
    lost: int

    @property
    def title_zh(self) -> str:
        return SECTIONS[self.section][0]

    @property
    def title_en(self) -> str:
        return SECTIONS[self.section][1]


def lines_of(
    pieces: Iterable[Piece], *, standings: Iterable[Standing], kept: Mapping[str, str]
) -> list[Line]:
    """A numbered line for each piece with its standing; `kept` is kind of paper -> retention."""
    places: Counter[Section] = Counter()
    lines = []
    for piece, standing in zip(pieces, standings, strict=True):
        places[piece.section] += 1
        lines.append(
            Line(
                number=f"{piece.section[:2]}-{places[piece.section]:04}",
                piece=piece,
                retention=Retention(kept[piece.kind.value]),
                standing=standing,
            )
        )
    return lines


def filled(line: Line, *, standing: Standing, size: int, pages: int | None, sha256: str) -> Line:
    """The line with what is known once the paper is written."""
    return replace(line, standing=standing, size=size, pages=pages, sha256=sha256)


def counts_of(lines: Iterable[Line]) -> list[Count]:
    """A row for each part, also for an empty one."""
    papers: Counter[Section] = Counter()
    sealed: Counter[Section] = Counter()
    lost: Counter[Section] = Counter()
    for line in lines:
        section = line.piece.section
        papers[section] += 1
        sealed[section] += line.standing is Standing.SEALED
        lost[section] += line.standing in LOST
    return [
        Count(section=one, papers=papers[one], sealed=sealed[one], lost=lost[one])
        for one in Section
    ]


def lost_lines(lines: Iterable[Line]) -> list[Line]:
    """Papers that should be there and are not."""
    return [line for line in lines if line.standing in LOST]


def write_csv(lines: Sequence[Line], target: BinaryIO) -> None:
    for row in stream_csv(headings=HEADINGS, rows=(line.cells() for line in lines)):
        target.write(row)


def state_words(state: State) -> str:
    """Which state a package is of, in both languages."""
    if not state.seq:
        return "过程记录尚无条目 / the record has no entry yet"
    return (
        f"截至过程记录第{state.seq}条（{state.day}） / as of entry {state.seq} of the record, "
        f"{state.day}: {state.head}"
    )


def paper_of(lines: Sequence[Line], *, state: State, missing: Sequence[str]) -> Paper:
    """The catalogue as a paper in Chinese with the English titles; `missing`: what is not there."""
    plan = state.plan
    blocks: list[Block] = [
        Paragraph(text=state_words(state)),
        Paragraph(text="\n".join(RULE)),
        Heading(text="分类汇总 Parts"),
        Grid(
            headings=("类目 part", "part (English)", "件数 papers", "密封 sealed", "缺失 lost"),
            widths=(30, 34, 12, 12, 12),
            rows=lambda: iter(
                [
                    (f"{one.section} {one.title_zh}", one.title_en, *_figures(one))
                    for one in counts_of(lines)
                ]
            ),
        ),
    ]
    if missing:
        blocks += [Heading(text="待补材料 Not there yet"), Paragraph(text="\n".join(missing))]
    blocks += [Heading(text="归档目录 Catalogue"), _grid(lines)]
    notices = ("演示数据：均属虚构。 Demonstration: made up.",) if plan.is_demonstration else ()
    return Paper(
        title="归档目录",
        subject=plan.key,
        language="zh",
        at=state.head_at or plan.created_at,
        lines=(plain(plan.title_zh), plain(plan.title_en)) if plan.title_en else (plan.title_zh,),
        notices=notices,
        blocks=tuple(blocks),
        is_landscape=True,
    )


def _figures(one: Count) -> tuple[str, str, str]:
    return str(one.papers), str(one.sealed), str(one.lost)


def _grid(lines: Sequence[Line]) -> Grid:
    def rows() -> Iterator[tuple[str, ...]]:
        for line in lines:
            number, letter, by, zh, en, day, openness, kept, pages, size, remarks, *_rest = (
                line.cells()
            )
            extent = pages or size
            yield number, letter, by, f"{zh}\n{en}", day, openness, kept, extent, remarks

    return Grid(
        headings=(
            *("件号", "文号", "责任者", "题名", "日期", "公开属性", "保管期限"),
            *("页数/字节", "备注"),
        ),
        widths=(8, 14, 12, 34, 10, 9, 9, 8, 20),
        rows=rows,
        empty="本规划尚无可归档材料。 Nothing to archive yet.",
    )


def write_papers(paper: Paper, *, docx: BinaryIO, pdf: BinaryIO | None) -> None:
    """The catalogue as Word and, where it is short enough, as PDF."""
    write_docx(paper, docx)
    if pdf is not None:
        pdf.write(write_pdf(paper))
