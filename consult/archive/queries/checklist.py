"""Papers of the checklist, opinions of neighbours and common opinions of experts."""

from collections.abc import Iterator

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
from consult.phase2_preparation.checklists import PAPERS
from consult.phase2_preparation.models import CollectiveOpinion, NeighbourOpinion, PaperEntry

SECTION = Section.PREPARATION


def checklist(state: State) -> Iterator[Piece]:
    entries = PaperEntry.objects.filter(plan=state.plan).select_related("file")
    for row in entries.order_by("pk"):
        if row.is_waiver:
            continue
        yield upload_piece(
            row.file,
            section=SECTION,
            stem=f"checklist/{row.paper}-{row.pk}",
            title=(f"要件：{_paper_name(row.paper)}", f"Checklist paper: {row.paper}"),
            kind=PaperKind.CHECKLIST,
            day=day_of(row.issued_on),
            number=row.document_number,
            author=row.issuer,
        )

    def rows() -> Iterator[tuple[str, ...]]:
        for row in entries.select_related("confirmation").order_by("pk"):
            word = getattr(row, "confirmation", None)
            yield (
                row.paper,
                _paper_name(row.paper),
                "不需要 not needed" if row.is_waiver else "已提交 filed",
                row.document_number,
                day_of(row.issued_on),
                row.issuer,
                row.reason,
                "" if word is None else "同意 agreed" if word.agrees else "不同意 refused",
                instant(row.at),
            )

    if entries.exists():
        headings = (
            *("要件标识 key", "要件 paper", "情况 state", "文号 number", "成文日期 dated"),
            *("发文机关 issuer", "理由 reason", "复核 confirmed", "时间 at"),
        )
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="checklist",
            title=("要件清单", "Checklist of papers"),
            kind=PaperKind.CHECKLIST,
            table=Table(headings=headings, rows=rows),
        )


def _paper_name(key: str) -> str:
    paper = PAPERS.get(key)
    return str(paper.name) if paper else key


def opinions(state: State) -> Iterator[Piece]:
    """Opinions of consulted neighbours filed apart, and finished common opinions of experts."""
    found = NeighbourOpinion.objects.filter(plan=state.plan)
    for row in found.select_related("letter_file", "jurisdiction").order_by("pk"):
        yield upload_piece(
            row.letter_file,
            section=SECTION,
            stem=f"neighbours/{row.jurisdiction_id}-{row.pk}",
            title=(
                f"{row.jurisdiction.name_zh}书面意见",
                f"Written opinion of {row.jurisdiction.name_en}",
            ),
            kind=PaperKind.CHECKLIST,
            day=day_of(row.letter_on) or day_of(row.at),
            number=row.letter_number,
            author=row.issuer or row.jurisdiction.name_zh,
        )
    panels = CollectiveOpinion.objects.filter(plan=state.plan, finished_at__isnull=False)
    for one in panels.select_related("file").order_by("number"):
        yield upload_piece(
            one.file,
            section=SECTION,
            stem=f"experts/opinion-{one.number}",
            title=(f"专家集体意见（第{one.number}次）", f"Collective expert opinion {one.number}"),
            kind=PaperKind.CHECKLIST,
            day=day_of(one.held_on),
        )
