"""A paper of an archive package before it is written: what the catalogue says of it, and how its
bytes come about. No database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from consult.archive.enums import PaperKind, Section, Words
from plans.register.models import Plan
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.files.tables import LONGEST, Row, stream_csv, write_xlsx
from stakeholders.terms import canonical

ZONE = ZoneInfo("Asia/Shanghai")
Write = Callable[[BinaryIO], object]


@dataclass(frozen=True, kw_only=True)
class State:
    """What a package is made of: the plan as entry `seq` of its record left it. `at` decides what
    is still sealed, and nothing else; `told` is the newest entry whose head was told."""

    plan: Plan
    seq: int
    head: str
    head_at: datetime | None
    at: datetime
    told: int = 0

    @property
    def day(self) -> str:
        """The local day of the newest act, empty before the first."""
        return day_of(self.head_at)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One paper. With `stored` it is an upload, with `write` it is made; with neither it is only
    named: sealed until an instant, or a paper of which no copy is kept.

    `stamp` says what the made bytes depend on, besides the path; nothing else changes them.
    """

    section: Section
    path: str
    title: Words
    kind: PaperKind
    day: str = ""
    number: str = ""
    author: str = ""
    openness: str = "internal"
    sealed_until: str = ""
    stored: StoredFile | None = None
    write: Write | None = None
    stamp: str = ""


def day_of(at: datetime | date | None) -> str:
    """An instant or a day as the day written on a paper, by the clock of Beijing."""
    if isinstance(at, datetime):
        return at.astimezone(ZONE).date().isoformat()
    return at.isoformat() if at else ""


def instant(at: datetime | None) -> str:
    """An instant in UTC as tables of a package write it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""


def sealed_words(at: datetime | None) -> str:
    """Until when something is sealed; without an hour: until it is opened."""
    if at is None:
        return "启封 opened"
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M %Z")


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under bilingual headings, written as csv and as a workbook."""

    headings: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]


def table_pieces(
    *,
    state: State,
    section: Section,
    stem: str,
    title: Words,
    kind: PaperKind,
    table: Table,
    day: str = "",
    openness: str = "internal",
    stamp: str = "",
) -> Iterator[Piece]:
    """The table as `stem`.csv and `stem`.xlsx."""

    def csv(target: BinaryIO) -> None:
        for line in stream_csv(headings=table.headings, rows=table.rows()):
            target.write(line)

    def xlsx(target: BinaryIO) -> None:
        write_xlsx(
            target,
            sheet=title[0][:31],
            headings=table.headings,
            rows=_cut(table.rows()),
            properties={
                "title": title[0],
                "created": state.plan.created_at.astimezone(UTC).replace(tzinfo=None),
            },
        )

    for suffix, write in (("csv", csv), ("xlsx", xlsx)):
        yield Piece(
            section=section,
            path=f"{section}/{stem}.{suffix}",
            title=(f"{title[0]}（{suffix}）", f"{title[1]} ({suffix})"),
            kind=kind,
            day=day,
            openness=openness,
            write=write,
            stamp=f"{state.head}{stamp}",
        )


def _cut(rows: Iterable[Row]) -> Iterator[Row]:
    """A workbook holds no longer cell; the csv beside it has the whole."""
    for row in rows:
        yield tuple(cell[: LONGEST - 1] if isinstance(cell, str) else cell for cell in row)


def text_writer(text: Callable[[], str]) -> Write:
    """Writes a text that is made when it is asked for."""
    return lambda target: target.write(text().encode())


def json_writer(value: Callable[[], object]) -> Write:
    """Writes a value as one canonical line."""
    return text_writer(lambda: canonical.canonical(value()) + "\n")


def upload_piece(
    stored: StoredFile | None,
    *,
    section: Section,
    stem: str,
    title: Words,
    kind: PaperKind,
    day: str = "",
    number: str = "",
    author: str = "",
    openness: str = "internal",
) -> Piece:
    """An upload under a path made here: what people called it stands in the catalogue only, so
    that no name can lead out of the package, be too long or be there twice."""
    path = f"{section}/{stem}{_suffix(stored)}" if stored else ""
    return Piece(
        section=section,
        path=path,
        title=title,
        kind=kind,
        day=day,
        number=number,
        author=author,
        openness=openness,
        stored=stored,
    )


def _suffix(stored: StoredFile) -> str:
    try:
        return Kind(stored.kind).suffixes[0]
    except (ValueError, StopIteration):
        return ".bin"
