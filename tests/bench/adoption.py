"""The adoption table of a round as files, as the job for a large one makes it, database included.

xlsx: against (a) the rows of bare SQL written by xlsxwriter with constant memory, and (b) the plain
ORM with its joins prefetched, written by xlsxwriter so, and by openpyxl in its write-only mode.
docx: against the same rows by python-docx, row by row. The most memory that Python held for each
of ours, at both sizes: it must not grow with them.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO

from django.db import connection
from django.db.models import Prefetch
from docx import Document
from openpyxl import Workbook as OpenWorkbook
from xlsxwriter import Workbook

from consult.phase2_preparation.adoption_table.asked import asked
from consult.phase2_preparation.adoption_table.lines import Line
from consult.phase2_preparation.adoption_table.spool import Spool
from consult.phase2_preparation.adoption_table.table import write
from consult.phase2_preparation.models import Comment, Disposition
from tests.bench.comments import ROWS, Bench
from tests.bench.harness import Result, Way, compare, most_memory

SIZES = (1_000, 10_000)
HEADINGS = (
    "No.",
    "Commenter",
    "Article",
    "Opinion",
    "Adopted or not",
    "Reason",
    "Changed",
    "Notes",
)
BATCH = 1_000
ROUNDS = 3


class Files:
    """The files of one round."""

    def __init__(self, size: int) -> None:
        self.bench, self.size = Bench(size), size

    def ours(self, kind: str) -> int:
        """Piece by piece into a spool, then into the file, as the steps of the job do it."""
        bench = self.bench
        wanted = asked(actor=bench.actor, plan=bench.plan, kind=kind, said={"answers": "1"})
        spool = Spool.new()
        at, after, done = 0, 0, 0
        while lines := wanted.piece(after=after):
            at, after, done = spool.add(lines, at=at), lines[-1].number, done + len(lines)
        with tempfile.TemporaryFile() as file:
            write(wanted.table(spool.lines), kind=kind, target=file)
        spool.remove()
        return done

    def streamed(self) -> int:
        """The same as csv, the lines read anew each time they are gone through."""
        bench = self.bench
        wanted = asked(actor=bench.actor, plan=bench.plan, kind="csv", said={"answers": "1"})
        held: list[Line] = []
        while lines := wanted.piece(after=held[-1].number if held else 0):
            held += lines
        write(wanted.table(lambda: iter(held)), kind="csv", target=BytesIO())
        return len(held)

    def rows(self) -> Iterator[Sequence[str]]:
        """The plain ORM: joins, and the dispositions prefetched in batches."""
        said = Disposition.objects.select_related("publication", "matter").order_by("-pk")
        found = (
            Comment.objects.filter(plan=self.bench.plan)
            .select_related("item", "jurisdiction", "reply__round")
            .defer("jurisdiction__boundary")
            .prefetch_related(Prefetch("dispositions", said.prefetch_related("answers")))
            .order_by("number")
        )
        for one in found.iterator(chunk_size=BATCH):
            newest = next(iter(one.dispositions.all()), None)
            answer = next(iter(newest.answers.all()), None) if newest else None
            yield (
                str(one),
                one.commenter,
                one.item.key if one.item else "",
                one.text_zh,
                newest.get_outcome_display() if newest else "",
                newest.reason_zh if newest else "",
                "",
                str(answer.accepts) if answer else "",
            )

    def bare(self) -> Iterator[Sequence[str]]:
        """The rows of the bare SQL, by a cursor of the server."""
        with connection.cursor() as cursor:
            cursor.execute(f"{ROWS} ORDER BY c.number", [self.bench.plan.pk])
            while rows := cursor.fetchmany(BATCH):
                yield from (
                    (str(number), "", "", zh, outcome or "", reason or "", "", str(at or ""))
                    for number, zh, _en, _wz, _we, outcome, reason, at in rows
                )


def by_xlsxwriter(rows: Callable[[], Iterable[Sequence[str]]]) -> int:
    number = 0
    with tempfile.TemporaryFile() as file:
        book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
        page, look = book.add_worksheet(), book.add_format({"text_wrap": True, "valign": "top"})
        page.write_row(0, 0, HEADINGS, look)
        for number, row in enumerate(rows(), start=1):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell, look)
        book.close()
    return number


def by_openpyxl(rows: Callable[[], Iterable[Sequence[str]]]) -> int:
    book = OpenWorkbook(write_only=True)
    page = book.create_sheet()
    page.append(HEADINGS)
    count = 0
    for row in rows():
        page.append(row)
        count += 1
    with tempfile.TemporaryFile() as file:
        book.save(file)
    return count


def by_python_docx(rows: Callable[[], Iterable[Sequence[str]]]) -> int:
    """Row by row, each cell reached through its row, which is what makes it no slower than it is."""
    count = 0
    document = Document()
    table = document.add_table(rows=1, cols=len(HEADINGS))
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = text
    for row in rows():
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
        count += 1
    with tempfile.TemporaryFile() as file:
        document.save(file)
    return count


def run() -> Iterator[Result]:
    for size in SIZES:
        files = Files(size)
        xlsx: dict[str, Way] = {
            "ours": lambda f=files: f.ours("xlsx"),
            "xlsxwriter": lambda f=files: by_xlsxwriter(f.rows),
            "openpyxl": lambda f=files: by_openpyxl(f.rows),
            "floor": lambda f=files: by_xlsxwriter(f.bare),
        }
        docx: dict[str, Way] = {
            "ours": lambda f=files: f.ours("docx"),
            "python-docx": lambda f=files: by_python_docx(f.rows),
        }
        csv: dict[str, Way] = {
            "ours": files.streamed,
            "floor": lambda f=files: sum(1 for _row in f.bare()),
        }
        yield _told("xlsx", size, xlsx, {"xlsxwriter": 1, "openpyxl": 1 / 1.5})
        yield _told("docx", size, docx, {"python-docx": 1 / 5}, once=("python-docx",))
        yield _told("csv", size, csv, {"floor": 2.5, "queries": 6})


def _told(
    kind: str, size: int, ways: dict[str, Way], goals: dict[str, float], once: Sequence[str] = ()
) -> Result:
    found = compare(
        case=f"adoption table as {kind}",
        size=size,
        ways=ways,
        rounds=ROUNDS,
        goals=goals,
        once=once,
    )
    return found.with_peak({"ours": most_memory(ways["ours"])})
