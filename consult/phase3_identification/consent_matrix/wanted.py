"""The filter of the matrix as the URL gives it, and how much each choice would show."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from consult.phase3_identification.board import Board, BoardCell, BoardRow
from consult.phase3_identification.consent_matrix.looks import (
    DIFFERENCE,
    LOOKS,
    NOT_CONCERNED,
    look_of,
)
from stakeholders.jurisdictions.models import Jurisdiction

LONGEST = 100  # characters of a search


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the reader wants to see; an unknown value of a choice shows nothing of it.

    `states` are looks of cells, several may be asked; with `jurisdiction` only its cells count.
    """

    only: str = ""
    strength: str = ""
    jurisdiction: str = ""
    chapter: str = ""
    search: str = ""
    states: frozenset[str] = frozenset()

    @property
    def is_set(self) -> bool:
        return self != Wanted()

    @property
    def query(self) -> str:
        """The filter as the query of a URL, in one order."""
        said = [
            ("only", self.only),
            ("strength", self.strength),
            ("chapter", self.chapter),
            ("jurisdiction", self.jurisdiction),
            *(("state", state) for state in LOOKS if state in self.states),
            ("q", self.search),
        ]
        return urlencode([(name, value) for name, value in said if value])


def wanted_in(query: QueryDict) -> Wanted:
    """The filter of a request."""
    names = ("only", "strength", "jurisdiction", "chapter")
    return Wanted(
        **{name: query.get(name, "") for name in names},
        search=" ".join(query.get("q", "").split())[:LONGEST],
        states=frozenset(query.getlist("state")) & LOOKS.keys(),
    )


def chosen_parties(board: Board, wanted: Wanted) -> list[Jurisdiction]:
    return [p for p in board.parties if wanted.jurisdiction in ("", p.code)]


def chosen_cells(row: BoardRow, wanted: Wanted) -> Sequence[BoardCell]:
    if not wanted.jurisdiction:
        return row.cells
    return [cell for cell in row.cells if cell.code == wanted.jurisdiction]


def chosen_rows(board: Board, wanted: Wanted) -> list[BoardRow]:
    """The rows that match, in the order of the plan."""
    if not wanted.is_set:
        return list(board.rows)
    return [row for row in board.rows if _matches(row, wanted)]


def _matches(row: BoardRow, wanted: Wanted) -> bool:
    if wanted.only == "open" and not (row.is_open or row.is_sealed):
        return False
    if wanted.strength and row.ballot.version.strength != wanted.strength:
        return False
    if wanted.chapter and row.heading != wanted.chapter:
        return False
    if wanted.search and wanted.search.casefold() not in f"{row.number} {row.title}".casefold():
        return False
    looks = {look_of(cell) for cell in chosen_cells(row, wanted)}
    if wanted.jurisdiction and not looks - {NOT_CONCERNED}:
        return False
    if wanted.only == "differences" and not looks & DIFFERENCE:
        return False
    return not wanted.states or bool(looks & wanted.states)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many rows (cells for `states`) each choice has, whatever the other choices are."""

    all: int
    open: int
    differences: int
    strengths: Mapping[str, int]
    chapters: Mapping[str, int]
    parties: Mapping[str, int]
    states: Mapping[str, int]
    supporting: int

    @property
    def stale(self) -> int:
        return self.states.get("stale", 0)


def counts_of(board: Board) -> Counts:
    """The figures beside the choices. Cells shared by many rows are looked at once."""
    states: Counter[str] = Counter()
    parties: Counter[str] = Counter()
    differences = supporting = 0
    for cells, times in _shared(board.rows):
        looks = [look_of(cell) for cell in cells]
        states.update({look: number * times for look, number in Counter(looks).items()})
        differences += times * (not DIFFERENCE.isdisjoint(looks))
        for cell in cells:
            parties[cell.code] += times * (cell.state != NOT_CONCERNED)
            supporting += times * cell.is_supporting
    return Counts(
        all=len(board.rows),
        open=len(board.open_rows),
        differences=differences,
        strengths=Counter(row.ballot.version.strength for row in board.rows),
        chapters=Counter(row.heading for row in board.rows),
        parties=parties,
        states=states,
        supporting=supporting,
    )


def _shared(rows: Iterable[BoardRow]) -> list[tuple[Sequence[BoardCell], int]]:
    """The cells of rows with how many rows have just these."""
    found: dict[int, tuple[Sequence[BoardCell], int]] = {}
    for row in rows:
        cells, times = found.get(id(row.cells), (row.cells, 0))
        found[id(row.cells)] = (cells, times + 1)
    return list(found.values())
