"""What the screens read: rows of the matrix filtered and put into words. No writes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.consensus.evaluate import Standing
from consult.phase3_identification.board import ANSWERED, Board, BoardCell, BoardRow, spoken
from consult.phase3_identification.queries.overrides import Prepared
from plans.register.models import Revision
from stakeholders.jurisdictions.models import Jurisdiction

# State of a cell -> (class of its colour and symbol, word).
WORDS: Mapping[str, tuple[str, object]] = {
    "agreed": ("agreed", pgettext_lazy("consent", "Agreed")),
    "agreed_in_principle": ("principle", pgettext_lazy("consent", "Agreed in principle")),
    "reserved": ("reserved", pgettext_lazy("consent", "Reserved")),
    "objected": ("objected", pgettext_lazy("consent", "Objected")),
    "abstained": ("abstained", pgettext_lazy("consent", "No position for now")),
    "silent": ("silent", pgettext_lazy("consent", "Silent")),
    "stale": ("stale", pgettext_lazy("consent", "To be renewed")),
    "not_concerned": ("unconcerned", pgettext_lazy("consent", "Not concerned")),
    "recused": ("recused", pgettext_lazy("consent", "Recused")),
    ANSWERED: ("answered", pgettext_lazy("consent", "Answered")),
}
STANDING_WORDS = {
    "met": ("success", _("Met")),
    "unmet": ("danger", _("Not met")),
    "reachable": ("info", _("Can still be met")),
    "unreachable": ("danger", _("Needs a party to change")),
}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The filter of the matrix as the URL gives it; an unknown value filters nothing."""

    only: str = ""
    strength: str = ""
    jurisdiction: str = ""
    chapter: str = ""

    def is_set(self) -> bool:
        return any((self.only, self.strength, self.jurisdiction, self.chapter))


@dataclass(frozen=True, kw_only=True)
class ShownCell:
    state: str
    word: object
    party: Jurisdiction
    is_concerned: bool


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    row: BoardRow
    cells: Sequence[ShownCell]


@dataclass(frozen=True, kw_only=True)
class ShownChapter:
    title: str
    rows: Sequence[ShownRow]


def headings_of(revision: Revision) -> dict[str, str]:
    """Key of a chapter -> its title in the reader's language, from the manifest."""
    rows = json.loads(revision.manifest).get("headings", [])
    return {key: spoken({"zh": zh, "en": en}) for key, zh, en in rows}


def shown_chapters(board: Board, wanted: Filter, headings: Mapping[str, str]) -> list[ShownChapter]:
    """The rows that match, by chapter, in the order of the plan."""
    rows = [row for row in board.rows if _matches(row, wanted)]
    return [
        ShownChapter(
            title=headings.get(heading, ""), rows=[_shown(row, board, wanted) for row in group]
        )
        for heading, group in groupby(rows, key=lambda row: row.heading)
    ]


def _shown(row: BoardRow, board: Board, wanted: Filter) -> ShownRow:
    cells = [
        ShownCell(
            state=WORDS[cell.state][0],
            word=str(WORDS[cell.state][1]),
            party=party,
            is_concerned=cell.state != "not_concerned",
        )
        for cell, party in zip(row.cells, board.parties, strict=True)
        if not wanted.jurisdiction or party.code == wanted.jurisdiction
    ]
    return ShownRow(row=row, cells=cells)


def _matches(row: BoardRow, wanted: Filter) -> bool:
    if wanted.only == "open" and row.passes:
        return False
    if wanted.only == "differences" and not any(
        cell.state in ("objected", "reserved") for cell in row.cells
    ):
        return False
    if wanted.strength and row.ballot.version.strength != wanted.strength:
        return False
    if wanted.chapter and row.heading != wanted.chapter:
        return False
    return not wanted.jurisdiction or any(
        cell.code == wanted.jurisdiction and cell.state != "not_concerned" for cell in row.cells
    )


def tally(board: Board) -> list[dict[str, object]]:
    """How many cells of each state, for the line above the matrix."""
    return [
        {"key": state, "state": css, "word": word, "count": board.totals.get(state, 0)}
        for state, (css, word) in WORDS.items()
        if board.totals.get(state)
    ]


def party_tallies(board: Board, *, only: str = "") -> list[dict[str, object]]:
    """Per party: its items, how many it owes (silent, stale) and how many differ."""
    lines = []
    for number, party in enumerate(board.parties):
        if only not in ("", party.code):
            continue
        states = [row.cells[number].state for row in board.rows]
        concerned = [state for state in states if state != "not_concerned"]
        lines.append(
            {
                "party": party,
                "items": len(concerned),
                "silent": states.count("silent"),
                "stale": states.count("stale"),
                "reserved": states.count("reserved"),
                "objected": states.count("objected"),
                "has_spoken": party.code in board.spoken,
            }
        )
    return lines


def needed_groups(board: Board) -> list[dict[str, object]]:
    """What is still needed, items with the same need together."""
    groups: dict[str, list[BoardRow]] = {}
    for row in board.open_rows:
        groups.setdefault(row.needed_text, []).append(row)
    return [{"text": text, "rows": rows} for text, rows in groups.items()]


def standings_of(row: BoardRow) -> list[dict[str, object]]:
    """The requirements of the rule, each with its state in words and its explanation."""
    return [_standing(standing) for standing in row.standings]


def prepared_reason(prepared: Prepared) -> str:
    """The reason of an override that waits, from what its second person confirms."""
    return str(json.loads(prepared.proposal.content)["reason"])


def _standing(standing: Standing) -> dict[str, object]:
    tone, word = STANDING_WORDS[standing.state]
    return {
        "tone": tone,
        "word": word,
        "have": standing.have,
        "need": standing.need,
        "explain": spoken(standing.explain),
    }


def annex(content: Mapping[str, Any], kind: str) -> list[dict[str, object]]:
    """The reservations or objections of a statement, with names and numbers in place of keys."""
    names = {party["code"]: spoken(party["name"]) for party in content["parties"]}
    numbers = {row["key"]: row["number"] for row in content["items"]}
    return [
        {
            "party": names[row["party"]],
            "number": numbers.get(row["item"], row["item"]),
            "scope": row.get("scope", ""),
            "text": row.get("reason") or spoken(row.get("text")),
            "wording": row.get("wording", ""),
            "lifted_if": spoken(row.get("lifted_if")),
            "review_on": row.get("review_on"),
        }
        for row in content[kind]
    ]


def overridden_of(content: Mapping[str, Any]) -> list[dict[str, object]]:
    """The overridden items of a statement: number and reason."""
    return [
        {"number": row["number"], "reason": row["overridden"]["reason"]}
        for row in content["items"]
        if "overridden" in row
    ]


def cell_lines(row: BoardRow, parties: Sequence[Jurisdiction]) -> list[dict[str, object]]:
    """One line per concerned party: what it said, when, under which mandate, whether it counts."""
    return [
        _cell_line(cell, party)
        for cell, party in zip(row.cells, parties, strict=True)
        if cell.state != "not_concerned"
    ]


def _cell_line(cell: BoardCell, party: Jurisdiction) -> dict[str, object]:
    state, word = WORDS[cell.state]
    return {
        "party": party,
        "state": state,
        "word": word,
        "why": spoken(cell.why),
        "position": cell.position,
    }
