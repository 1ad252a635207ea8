"""The table as a paper and as files: preface, summary, lines. Written in the active language."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import BinaryIO

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from consult.phase2_preparation.adoption_table.aliases import Veil, Who, aliases
from consult.phase2_preparation.adoption_table.counting import OUTCOMES, UNDECIDED, Counts
from consult.phase2_preparation.adoption_table.lines import Line
from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.papers.shape import Cells, Grid, Heading, Paper, plain
from stakeholders.files.tables import LONGEST, Sheet, stream_csv, write_xlsx
from stakeholders.terms.errors import Invalid

Lines = Callable[[], Iterator[Line]]
WIDTHS = (8, 16, 12, 46, 14, 40, 18, 18)
# Typesetting holds the whole paper: 0.13 MB a row and 0.4 MB a thousand signs (measured), so that
# this weight, a row counting as much as its signs and ROW_WEIGHT more, stays below 600 MB.
PDF_ROWS = 1_500
PDF_WEIGHT = 800_000
ROW_WEIGHT = 330


@dataclass(frozen=True, kw_only=True)
class Preface:
    """What the table says of itself: the plan, the rounds, the choice; all told already."""

    plan: str
    title: str
    lines: tuple[str, ...]
    is_demonstration: bool
    since: datetime


class Table:
    """The lines under their preface. `lines` begins anew at each call; `counts` are theirs.

    `other_names` are further names of commenters, which an anonymous table hides in texts, too.
    """

    def __init__(
        self,
        lines: Lines,
        *,
        counts: Counts,
        preface: Preface,
        is_anonymous: bool = False,
        has_answers: bool = True,
        other_names: Mapping[Who, tuple[str, ...]] | None = None,
    ) -> None:
        self.lines = lines
        self.preface = preface
        self.is_anonymous = is_anonymous
        self.has_answers = has_answers
        self.other_names = other_names or {}
        self.counts = counts

    @property
    def title(self) -> str:
        name = _("Table of adopted and not adopted comments")
        return _("%(name)s (anonymous)") % {"name": name} if self.is_anonymous else name

    @property
    def at(self) -> datetime:
        """The instant of the state shown: of the newest thing in the table."""
        return datetime.fromisoformat(self.counts.at) if self.counts.at else self.preface.since

    @property
    def notices(self) -> tuple[str, ...]:
        found = []
        if self.preface.is_demonstration:
            found.append(_("Demonstration: names and opinions are made up."))
        if self.counts.is_internal:
            found.append(_("For internal use: holds decisions that are not published."))
        return tuple(found)

    @cached_property
    def named(self) -> Mapping[Who, str]:
        """What each commenter is called here."""
        return aliases(self.counts.by_party) if self.is_anonymous else self.counts.names

    @cached_property
    def veil(self) -> Veil:
        if not self.is_anonymous:
            return Veil({})
        names = {}
        for who, alias in self.named.items():
            for name in (self.counts.names[who], *self.other_names.get(who, ())):
                names[name] = alias
        return Veil(names)

    def headings(self) -> Cells:
        return (
            _("No."),
            pgettext("adoption table", "Commenter"),
            _("Article"),
            pgettext("adoption table", "Opinion"),
            _("Adopted or not"),
            _("Reason"),
            _("Where changed"),
            pgettext("column", "Remarks"),
        )

    def rows(self) -> Iterator[Cells]:
        return (self._cells(line) for line in self.lines())

    def _cells(self, line: Line) -> Cells:
        remarks = [_("Late")] if line.is_late else []
        if self.has_answers and line.answer:
            remarks.append(line.answer)
        if line.is_internal:
            remarks.append(_("not published"))
        over = self.veil.over
        return tuple(
            plain(cell)
            for cell in (
                line.label,
                self.named[line.who],
                line.article,
                over(line.opinion),
                outcome_label(line.outcome),
                over(line.reason),
                line.places,
                over("\n".join(remarks)),
            )
        )

    def summary_headings(self) -> Cells:
        labels = tuple(outcome_label(outcome) for outcome in OUTCOMES)
        return (pgettext("adoption table", "Commenter"), *labels, _("Together"))

    def summary_rows(self) -> list[tuple[str, ...]]:
        """A row of figures for each commenter, and one for all; who bears one name has one row."""
        named: dict[str, Counter[str]] = {}
        for who, counts in self.counts.by_party.items():
            named.setdefault(self.named[who], Counter()).update(counts)
        found = [*named.items(), (_("Together"), self.counts.total)]
        return [
            (name, *(str(counts[one]) for one in OUTCOMES), str(counts.total()))
            for name, counts in found
        ]

    def paper(self) -> Paper:
        summary = self.summary_rows()
        return Paper(
            title=self.title,
            subject=self.preface.plan,
            language="en" if (get_language() or "").startswith("en") else "zh",
            at=self.at,
            lines=(self.preface.title, *self.preface.lines),
            notices=self.notices,
            is_landscape=True,
            blocks=(
                Heading(text=_("Numbers by party and outcome")),
                Grid(
                    headings=self.summary_headings(),
                    widths=(24, *(10,) * (len(OUTCOMES) + 1)),
                    rows=lambda: iter(summary),
                ),
                Heading(text=_("Comments and what became of them")),
                Grid(
                    headings=self.headings(),
                    widths=WIDTHS,
                    rows=self.rows,
                    empty=_("No comment is in this table."),
                ),
            ),
        )


def outcome_label(outcome: str) -> str:
    return _("Undecided") if outcome == UNDECIDED else str(DispositionOutcome(outcome).label)


def write(table: Table, *, kind: str, target: BinaryIO) -> None:
    """The table as a file of a kind in KINDS, into `target`; same lines, same bytes. Invalid for a
    PDF that is too large."""
    _WRITERS[kind](table, target)


def _docx(table: Table, target: BinaryIO) -> None:
    write_docx(table.paper(), target)


def require_pdf(rows: int) -> None:
    """Refuse (Invalid) a PDF of so many comments."""
    if rows > PDF_ROWS:
        raise Invalid({"": too_large()})


def too_large() -> str:
    return _(
        "This table is too large for a PDF. Choose a part of it by party or chapter, or take Word or Excel."
    )


def _pdf(table: Table, target: BinaryIO) -> None:
    """Invalid when setting it would take more memory than there is."""
    weight = 0
    for row in table.rows():
        weight += ROW_WEIGHT + sum(map(len, row))
        if weight > PDF_WEIGHT:
            raise Invalid({"": too_large()})
    target.write(write_pdf(table.paper()))


def _xlsx(table: Table, target: BinaryIO) -> None:
    preface = [table.title, table.preface.title, *table.preface.lines, *table.notices]
    summary = Sheet(
        name=_("Numbers by party and outcome"),
        headings=table.summary_headings(),
        rows=[(row[0], *map(int, row[1:])) for row in table.summary_rows()],
        preface=preface,
        widths=(30, *(12,) * (len(OUTCOMES) + 1)),
    )
    write_xlsx(
        target,
        sheet=_("Table of adopted and not adopted comments"),
        headings=table.headings(),
        rows=_whole(table),
        preface=[plain(text) for text in preface],
        widths=WIDTHS,
        properties={
            "title": table.title,
            "subject": table.preface.plan,
            "created": table.at.replace(tzinfo=None),
        },
        others=[summary],
        has_filter=True,
    )


def _whole(table: Table) -> Iterator[Cells]:
    """Rows in which no cell is longer than a workbook holds: the rest goes on in further rows."""
    empty = _("No comment is in this table.")
    is_empty = True
    for row in table.rows():
        is_empty = False
        room = LONGEST - 1  # a guard against formulas may add a sign
        for part in range(max(1, *((len(cell) + room - 1) // room for cell in row))):
            cells = tuple(cell[part * room : (part + 1) * room] for cell in row)
            yield (
                cells if part == 0 else (_("%(label)s, continued") % {"label": row[0]}, *cells[1:])
            )
    if is_empty:
        yield (empty, *[""] * (len(WIDTHS) - 1))


def _csv(table: Table, target: BinaryIO, *, encoding: str = "utf-8") -> None:
    lines = stream_csv(
        headings=table.headings(), rows=table.rows(), preface=table.notices, encoding=encoding
    )
    for line in lines:
        target.write(line)


def _gbk(table: Table, target: BinaryIO) -> None:
    _csv(table, target, encoding="gb18030")


_WRITERS: Mapping[str, Callable[[Table, BinaryIO], None]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "csv": _csv,
    "gbk": _gbk,
}
