"""What the screens read: rows of the matrix filtered and put into words. No writes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consult.consensus.evaluate import Standing
from consult.phase3_identification.board import Board, BoardCell, BoardRow, spoken
from consult.phase3_identification.consent_matrix.looks import LOOKS, look_of, word_of
from consult.phase3_identification.queries.overrides import Prepared
from plans.register.models import Revision
from stakeholders.jurisdictions.models import Jurisdiction

# State of a cell -> (class of its colour and symbol, word).
WORDS: Mapping[str, tuple[str, object]] = {
    key: (look.css, look.word) for key, look in LOOKS.items()
}
STANDING_WORDS = {
    "met": ("success", _("Met")),
    "unmet": ("danger", _("Not met")),
    "reachable": ("info", _("Can still be met")),
    "unreachable": ("danger", _("Needs a party to change")),
}

# Kind of a requirement -> what it is called beside its figures.
KIND_WORDS = {
    "no_block": pgettext_lazy("rule", "No blocking objection"),
    "min_share": pgettext_lazy("rule", "Least share"),
    "max_share": pgettext_lazy("rule", "Greatest share"),
    "min_count": pgettext_lazy("rule", "Least number"),
    "max_count": pgettext_lazy("rule", "Greatest number"),
    "quorum": pgettext_lazy("rule", "Quorum"),
    "no_veto": pgettext_lazy("rule", "No veto"),
    "any": pgettext_lazy("rule", "One of several"),
    "all": pgettext_lazy("rule", "All of several"),
}


def headings_of(revision: Revision) -> dict[str, str]:
    """Key of a chapter -> its title in the reader's language, from the manifest."""
    rows = json.loads(revision.manifest).get("headings", [])
    return {key: spoken({"zh": zh, "en": en}) for key, zh, en in rows}


def demonstration_note() -> str:
    """What every paper of a demonstration says at its head."""
    return gettext(
        "Demonstration data: opinions, positions and signatures are invented and stand for no "
        "government or body."
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
        "name": KIND_WORDS.get(standing.kind, standing.kind),
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


def undecided_of(content: Mapping[str, Any]) -> list[dict[str, object]]:
    """The items of a statement that the parties are not competent to decide, with who supports."""
    names = {party["code"]: spoken(party["name"]) for party in content["parties"]}
    return [
        {
            "number": row["number"],
            "supporters": [
                names[code]
                for state in ("agreed", "agreed_in_principle", "reserved")
                for code in row["parties"].get(state, [])
            ],
        }
        for row in content["items"]
        if not row.get("decided_here", True)
    ]


def cell_lines(row: BoardRow, parties: Sequence[Jurisdiction]) -> list[dict[str, object]]:
    """One line per concerned party: what it said, when, under which mandate, whether it counts."""
    return [
        _cell_line(cell, party)
        for cell, party in zip(row.cells, parties, strict=True)
        if cell.state != "not_concerned"
    ]


def _cell_line(cell: BoardCell, party: Jurisdiction) -> dict[str, object]:
    return {
        "party": party,
        "state": LOOKS[look_of(cell)].css,
        "word": word_of(cell),
        "why": spoken(cell.why),
        "position": cell.position,
    }
