"""Composing the common statement: one canonical text of what is agreed and what is not."""

import json
from collections.abc import Mapping, Sequence

from consult.phase3_identification.board import Board, BoardRow
from consult.phase3_identification.models import Declaration, Override, Reservation, SignOff
from plans.register.models import Plan, Revision
from stakeholders.terms import canonical

FORMAT = "jointplan-statement-1"
SHOWN = ("agreed", "agreed_in_principle", "reserved", "objected", "abstained", "silent", "stale")


def compose(
    *,
    plan: Plan,
    sign_off: SignOff,
    revision: Revision,
    board: Board,
    declarations: Mapping[str, Declaration],
    reservations: list[Reservation],
    closed_at: object,
    head: tuple[int, str],
    part: Mapping[str, object] | None = None,
    parts: Sequence[Mapping[str, object]] = (),
) -> str:
    """The canonical text of the statement. `head` is the record's end before the closing entry.

    `part`: of what text, why and when, where it is of items adopted first; `parts`: what was
    adopted first, where it is of the whole text after that.
    """
    return canonical.canonical(
        {
            "format": FORMAT,
            "algorithm": canonical.ALGORITHM,
            "plan": {
                "key": plan.key,
                "title": {"zh": plan.title_zh, "en": plan.title_en},
                "horizon": [plan.horizon_from, plan.horizon_until],
                "demonstration": plan.is_demonstration,
            },
            "revision": {
                "number": revision.number,
                "stage": revision.stage,
                "hash": revision.hash,
            },
            "charter": sign_off.charter_number,
            "sign_off": {
                "id": sign_off.pk,
                "opened_at": sign_off.opened_at,
                "closes_at": sign_off.closes_at,
                "closed_at": closed_at,
            },
            "parties": [_party(party, declarations.get(party.code)) for party in board.parties],
            "items": [_item(row) for row in board.rows],
            "reservations": [_reservation(row) for row in reservations],
            "objections": [
                objection for row in (*board.rows, *board.removed) for objection in _objections(row)
            ],
            "record_head": {"seq": head[0], "hash": head[1]},
            **({"part": part} if part else {}),
            **({"parts": parts} if parts else {}),
        }
    )


def _party(party: object, declaration: Declaration | None) -> dict[str, object]:
    said = json.loads(declaration.content) if declaration else {}
    return {
        "code": party.code,
        "name": {"zh": party.name_zh, "en": party.name_en_unique},
        "general": said.get("general", {}).get("value", ""),
        "mandate": said.get("mandate"),
        "signatory": said.get("signatory", ""),
        "letter": said.get("letter"),
        "decided_by": said.get("decided_by", ""),
        "receipt": declaration.hash if declaration else "",
        "at": said.get("at"),
    }


def _item(row: BoardRow) -> dict[str, object]:
    by_state: dict[str, list[str]] = {}
    for cell in row.cells:
        if cell.state in SHOWN:
            by_state.setdefault(cell.state, []).append(cell.code)
    return {
        "key": row.key,
        "number": row.number,
        "hash": row.ballot.version.hash,
        "passed": bool(row.passes),
        "parties": by_state,
        **({} if row.is_decided_here else {"decided_here": False}),
        **({"overridden": _override(row.override)} if row.override and not row.passes else {}),
    }


def _override(row: Override) -> dict[str, object]:
    """Adopted by two people as the charter says: why, and under which mandates."""
    return {"reason": row.reason, "mandates": [row.mandate_id, row.second_id], "at": row.at}


def _reservation(row: Reservation) -> dict[str, object]:
    return {
        "item": row.item.key,
        "party": str(row.jurisdiction_id),
        "scope": row.scope,
        "text": {"zh": row.text_zh, "en": row.text_en},
        "lifted_if": {"zh": row.lifted_if_zh, "en": row.lifted_if_en},
        "review_on": row.review_on,
    }


def _objections(row: BoardRow) -> list[dict[str, object]]:
    return [
        {
            "item": row.key,
            "party": cell.code,
            "reason": cell.position.text,
            "wording": cell.position.wording,
        }
        for cell in row.cells
        if cell.state == "objected" and cell.position
    ]
